"""审查逮捕的期限与执行回执。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.law import GZ, RECORDING, XS, last_day
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_REVIEW = "criminal/arrest_review"
_RECEIPT = "criminal/non_arrest_receipt"
_ORDINARY_RECEIPT = "criminal/arrest_receipt"


def _detained(card: ArrestCard) -> bool | None:
    """Whether the suspect was in 拘留 when arrest was asked for; None when the card does not say."""
    if card.detained_on or (card.measure and "拘留" in card.measure):
        return True
    return False if card.measure else None


def _within(card: ArrestCard, alternative: str) -> bool:
    due = last_day(_REVIEW, card.accepted_on, alternative=alternative) if card.accepted_on else None
    return due is not None and card.closed_on is not None and card.closed_on <= due.on


def _not_detained(card: ArrestCard, look: Look) -> bool | None:
    if not _within(card, "not_detained") or _detained(card):
        return False
    return None if _detained(card) is None else True


def _complex(card: ArrestCard, look: Look) -> bool | None:
    return False if _detained(card) or not _within(card, "not_detained_complex") else None


@rule(
    "T01",
    "审查逮捕超过法定期限",
    on=ArrestCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第九十一条第三款"), Cite(GZ, "第二百八十二条")),
    needs=("accepted_on", "closed_on"),
    helps=("measure", "detained_on"),
    limits=(_REVIEW,),
    says="{accepted_on}，{closed_on}，历时{days}日；已拘留的至迟应在{due}作出决定",
    exceptions=(
        Lawful("not_detained", "未被拘留的，十五日", Cite(GZ, "第二百八十二条"), "受理时强制措施不是拘留，且十五日内审结", holds=_not_detained),
        Lawful("complex", "未被拘留且重大、复杂的，不超过二十日", Cite(GZ, "第二百八十二条"), "二十日内审结时需人判断", holds=_complex),
    ),
)  # fmt: skip
def arrest_review_overdue(card: ArrestCard, look: Look) -> Facts | None:
    if not (card.accepted_on and card.closed_on):
        return None
    due = last_day(_REVIEW, card.accepted_on, custody=True)
    if due is None or card.closed_on <= due.on:
        return None
    return {"days": (card.closed_on - card.accepted_on).days, "due": due}


@rule(
    "T02",
    "审查逮捕受理后超过法定期限未审结",
    on=ArrestCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第九十一条第三款"), Cite(GZ, "第二百八十二条")),
    needs=("accepted_on", "closed_on", "result"),
    limits=(_REVIEW,),
    says="{accepted_on}，{closed_on}，{result}；最长的法定期限已于{due}届满",
    exceptions=(Lawful("withdrawn", "移送单位撤回案件", RECORDING),),
)
def arrest_review_open(card: ArrestCard, look: Look) -> Facts | None:
    if card.accepted_on is None or card.closed_on or card.result:
        return None
    due = last_day(_REVIEW, card.accepted_on, alternative="not_detained_complex")
    return {"due": due} if due and look.as_of > due.on else None


def _at_large(card: ArrestCard, look: Look) -> bool:
    return any(word in (card.execution or "") for word in ("未能执行", "未执行", "在逃", "逃跑", "死亡"))


@rule(
    "T03",
    "批准逮捕后久未填录执行情况",
    on=ArrestCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(GZ, "第二百八十六条第一款"),),
    needs=("closed_on", "result", "receipt_on", "executed_on", "execution"),
    limits=(_ORDINARY_RECEIPT,),
    says="{closed_on}，{result}，至今未填全执行情况：{cells}；回执通常至迟{due}到达",
    exceptions=(
        Lawful("at_large", "未能执行并已写明原因", Cite(GZ, "第二百八十六条第一款"), "执行情况写明未能执行、在逃等", holds=_at_large),
        Lawful("mail", "回执在途", Cite(GZ, "第二百八十六条第一款")),
    ),
)  # fmt: skip
def approved_without_receipt(card: ArrestCard, look: Look) -> Facts | None:
    if card.closed_on is None or not card.approved:
        return None
    empty = [name for name in ("receipt_on", "executed_on", "execution") if getattr(card, name) is None]
    due = last_day(_ORDINARY_RECEIPT, card.executed_on or card.closed_on)
    return {"cells": empty, "due": due} if empty and due and look.as_of > due.on else None


def _not_in_custody(card: ArrestCard, look: Look) -> bool | None:
    return {True: False, False: None, None: None}[_detained(card)]


@rule(
    "T04",
    "不批准逮捕后三日内无执行回执",
    on=ArrestCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第九十一条第三款"), Cite(GZ, "第二百八十六条第一款")),
    needs=("closed_on", "result", "receipt_on"),
    helps=("measure", "detained_on"),
    limits=(_RECEIPT,),
    says="{closed_on}，{result}，{receipt_on}，执行回执至迟应在{due}送达",
    exceptions=(
        Lawful("not_in_custody", "未被羁押，无须释放", Cite(XS, "第九十一条第三款"), "受理时未拘留的需人判断", holds=_not_in_custody),
        Lawful("received_later", "公安机关后来才收到决定书", Cite(GZ, "第二百八十六条第一款")),
    ),
)  # fmt: skip
def refused_without_receipt(card: ArrestCard, look: Look) -> Facts | None:
    if card.closed_on is None or not card.refused:
        return None
    due = last_day(_RECEIPT, card.closed_on)
    received = card.receipt_on or look.as_of
    return {"due": due} if due and received > due.on else None


@rule(
    "T05",
    "执行日期早于决定日期",
    on=ArrestCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第九十条"), Cite(GZ, "第二百八十六条第一款")),
    needs=("closed_on", "executed_on", "result"),
    says="{executed_on}，早于{closed_on}作出的决定（{result}）",
)
def executed_before_decided(card: ArrestCard, look: Look) -> Facts | None:
    wrong = card.executed_on and card.closed_on and card.executed_on < card.closed_on
    return {} if wrong and card.approved else None


@rule(
    "T06",
    "收到执行回执早于执行",
    on=ArrestCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(GZ, "第二百八十六条第一款"),),
    needs=("receipt_on", "executed_on"),
    says="{receipt_on}，早于{executed_on}",
)
def receipt_before_execution(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.receipt_on and card.executed_on and card.receipt_on < card.executed_on else None
