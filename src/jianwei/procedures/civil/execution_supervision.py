"""民事执行监督。对人民法院执行活动中的怠于履行职责和违法情形进行监督。"""

from __future__ import annotations

from jianwei.procedures import Cite, act, choice, long_text, others_clock, text
from jianwei.procedures.civil._supervision import CPL, RULES, CivilSupervision

VIOLATIONS = (
    "怠于履行执行职责",
    "执行受理、管辖、异议、复议、申诉处理违法",
    "财产调查、控制、处分、交付和分配违法",
    "存在法律、司法解释规定的其他违法、错误情形",
    "执行人员违法行为",
)


class ExecutionSupervision(CivilSupervision):
    title = "民事执行监督"
    case_type = "民事执行监督"
    stages = ("审查", "中止审查", "已作出决定", "等待回复", "办结")
    basis = (Cite(CPL, "第二百四十六条"), Cite(RULES, "第一百零四条"), Cite(RULES, "第一百零六条"))
    from_models = ("enforcement.idle_enforcement",)

    explanation = others_clock("civil/execution_explanation_reply")
    reply = others_clock("civil/execution_suggestion_reply")

    ask_for_explanation = act(
        "要求说明案件执行情况",
        also=("说明案件执行情况通知书",),
        at="审查",
        does=(explanation.start(),),
        basis=Cite(RULES, "第一百零五条"),
        documents=("说明案件执行情况通知书",),
    )
    explained = act(
        "收到执行情况说明",
        at="审查",
        after="ask_for_explanation",
        facts=(long_text("explanation", "说明要点").optional(),),
        does=(explanation.meet(),),
        basis=Cite(RULES, "第一百零五条"),
    )
    suggest = act(
        "提出检察建议",
        also=("检察建议",),
        at="审查",
        to="已作出决定",
        facts=(choice("violation", "违法情形", VIOLATIONS), text("document_no", "检察建议书文号").optional()),
        does=(CivilSupervision.review.meet(), CivilSupervision.service.start()),
        basis=(Cite(RULES, "第一百零六条"), Cite(RULES, "第一百零八条")),
        documents=("检察建议书",),
        by=("检察长", "检察委员会"),
        leads_to=("management/suggestion",),
    )
    send = act(
        "移送检察建议书",
        at="已作出决定",
        to="等待回复",
        after="suggest",
        does=(CivilSupervision.service.meet(), reply.start()),
        basis=Cite(RULES, "第一百零八条"),
    )
    replied = act(
        "收到人民法院回复",
        also=("收到回复",),
        at="等待回复",
        to="办结",
        facts=(
            choice("outcome", "处理结果", ("采纳并纠正", "部分采纳", "不采纳")),
            long_text("note", "说明").optional(),
        ),
        does=(reply.meet(),),
        basis=Cite(RULES, "第一百二十三条"),
    )
    report_above = act(
        "提请上级人民检察院监督",
        also=("跟进监督",),
        at=("审查", "等待回复"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(reply.stop(reason="提请上级监督"), CivilSupervision.review.meet()),
        basis=(Cite(RULES, "第一百零七条"), Cite(RULES, "第一百二十四条")),
        by=("检察长",),
    )
