"""民事执行监督。对人民法院执行活动中的怠于履行职责和违法情形进行监督。"""

from __future__ import annotations

from jianwei.procedures import Cite, act, long_text, others_clock
from jianwei.procedures.civil import _letter
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
        answers=("说明案件执行情况通知书",),
        at="审查",
        after="ask_for_explanation",
        facts=(long_text("explanation", "说明要点").optional(),),
        does=(explanation.meet(),),
        basis=Cite(RULES, "第一百零五条"),
    )
    suggest = _letter.suggest(
        VIOLATIONS, (Cite(RULES, "第一百零六条"), Cite(RULES, "第一百零八条")), ("检察长", "检察委员会")
    )
    send = _letter.send(reply, Cite(RULES, "第一百零八条"))
    court_extends = act(
        "人民法院延长回复期限",
        at="等待回复",
        facts=(long_text("reason", "特殊情况"),),
        does=(reply.extend("special"),),
        basis=Cite("最高人民法院、最高人民检察院关于民事执行活动法律监督若干问题的规定", "第十三条", verified=False),
        by=("人民法院",),
    )
    replied = _letter.replied(reply)
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
