"""审判监督抗诉。对已经发生法律效力的刑事裁判，审查、提请或者提出抗诉，到再审裁判。"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    Renamed,
    State,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
    only_if,
    only_running,
    others_clock,
    people,
    text,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

SOURCES = {
    "petition": "当事人及其法定代理人、近亲属申诉",
    "own": "人民检察院发现",
    "suspended_death": "死刑缓期二年执行案件",
    "ordered": "上级指令",
}
GROUNDS = {
    "new": "有新的证据证明原裁判认定事实确有错误",
    "weak": "证据不确实、不充分",
    "excluded": "据以定罪量刑的证据应当排除",
    "contradictory": "主要证据之间存在矛盾",
    "undone": "主要事实依据被变更或者撤销",
    "charge": "认定罪名错误且明显影响量刑",
    "time_bar": "违反追诉时效规定",
    "sentence": "量刑明显不当",
    "process": "违反诉讼程序，可能影响公正审判",
    "corrupt": "审判人员贪污受贿、徇私舞弊、枉法裁判",
}


def _exhausted(state: State, facts: Any, on: dt.date) -> bool:
    return bool(
        facts.get("twice_reviewed") is True
        and facts.get("new_evidence") is not True
        and facts.get("may_be_innocent") is not True
    )


def _of_a_petition(state: State, facts: Any) -> bool:
    return bool(facts.get("source") == "petition" and not (facts.get("new_evidence") or facts.get("may_be_innocent")))


class RetrialProtest(Procedure):
    title, line = "审判监督抗诉", Line.CRIMINAL
    case_type, code = "审判监督抗诉", "刑审抗"
    version = "2"
    earlier: ClassVar = {"1": Renamed(note="再审尚未审结的，通知申诉人不再办结事项")}
    stages = ("审查", "提请上级", "再审", "通知申诉人", "办结")
    ends = ("办结",)
    from_models = ("criminal.missed_recidivist", "criminal.term_arithmetic")
    basis = (Cite(CPL, "第二百五十四条至第二百五十八条"), Cite(RULES, "第五百九十一条至第五百九十九条"))

    suspended_death = case_clock("criminal/suspended_death_protest")
    recheck = case_clock("petition/criminal_appeal_recheck")
    notice = notice_clock("petition/criminal_appeal_notice")
    order = others_clock("criminal/retrial_order")
    retrial = others_clock("criminal/retrial")

    accept = act(
        "受理或者发现",
        also=("受理", "受理申诉", "发现"),
        opens=True,
        to="审查",
        facts=(
            choice("source", "来源", SOURCES),
            people("defendants", "原审被告人"),
            text("judgment_no", "生效裁判案号"),
            day("judgment_received_on", "收到生效裁判之日", "死刑缓期二年执行案件，三个月以内提请抗诉").optional(),
            yes_no("twice_reviewed", "已经两级人民检察院办理且省级人民检察院复查").optional(),
            yes_no("new_evidence", "有新的证据").optional(),
            yes_no("may_be_innocent", "可能宣告无罪或者有其他重大错误可能").optional(),
        ),
        does=(
            suspended_death.start("judgment_received_on", when={"source": "suspended_death"}),
            recheck.start(when={"source": "petition"}),
        ),
        guards=(
            Guard(
                "经两级人民检察院办理且省级人民检察院已经复查，没有新的证据的，不再复查",
                Cite(RULES, "第五百九十四条"),
                _exhausted,
                of_facts=True,
                fact="twice_reviewed",
                unsaid="是否已经两级人民检察院办理、不再复查",
                matters=_of_a_petition,
            ),
        ),
        basis=(Cite(CPL, "第二百五十二条"), Cite(RULES, "第五百九十一条"), Cite(RULES, "第五百九十三条")),
        by=("控告申诉检察", "承办检察官"),
    )
    assign_other = act(
        "另行指派检察官审查",
        at="审查",
        facts=(text("prosecutor", "检察官"),),
        basis=Cite(RULES, "第五百九十一条第二款"),
        by=("检察长",),
    )
    borrow = act(
        "调阅原审案卷、调查核实",
        also=("调阅案卷",),
        at="审查",
        basis=Cite(RULES, "第五百九十一条"),
        documents=("调阅案卷函",),
    )
    extend = act(
        "延长至六个月",
        at="审查",
        facts=(long_text("reason", "三个月以内不能提出的理由"),),
        does=(suspended_death.extend("latest"),),
        basis=Cite(RULES, "第五百九十二条"),
        by=("检察长",),
    )
    request_above = act(
        "提请上一级人民检察院抗诉",
        also=("提请抗诉",),
        at="审查",
        to="提请上级",
        facts=(choice("ground", "理由", GROUNDS), text("document_no", "提请抗诉报告书文号").optional()),
        does=(suspended_death.meet(), recheck.meet()),
        basis=(Cite(RULES, "第五百九十一条第二款"), Cite(RULES, "第五百九十五条第二款")),
        documents=("提请抗诉报告书",),
        by=("检察长",),
    )
    no_protest = act(
        "认为裁判正确，不提请抗诉",
        also=("不抗诉", "不提请抗诉", "审查终结"),
        at="审查",
        to=By("source", {"petition": "通知申诉人", "own": "办结", "suspended_death": "办结", "ordered": "办结"}),
        facts=(long_text("reason", "审查意见"),),
        does=(suspended_death.stop(reason="不提请抗诉"), recheck.meet(), notice.start(when={"source": "petition"})),
        basis=(Cite(RULES, "第五百九十一条"), Cite(RULES, "第五百九十六条")),
        documents=("刑事申诉审查报告",),
        by=("检察长", "承办检察官"),
    )
    protest = act(
        "向同级人民法院提出抗诉",
        also=("提出抗诉", "抗诉"),
        at=("审查", "提请上级"),
        to="再审",
        facts=(
            choice("ground", "理由", GROUNDS),
            yes_no("upper", "本院是作出生效裁判人民法院的上级人民检察院"),
            text("document_no", "抗诉书文号").optional(),
        ),
        does=(suspended_death.meet(), recheck.meet(), order.start(), notice.start(when={"source": "petition"})),
        guards=(
            only_if(
                "upper",
                True,
                says="对同级人民法院的生效裁判，应当提请上一级人民检察院抗诉",
                cite=Cite(CPL, "第二百五十四条第三款"),
            ),
        ),
        basis=(Cite(CPL, "第二百五十四条第三款"), Cite(RULES, "第五百九十五条第三款"), Cite(RULES, "第五百九十八条")),
        documents=("刑事抗诉书",),
        by=("检察长",),
    )
    not_supported = act(
        "上一级人民检察院决定不抗诉",
        at="提请上级",
        to=By("source", {"petition": "通知申诉人", "own": "办结", "suspended_death": "办结", "ordered": "办结"}),
        facts=(long_text("reason", "理由"),),
        does=(notice.start(when={"source": "petition"}),),
        basis=(Cite(RULES, "第五百九十五条第三款"), Cite(RULES, "第五百九十六条第二款")),
        documents=("不抗诉决定书",),
        by=("上一级人民检察院",),
    )
    suggest = act(
        "提出再审检察建议",
        at="审查",
        to="再审",
        facts=(choice("ground", "理由", GROUNDS),),
        does=(recheck.meet(), notice.start(when={"source": "petition"})),
        basis=Cite("人民检察院检察建议工作规定", "第八条", verified=False),
        documents=("再审检察建议书",),
        by=("检察长", "检察委员会"),
    )
    notify = act(
        "通知申诉人",
        also=("送达刑事申诉复查通知书",),
        at=("通知申诉人", "再审"),
        to=By("trial_open", {None: "办结", False: "办结"}),
        facts=(yes_no("trial_open", "再审尚未审结").optional(),),
        does=(notice.meet(),),
        guards=(
            only_running(notice, says="没有需要通知的申诉人，或者已经通知"),
            Guard(
                "再审尚未审结，请写明“再审尚未审结”",
                Cite(CPL, "第二百五十八条"),
                lambda state, facts, on: (
                    facts.get("trial_open") is not True
                    and bool(state.running(RetrialProtest.order) or state.running(RetrialProtest.retrial))
                ),
                of_facts=True,
                fact="trial_open",
            ),
        ),
        basis=Cite(RULES, "第五百九十六条"),
        documents=("刑事申诉复查通知书",),
    )
    order_lower = act(
        "人民法院指令再审",
        also=("指令再审",),
        at="再审",
        facts=(text("court", "再审人民法院").optional(),),
        does=(order.meet(), retrial.start()),
        basis=(Cite(CPL, "第二百五十四条第四款"), Cite(CPL, "第二百五十八条第二款")),
        by=("人民法院",),
    )
    try_self = act(
        "人民法院决定提审、再审",
        also=("决定再审", "提审"),
        at="再审",
        does=(order.stop(reason="由接受抗诉的人民法院审理"), retrial.start()),
        basis=Cite(CPL, "第二百五十八条第一款"),
        by=("人民法院",),
    )
    longer = act(
        "再审审限延长",
        at="再审",
        does=(retrial.extend("longer"),),
        basis=Cite(CPL, "第二百五十八条第一款"),
        by=("人民法院",),
    )
    appear = act(
        "派员出席再审法庭",
        also=("出庭",),
        at="再审",
        basis=(Cite(CPL, "第二百五十六条第二款"), Cite(RULES, "第五百九十五条第四款")),
        documents=("再审出庭意见书",),
    )
    judged = act(
        "收到再审裁判",
        also=("再审裁判",),
        at="再审",
        to="办结",
        facts=(choice("result", "结果", ("改判", "维持", "发回重审", "宣告无罪", "不启动再审")),),
        does=(retrial.meet(), order.stop(reason="再审审结")),
        guards=(
            Guard(
                "还没有通知申诉人",
                Cite(RULES, "第五百九十六条"),
                lambda state, facts, on: bool(state.running(RetrialProtest.notice)),
            ),
        ),
        basis=(Cite(CPL, "第二百五十八条"), Cite(RULES, "第五百九十九条")),
        by=("人民法院",),
        leads_to=("criminal/second_instance_protest", "criminal/reverse_look", "petition/state_compensation"),
    )
