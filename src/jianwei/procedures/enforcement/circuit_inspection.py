"""巡回检察。对监狱、看守所、社区矫正的常规、专门、机动和交叉巡回检察，到整改和回头看。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    ClockKind,
    Guard,
    Line,
    Procedure,
    act,
    choice,
    day,
    long_text,
    number,
    only_after_expiry,
    people,
    set_clock,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
ORGANIC = "中华人民共和国人民检察院组织法"
CIRCUIT = "人民检察院巡回检察工作规定"

KINDS = {"regular": "常规", "special": "专门", "mobile": "机动", "cross": "交叉"}
PLACES = ("监狱", "看守所", "社区矫正机构", "强制医疗所")
AREAS = ("刑罚变更执行", "监管执法", "收押释放", "教育改造", "安全防范", "医疗生活卫生", "派驻检察履职", "其他")


class CircuitInspection(Procedure):
    title, line = "巡回检察", Line.ENFORCEMENT
    case_type, code = "巡回检察", "巡检"
    stages = ("方案", "检察", "反馈", "整改", "回头看", "办结")
    ends = ("办结",)
    basis = (Cite(ORGANIC, "第十七条"), Cite(CPL, "第二百七十六条"), Cite(RULES, "第六百五十四条至第六百六十条"))
    unverified = "巡回检察的步骤和期限按公开的通行做法建模，未核对原文"

    inspection = set_clock("检察期限", "巡回检察组")
    feedback_due = set_clock("反馈期限", "巡回检察组")
    mending = set_clock("整改期限", "被检察单位", ClockKind.OTHERS)

    plan = act(
        "制定巡回检察方案",
        also=("立项", "受理", "方案"),
        opens=True,
        to="方案",
        facts=(
            choice("kind", "方式", KINDS),
            choice("place_kind", "场所类别", PLACES),
            text("place", "被检察单位"),
            people("team", "巡回检察组成员").optional(),
            text("office", "派出的人民检察院").optional(),
        ),
        basis=(Cite(ORGANIC, "第十七条"), Cite(CIRCUIT, "方案", verified=False)),
        documents=("巡回检察工作方案",),
        by=("检察长", "部门负责人"),
    )
    notify = act(
        "通知被检察单位",
        at="方案",
        guards=(unless("kind", "mobile", says="机动巡回检察不事先通知"),),
        basis=Cite(CIRCUIT, "通知", verified=False),
        documents=("巡回检察通知书",),
    )
    enter = act(
        "进驻检察",
        also=("进驻",),
        at="方案",
        to="检察",
        facts=(day("finish_by", "检察结束日").optional(),),
        does=(inspection.start(until="finish_by"),),
        guards=(
            Guard(
                "交叉巡回检察由其他人民检察院派出检察组，写明派出的人民检察院",
                Cite(CIRCUIT, "交叉巡回", verified=False),
                lambda state, facts, on: state.known("kind", {}, "") == "cross" and not state.known("office", {}, ""),
            ),
        ),
        basis=Cite(CIRCUIT, "进驻", verified=False),
    )
    examine = act(
        "调阅材料、实地检察、谈话",
        also=("实地检察", "谈话", "调阅材料"),
        at="检察",
        facts=(choice("area", "事项", AREAS), long_text("found", "情况").optional()),
        basis=(Cite(CPL, "第二百七十六条"), Cite(RULES, "第六百五十四条至第六百六十条")),
        documents=("检察笔录",),
    )
    at_once = act(
        "当场口头纠正",
        also=("口头纠正",),
        at="检察",
        facts=(choice("area", "事项", AREAS), long_text("fault", "违法情形")),
        basis=Cite(RULES, "第五百五十二条第一款"),
    )
    crime_clue = act(
        "移送司法工作人员职务犯罪线索",
        also=("移送线索",),
        at=("检察", "反馈", "整改"),
        facts=(text("crime", "涉嫌罪名"),),
        basis=(Cite(CPL, "第十九条第二款"), Cite(RULES, "第十三条")),
        by=("检察长",),
        leads_to=("management/clue_transfer",),
    )
    conclude = act(
        "检察结束，形成报告",
        also=("检察报告",),
        at="检察",
        to="反馈",
        facts=(number("problems", "发现问题数"), day("feedback_by", "反馈期限").optional()),
        does=(inspection.meet(), feedback_due.start(until="feedback_by")),
        guards=(
            Guard(
                "还没有记录任何检察活动",
                Cite(CIRCUIT, "检察", verified=False),
                lambda state, facts, on: not state.counts.get("examine"),
            ),
        ),
        basis=Cite(CIRCUIT, "报告", verified=False),
        documents=("巡回检察报告",),
    )
    feed_back = act(
        "反馈意见",
        also=("反馈",),
        at="反馈",
        to=By("problems_left", {True: "整改", False: "办结"}),
        facts=(yes_no("problems_left", "有需要整改的问题"), day("mend_by", "整改期限").optional()),
        does=(feedback_due.meet(), mending.start(until="mend_by", when={"problems_left": True})),
        basis=(Cite(RULES, "第五百五十二条"), Cite(CIRCUIT, "反馈", verified=False)),
        documents=("巡回检察反馈意见", "纠正违法通知书", "检察建议书"),
        by=("检察长",),
        leads_to=("management/suggestion",),
    )
    resident = act(
        "向派驻检察机构通报履职问题",
        at=("反馈", "整改"),
        facts=(long_text("problem", "问题"),),
        basis=Cite(CIRCUIT, "派驻", verified=False),
        leads_to=("management/duty_inspection",),
    )
    mended = act(
        "收到整改情况",
        also=("整改回复", "整改情况"),
        at="整改",
        to="回头看",
        facts=(long_text("measures", "整改情况"),),
        does=(mending.meet(),),
        basis=Cite(RULES, "第五百五十三条"),
        by=("被检察单位",),
    )
    press = act(
        "督促整改",
        at="整改",
        guards=(only_after_expiry(mending, says="整改期限尚未届满", cite=Cite(RULES, "第五百五十三条")),),
        basis=Cite(RULES, "第五百五十三条"),
    )
    look_back = act(
        "回头看",
        at="回头看",
        to=By("held", {True: "办结", False: "整改"}),
        facts=(yes_no("held", "整改落实到位"), day("mend_by", "再次整改期限").optional()),
        does=(mending.start(until="mend_by", when={"held": False}),),
        basis=Cite(RULES, "第五百五十三条"),
    )
