"""检察建议的前半：调查核实、起草、审核、签发、送达。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
    number,
    others_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.management._guards import needs, wants


def rule(article: str) -> Cite:
    return Cite("人民检察院检察建议工作规定", article, verified=False)


KINDS = {
    "governance": "社会治理检察建议",
    "correction": "纠正违法检察建议",
    "other": "其他检察建议",
    "retrial": "再审检察建议",
    "public_interest": "公益诉讼检察建议",
}
WHERE = {
    "own": "涉案单位、本级单位",
    "above": "上级有关主管机关",
    "below": "下级有关单位",
    "elsewhere": "异地有关单位",
}
SERVICE = {"letter": "书面送达", "declared": "现场宣告送达"}


class SuggestionLetter(Procedure):
    """From the decision to inquire to the service of the letter."""

    title, line = "检察建议", Line.MANAGEMENT

    inquiry = case_clock("conduct/suggestion_investigation")
    record = notice_clock("conduct/suggestion_record")
    reply = others_clock("conduct/suggestion_reply")

    start = act(
        "决定调查核实",
        also=("立项", "受理"),
        opens=True,
        to="调查核实",
        facts=(
            text("recipient", "被建议单位"),
            choice("kind", "检察建议类型", KINDS),
            choice("where", "被建议单位与本院的关系", WHERE),
            text("source", "问题的来源", "在办理何案中发现"),
            long_text("problem", "存在的问题"),
            number("similar_cases", "归集的类案件数", least=0).optional(),
            text("series", "类案归集编号", "同一问题归为一组，一并提出").optional(),
        ),
        does=(inquiry.start(),),
        guards=(
            unless(
                "kind",
                "retrial",
                "public_interest",
                says="再审检察建议、公益诉讼检察建议在各自的监督案件中提出",
                cite=rule("第五条"),
            ),
        ),
        basis=(rule("第十三条"), rule("第十五条")),
        by=("检察长",),
    )
    verify = act(
        "调查核实",
        at="调查核实",
        facts=(text("measure", "方式"), long_text("finding", "查明的情况")),
        basis=rule("第十四条"),
        documents=("调查笔录",),
    )
    gather = act(
        "归集类案",
        at=("调查核实", "起草"),
        facts=(
            text("series", "类案归集编号"),
            number("similar_cases", "归集的类案件数", least=1),
            long_text("pattern", "共同的问题"),
        ),
        basis=rule("第十一条"),
    )
    report = act(
        "提出调查终结意见",
        also=("调查终结",),
        at="调查核实",
        to=By("proposal", {"suggest": "起草", "none": "办结"}),
        facts=(
            choice("proposal", "处理意见", {"suggest": "提出检察建议", "none": "不提出检察建议"}),
            long_text("reason", "理由"),
        ),
        does=(inquiry.meet(),),
        basis=rule("第十五条"),
        documents=("调查终结报告",),
    )
    consult = act(
        "征求被建议单位所在地人民检察院意见",
        at=("起草", "审核", "签发"),
        facts=(text("office", "所在地人民检察院"), choice("opinion", "意见", ("同意", "不同意"))),
        basis=rule("第三条"),
    )
    report_above = act(
        "层报被建议单位的同级人民检察院",
        also=("层报上级人民检察院",),
        at=("起草", "审核", "签发"),
        facts=(text("office", "上级人民检察院"), yes_no("agreed", "决定提出、同意转送")),
        basis=rule("第三条"),
        by=("检察长",),
    )
    draft = act(
        "起草检察建议书",
        also=("起草",),
        at="起草",
        to="审核",
        facts=(long_text("demand", "建议内容"), text("grounds", "依据的法律、法规、规章")),
        basis=rule("第十六条"),
    )
    ask_recipient = act(
        "发出前征求被建议单位意见",
        at=("起草", "审核", "签发"),
        facts=(long_text("opinion", "意见要点").optional(),),
        basis=rule("第十七条"),
    )
    examine = act(
        "法律政策研究部门审核",
        also=("审核",),
        at="审核",
        to=By("examined", {"pass": "签发", "redraft": "起草", "refuse": "办结"}),
        facts=(
            choice(
                "examined", "审核意见", {"pass": "同意，报检察长", "redraft": "退回修改", "refuse": "不宜提出，终结"}
            ),
            long_text("note", "必要性、合法性、说理性意见").optional(),
        ),
        basis=rule("第十七条"),
        by=("法律政策研究部门",),
    )
    issue = act(
        "签发检察建议书",
        also=("签发",),
        at="签发",
        facts=(text("document_no", "检察建议书文号"),),
        guards=(
            unless(
                "where", "below", says="向下级有关单位提出的，应当指令对应的下级人民检察院提出", cite=rule("第三条")
            ),
            needs(
                "report_above",
                where="above",
                says="向上级有关主管机关提出的，须先层报被建议单位的同级人民检察院",
                cite=rule("第三条"),
            ),
            needs(
                "consult",
                where="elsewhere",
                says="向异地有关单位提出的，须先征求所在地人民检察院意见",
                cite=rule("第三条"),
            ),
        ),
        basis=rule("第十七条"),
        documents=("检察建议书",),
        by=("检察长",),
    )
    serve = act(
        "送达检察建议书",
        serves=("检察建议书",),
        also=("送达", "宣告送达"),
        at="签发",
        to="等待回复",
        after="issue",
        facts=(
            choice("service", "送达方式", SERVICE),
            day("received_on", "被建议单位收到之日"),
            yes_no("urgent", "情况紧急，建议书另定较短的回复期限"),
            day("reply_by_on", "建议书确定的回复期限").optional(),
            yes_no("recipient_agreed", "被建议单位同意宣告送达").optional(),
            text("place", "宣告地点").optional(),
            text("present", "邀请到场的人员").optional(),
        ),
        does=(
            reply.start("received_on", until="reply_by_on", when={"urgent": True}),
            reply.start("received_on", when={"urgent": False}),
            record.start(),
        ),
        guards=(
            wants("reply_by_on", "情况紧急的，须写明建议书确定的回复期限", rule("第十九条"), urgent=True),
            wants("recipient_agreed", "宣告送达应当商被建议单位同意", rule("第十八条"), service="declared"),
            unless("recipient_agreed", False, says="宣告送达应当商被建议单位同意", cite=rule("第十八条")),
        ),
        basis=(rule("第十八条"), rule("第十九条")),
        documents=("送达回证",),
    )
