"""财产刑执行监督。罚金、没收财产、追缴退赔的移送、立案、执行、中止与终结。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    ClockKind,
    Line,
    Procedure,
    act,
    choice,
    day,
    long_text,
    money,
    number,
    only_after_expiry,
    others_clock,
    people,
    set_clock,
    text,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
EXECUTION = "最高人民法院关于刑事裁判涉财产部分执行的若干规定"

KINDS = ("罚金", "没收财产", "追缴、责令退赔", "没收供犯罪所用的本人财物")
FAULTS = (
    "执行立案活动违法",
    "延期缴纳、减少或者免除罚金违法",
    "中止执行或者终结执行违法",
    "有履行能力应当执行而不执行",
    "损害被执行人、被害人或者案外人权益",
    "裁判撤销后未返还或者赔偿",
    "执行的财产未上缴国库",
    "其他违法",
)
END = {"executed": "执行完毕", "waived": "裁定减免", "terminated": "终结执行", "suspended": "中止执行"}


class PropertyPenalty(Procedure):
    title, line = "财产刑执行监督", Line.ENFORCEMENT
    case_type, code = "财产刑执行监督", "财执监"
    stages = ("审查", "法院执行", "纠正", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第二百七十一条、第二百七十二条、第二百七十六条"), Cite(RULES, "第六百四十五条、第六百四十六条"))

    execution = others_clock("enforcement/criminal_property")
    delivery = others_clock("enforcement/judgment_delivery")
    reply = set_clock("纠正意见要求的回复期限", "人民法院", ClockKind.OTHERS)

    find = act(
        "受理或者发现",
        also=("受理", "发现"),
        opens=True,
        to="审查",
        facts=(
            people("persons", "被执行人"),
            choice("kind", "财产性判项", KINDS),
            money("amount_fen", "应执行金额").optional(),
            day("effective_on", "裁判生效日期").optional(),
            text("court", "第一审人民法院").optional(),
        ),
        does=(delivery.start("effective_on", when={"kind": "罚金"}),),
        basis=(Cite(CPL, "第二百七十一条、第二百七十二条"), Cite(RULES, "第六百四十五条")),
        by=("派驻检察官", "承办检察官", "控告申诉检察"),
    )
    verify = act(
        "调查核实履行能力和执行情况",
        also=("调查核实",),
        at=("审查", "法院执行", "纠正"),
        facts=(long_text("found", "情况").optional(), money("paid_fen", "已执行金额").optional()),
        basis=Cite(RULES, "第六百四十五条第二款"),
        documents=("调查笔录",),
    )
    filed = act(
        "人民法院执行立案",
        also=("执行立案", "立案"),
        at=("审查", "纠正"),
        to="法院执行",
        facts=(text("case_no", "执行案号").optional(),),
        does=(delivery.meet(), execution.start(), reply.meet()),
        basis=(Cite(CPL, "第二百七十一条"), Cite(EXECUTION, "第三条")),
        by=("人民法院",),
    )
    extended = act(
        "人民法院院长批准延长执行期限",
        also=("延长执行期限",),
        at="法院执行",
        facts=(number("months", "延长月数", least=1),),
        does=(execution.extend("special", granted="months"),),
        basis=Cite(EXECUTION, "第三条"),
        by=("人民法院",),
    )
    hidden = act(
        "建议人民法院查封、扣押、冻结",
        also=("建议查封",),
        at=("审查", "法院执行", "纠正"),
        facts=(long_text("property", "隐匿、转移、变卖的财产"),),
        basis=Cite(RULES, "第六百四十六条第一款"),
        documents=("检察建议书",),
    )
    correct_police = act(
        "对涉案财物移送、处置违法提出纠正意见",
        at=("审查", "法院执行", "纠正"),
        basis=Cite(RULES, "第六百四十六条第二款"),
        documents=("纠正违法通知书",),
        leads_to=("criminal/investigation_supervision",),
    )
    rectify = act(
        "提出纠正意见",
        also=("纠正违法",),
        at=("审查", "法院执行"),
        to="纠正",
        facts=(choice("fault", "违法情形", FAULTS), day("reply_by", "要求回复的期限").optional()),
        does=(reply.start(until="reply_by"),),
        basis=(Cite(CPL, "第二百七十六条"), Cite(RULES, "第六百四十五条第一款")),
        documents=("纠正违法通知书",),
        by=("检察长",),
    )
    rectify_delay = act(
        "对超过六个月未执结提出纠正意见",
        at="法院执行",
        to="纠正",
        facts=(day("reply_by", "要求回复的期限").optional(),),
        does=(reply.start(until="reply_by"),),
        guards=(
            only_after_expiry(
                execution,
                says="立案之日起六个月（经批准延长的至延长期满）的执行期限尚未届满",
                cite=Cite(EXECUTION, "第三条"),
            ),
        ),
        basis=(Cite(EXECUTION, "第三条"), Cite(RULES, "第六百四十五条第一款")),
        documents=("纠正违法通知书",),
        by=("检察长",),
    )
    replied = act(
        "收到回复",
        answers=("纠正违法通知书",),
        also=("回复",),
        at="纠正",
        to=By("result", {"corrected": "法院执行"}),
        facts=(choice("result", "纠正情况", {"corrected": "已纠正", "refused": "未纠正"}),),
        does=(reply.meet(),),
        basis=Cite(RULES, "第五百五十三条"),
        by=("人民法院",),
    )
    report_above = act(
        "报告上一级人民检察院",
        at="纠正",
        facts=(long_text("why", "不回复或者不纠正的情况"),),
        basis=Cite(RULES, "第五百五十三条"),
        by=("检察长",),
    )
    ended = act(
        "收到执行结果",
        also=("执行完毕", "终结执行", "中止执行", "减免"),
        at=("法院执行", "纠正"),
        to=By("how", {"executed": "办结", "waived": "办结", "terminated": "办结"}),
        facts=(choice("how", "结果", END), money("paid_fen", "执行到位金额").optional()),
        does=(
            execution.meet(when={"how": ("executed", "waived", "terminated")}),
            execution.suspend("裁定中止执行", when={"how": "suspended"}),
            reply.stop(reason="执行终结", when={"how": ("executed", "waived", "terminated")}),
        ),
        basis=(Cite(CPL, "第二百七十一条"), Cite(EXECUTION, "第十六条")),
        by=("人民法院",),
    )
    resumed = act(
        "恢复执行",
        at="法院执行",
        after="ended",
        does=(execution.resume(),),
        basis=Cite(EXECUTION, "第十六条"),
        by=("人民法院",),
    )
    close = act(
        "未发现违法，审查终结",
        at="审查",
        to="办结",
        does=(delivery.stop(reason="审查终结"),),
        basis=Cite(RULES, "第六百四十五条"),
    )
