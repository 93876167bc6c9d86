"""违法所得没收。犯罪嫌疑人、被告人逃匿或者死亡案件，自接到没收违法所得意见书到法院裁定。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    case_clock,
    choice,
    day,
    hold,
    long_text,
    money,
    only_after_expiry,
    only_past,
    only_while,
    others_clock,
    people,
    person,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

SOURCES = {
    "police": "公安机关移送",
    "commission": "监察机关移送",
    "own": "本院侦查部门移送",
    "review": "审查起诉中直接启动",
    "trial": "审判中另行启动",
}
WHY = {"fled": "逃匿", "dead": "死亡"}


def _wanted_too_short(state: State, facts: Any, on: dt.date) -> bool:
    if state.known("why", facts, None) != "fled" or state.known("missing_by_accident", facts, False):
        return False
    over = state.over(Confiscation.wanted, on)
    return not over or not all(over)


class Confiscation(Procedure):
    title, line = "违法所得没收", Line.CRIMINAL
    case_type, code = "违法所得没收", "没收"
    stages = ("审查", "补充证据", "法院审理", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第二百九十八条至第三百零一条"), Cite(RULES, "第五百一十二条至第五百三十三条"))

    review = case_clock("criminal/confiscation_application")
    wanted = case_clock("criminal/wanted_year", "通缉满一年方可申请")
    notice = others_clock("criminal/confiscation_notice", "法院公告期间")
    protest = case_clock("criminal/protest_ruling", "没收裁定抗诉期限")

    accept = act(
        "接到没收违法所得意见书",
        also=("受理", "接到意见书"),
        opens=True,
        to="审查",
        facts=(
            person("person", "犯罪嫌疑人、被告人"),
            choice("source", "来源", SOURCES),
            choice("why", "情形", WHY),
            yes_no("grave", "贪污贿赂、恐怖活动等重大犯罪案件", "逃匿的，限于重大犯罪案件").optional(),
            day("wanted_on", "发布通缉令或者红色国际通报之日").optional(),
            yes_no("missing_by_accident", "因意外事故下落不明满二年或者经证明不可能生存").optional(),
            money("property_fen", "申请没收财产价值").optional(),
        ),
        does=(
            hold(False),
            review.start(),
            wanted.start("wanted_on", when={"why": "fled", "missing_by_accident": (None, False)}),
        ),
        guards=(
            Guard(
                "犯罪嫌疑人逃匿的，限于贪污贿赂犯罪、恐怖活动犯罪等重大犯罪案件",
                Cite(CPL, "第二百九十八条第一款"),
                lambda state, facts, on: facts.get("why") == "fled" and facts.get("grave") is False,
                of_facts=True,
                fact="grave",
                unsaid="是否属于可以没收的重大犯罪案件",
                matters=lambda state, facts: facts.get("why") == "fled",
            ),
            only_past("wanted_on", says="通缉之日不能晚于接到意见书之日"),
        ),
        basis=(
            Cite(CPL, "第二百九十八条"),
            Cite(RULES, "第五百二十一条至第五百二十三条、第五百二十七条、第五百二十八条"),
        ),
        by=("案件管理",),
    )
    urge = act(
        "要求公安机关说明不启动程序的理由",
        at="审查",
        basis=Cite(RULES, "第五百二十四条"),
        documents=("要求说明不启动违法所得没收程序理由通知书",),
    )
    supplement = act(
        "要求补充证据",
        also=("退回补充证据",),
        at="审查",
        to="补充证据",
        facts=(long_text("outline", "需要补充的证据"),),
        does=(review.suspend("补充证据"),),
        basis=Cite(RULES, "第五百二十三条第二款、第三款"),
        documents=("补充证据通知书",),
    )
    supplemented = act(
        "补充证据完毕",
        at="补充证据",
        to="审查",
        does=(review.resume(),),
        basis=Cite(RULES, "第五百二十三条第三款"),
        by=("公安机关", "监察机关"),
    )
    extend = act(
        "延长十五日",
        also=("延长",),
        at="审查",
        facts=(long_text("reason", "三十日以内不能作出决定的理由"),),
        does=(review.extend("longer"),),
        basis=Cite(RULES, "第五百二十三条第一款"),
        by=("检察长",),
    )
    claim = act(
        "查明利害关系人",
        at="审查",
        facts=(people("claimants", "近亲属和其他利害关系人"),),
        basis=(Cite(RULES, "第五百一十七条"), Cite(RULES, "第五百二十二条")),
    )
    apply_ = act(
        "向人民法院提出没收违法所得申请",
        also=("提出申请", "提出没收申请"),
        at="审查",
        to="法院审理",
        facts=(
            text("court", "中级人民法院"),
            long_text("property", "申请没收的财产"),
            text("document_no", "申请书文号").optional(),
        ),
        does=(review.meet(), wanted.meet()),
        guards=(
            Guard(
                "犯罪嫌疑人、被告人逃匿的，通缉一年后不能到案，方可提出申请",
                Cite(CPL, "第二百九十八条第一款"),
                _wanted_too_short,
            ),
        ),
        basis=(Cite(CPL, "第二百九十八条"), Cite(RULES, "第五百一十九条、第五百二十条")),
        documents=("没收违法所得申请书",),
        by=("检察长",),
    )
    not_apply = act(
        "不提出申请",
        also=("不提出没收申请",),
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(review.meet(), wanted.stop(reason="不提出申请")),
        basis=Cite(RULES, "第五百二十三条第二款"),
        documents=("不提出没收违法所得申请决定书",),
        by=("检察长",),
    )
    returned = act(
        "犯罪嫌疑人、被告人到案，终止审查或者审理",
        also=("到案", "终止审查"),
        at=("审查", "补充证据", "法院审理"),
        to="办结",
        facts=(choice("how", "到案方式", ("自动投案", "被抓获")),),
        does=(
            review.stop(reason="犯罪嫌疑人到案"),
            wanted.stop(reason="犯罪嫌疑人到案"),
            notice.stop(reason="被告人到案，终止审理"),
            protest.stop(reason="被告人到案，终止审理"),
        ),
        guards=(unless("why", "dead", says="犯罪嫌疑人、被告人已经死亡"),),
        basis=(Cite(CPL, "第三百零一条第一款"), Cite(RULES, "第五百二十六条"), Cite(RULES, "第五百三十二条")),
        leads_to=("criminal/prosecution_review", "criminal/fugitive_assets"),
    )
    published = act(
        "人民法院发布公告",
        also=("发布公告", "公告"),
        at="法院审理",
        does=(notice.start(),),
        basis=Cite(CPL, "第二百九十九条第二款"),
        by=("人民法院",),
    )
    hearing = act(
        "开庭审理并派员出庭举证",
        also=("开庭", "出庭"),
        at="法院审理",
        after="published",
        does=(notice.meet(),),
        guards=(
            only_after_expiry(notice, says="公告期间六个月，期满后方可审理", cite=Cite(CPL, "第二百九十九条第三款")),
        ),
        basis=(Cite(CPL, "第二百九十九条第三款"), Cite(RULES, "第五百二十九条、第五百三十条")),
        documents=("出庭意见书",),
    )
    ruled = act(
        "收到一审裁定",
        also=("收到裁定", "裁定"),
        at="法院审理",
        after="published",
        facts=(choice("result", "结果", ("没收", "部分没收", "驳回申请")),),
        does=(notice.meet(), protest.start()),
        guards=(
            Guard(
                "公告期间六个月，期满后方可审理",
                Cite(CPL, "第二百九十九条第三款"),
                lambda state, facts, on: bool([over for over in state.over(Confiscation.notice, on) if not over]),
            ),
        ),
        basis=Cite(CPL, "第三百条"),
        by=("人民法院",),
    )
    appeal = act(
        "提出抗诉",
        also=("抗诉",),
        at="法院审理",
        after="ruled",
        facts=(long_text("reason", "抗诉理由"),),
        does=(protest.meet(),),
        guards=(
            only_while(protest, says="没收裁定的抗诉期限为五日，已经届满", cite=Cite(RULES, "第五百三十一条第二款")),
        ),
        basis=(Cite(CPL, "第三百条第二款"), Cite(RULES, "第五百三十一条第二款")),
        documents=("刑事抗诉书",),
        by=("检察长",),
    )
    correct_court = act(
        "对审理程序违法提出纠正意见",
        at="法院审理",
        basis=Cite(RULES, "第五百三十一条第一款"),
        documents=("纠正审理违法意见书",),
    )
    final = act(
        "裁定生效",
        also=("办结",),
        at="法院审理",
        to="办结",
        after="ruled",
        does=(protest.stop(reason="裁定生效"),),
        basis=Cite(CPL, "第三百条"),
        leads_to=("enforcement/property_penalty",),
    )
