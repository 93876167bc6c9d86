"""行刑反向衔接。不起诉案件需要给予行政处罚的，提出检察意见，移送主管机关，跟踪回复。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Line,
    Procedure,
    act,
    choice,
    long_text,
    notice_clock,
    others_clock,
    people,
    text,
)

CPL = "中华人民共和国刑事诉讼法"
RULES = "人民检察院刑事诉讼规则"


def norm(article: str) -> Cite:
    return Cite("最高人民检察院关于推进行政执法与刑事司法衔接工作的规定", article, verified=False)


class ReverseReferral(Procedure):
    title, line = "行刑反向衔接", Line.ADMINISTRATIVE
    case_type, code = "行刑反向衔接", "行衔"
    stages = ("审查", "提出检察意见", "等待处理", "跟踪", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百七十七条第三款"), Cite(RULES, "第三百七十三条第二款"), norm("第八条"))
    unverified = "《最高人民检察院关于推进行政执法与刑事司法衔接工作的规定》未核对原文"

    service = notice_clock("administrative/reverse_referral_service")
    reply = others_clock("administrative/reverse_referral_reply")

    receive = act(
        "受理不起诉移送审查",
        also=("受理",),
        opens=True,
        to="审查",
        facts=(
            people("persons", "被不起诉人"),
            text("decision_no", "不起诉决定书文号"),
            choice("ground", "不起诉种类", ("法定不起诉", "相对不起诉", "存疑不起诉")),
        ),
        does=(service.start(),),
        basis=(Cite(CPL, "第一百七十七条第三款"), norm("第八条")),
    )
    review = act(
        "提出是否处罚的审查意见",
        at="审查",
        to=By("need", {"punish": "提出检察意见", "none": "办结"}),
        facts=(
            choice("need", "审查意见", {"punish": "需要给予行政处罚、处分", "none": "不需要"}),
            long_text("reason", "理由"),
        ),
        does=(service.stop(when={"need": "none"}, reason="不需要给予行政处罚"),),
        basis=Cite(RULES, "第三百七十三条第二款"),
        by=("承办检察官", "检察长"),
    )
    issue = act(
        "发出检察意见书",
        also=("移送检察意见",),
        at="提出检察意见",
        to="等待处理",
        facts=(text("agency", "主管机关"), text("document_no", "检察意见书文号").optional()),
        does=(service.meet(), reply.start()),
        basis=(Cite(CPL, "第一百七十七条第三款"), norm("第八条")),
        documents=("检察意见书",),
        by=("检察长",),
    )
    urge = act(
        "催办",
        at="等待处理",
        facts=(long_text("note", "要点").optional(),),
        basis=norm("第十条"),
        documents=("催办函",),
    )
    replied = act(
        "收到处理结果",
        answers=("检察意见书",),
        also=("收到回复",),
        at="等待处理",
        to="跟踪",
        facts=(choice("outcome", "处理结果", ("已行政处罚", "已政务处分", "正在办理", "不予处罚")),),
        does=(reply.meet(),),
        basis=(Cite(CPL, "第一百七十七条第三款"), norm("第八条")),
    )
    supervise = act(
        "提出检察建议督促",
        at=("等待处理", "跟踪"),
        facts=(long_text("demand", "建议内容"),),
        basis=norm("第十一条"),
        documents=("检察建议书",),
        leads_to=("management/suggestion",),
        by=("检察长",),
    )
    close = act("结案", at="跟踪", to="办结", facts=(long_text("note", "说明").optional(),), basis=norm("第八条"))
