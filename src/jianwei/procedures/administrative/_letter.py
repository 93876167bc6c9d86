"""以检察建议监督的一段：提出、移送、等待回复、跟进。审判程序和执行活动的监督共用。"""

from __future__ import annotations

from jianwei.procedures import act, choice, long_text, others_clock, text
from jianwei.procedures.administrative._supervision import AdministrativeSupervision, rule
from jianwei.procedures.court_supervision import found_in_time


class LetterSupervision(AdministrativeSupervision):
    """Supervision that ends in a suggestion to the court and its answer."""

    stages = ("审查", "中止审查", "已作出决定", "等待回复", "办结")

    reply = others_clock("administrative/suggestion_reply")

    suggest = act(
        "提出检察建议",
        also=("检察建议",),
        at="审查",
        to="已作出决定",
        facts=(text("violation", "违法情形"), text("document_no", "检察建议书文号").optional()),
        does=(AdministrativeSupervision.review.meet(), AdministrativeSupervision.service.start()),
        guards=(found_in_time(AdministrativeSupervision.application, rule("第七十五条")),),
        basis=rule("第一百零六条"),
        documents=("检察建议书",),
        by=("检察长",),
        leads_to=("management/suggestion",),
    )
    send = act(
        "移送检察建议书",
        sends=("检察建议书",),
        at="已作出决定",
        to="等待回复",
        after="suggest",
        does=(AdministrativeSupervision.service.meet(), reply.start()),
        basis=rule("第一百零六条"),
    )
    replied = act(
        "收到人民法院回复",
        answers=("检察建议书",),
        also=("收到回复",),
        at="等待回复",
        to="办结",
        facts=(choice("outcome", "处理结果", ("采纳并纠正", "部分采纳", "不采纳")),),
        does=(reply.meet(),),
        basis=rule("第一百二十三条"),
    )
    report_above = act(
        "提请上级人民检察院监督",
        also=("跟进监督",),
        at="等待回复",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(reply.stop(reason="提请上级监督"),),
        basis=rule("第一百二十四条"),
        by=("检察长",),
    )
