"""行政执行监督（含行政非诉执行监督）。对人民法院行政执行、非诉执行受理审查和实施活动的监督。"""

from __future__ import annotations

from jianwei.procedures import Cite, act, choice, long_text, others_clock
from jianwei.procedures.administrative._letter import LetterSupervision
from jianwei.procedures.administrative._supervision import LAW, rule


class ExecutionSupervision(LetterSupervision):
    title = "行政执行监督"
    case_type = "行政非诉执行监督"
    basis = (Cite(LAW, "第一百零一条"), rule("第一百零九条"))

    explanation = others_clock("administrative/execution_explanation_reply")

    classify = act(
        "认定执行类别",
        at="审查",
        facts=(choice("track", "类别", ("行政裁判执行", "行政非诉执行受理审查", "行政非诉执行实施")),),
        basis=rule("第一百零九条"),
    )
    ask_for_explanation = act(
        "要求说明案件执行情况",
        at="审查",
        does=(explanation.start(),),
        basis=rule("第一百一十二条"),
        documents=("说明案件执行情况通知书",),
    )
    explained = act(
        "收到执行情况说明",
        answers=("说明案件执行情况通知书",),
        at="审查",
        after="ask_for_explanation",
        facts=(long_text("explanation", "说明要点").optional(),),
        does=(explanation.meet(),),
        basis=rule("第一百一十二条"),
    )
    suggest_agency = act(
        "向行政机关提出检察建议",
        at="审查",
        facts=(long_text("demand", "建议内容"),),
        basis=rule("第一百一十九条"),
        documents=("检察建议书",),
        leads_to=("management/suggestion",),
    )
