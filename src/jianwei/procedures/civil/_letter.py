"""以检察建议监督的一段：提出、移送、收到回复。民事审判程序和执行活动的监督共用。"""

from __future__ import annotations

from jianwei.procedures import ActKind, Cite, Clock, act, choice, long_text, text
from jianwei.procedures.civil._supervision import RULES, CivilSupervision


def suggest(violations: tuple[str, ...], basis: tuple[Cite, ...], by: tuple[str, ...]) -> ActKind:
    """The suggestion to the court, for one of these violations."""
    return act(
        "提出检察建议",
        also=("检察建议",),
        at="审查",
        to="已作出决定",
        facts=(choice("violation", "违法情形", violations), text("document_no", "检察建议书文号").optional()),
        does=(CivilSupervision.review.meet(), CivilSupervision.service.start()),
        basis=basis,
        documents=("检察建议书",),
        by=by,
        leads_to=("management/suggestion",),
    )


def send(reply: Clock, basis: Cite) -> ActKind:
    """It goes to the court, whose time to answer begins."""
    return act(
        "移送检察建议书",
        sends=("检察建议书",),
        at="已作出决定",
        to="等待回复",
        after="suggest",
        does=(CivilSupervision.service.meet(), reply.start()),
        basis=basis,
    )


def replied(reply: Clock) -> ActKind:
    """The court's answer."""
    return act(
        "收到人民法院回复",
        answers=("检察建议书",),
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
