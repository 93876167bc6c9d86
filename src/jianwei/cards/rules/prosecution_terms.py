"""审查起诉的期限。"""

from __future__ import annotations

import datetime as dt

from jianwei.cards.law import GZ, XS, last_day
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_REVIEW = "criminal/prosecution_review"
_BASIS = (Cite(XS, "第一百七十二条"), Cite(GZ, "第三百五十一条"))
_RETURNS = ("returned_1_on", "resubmitted_1_on", "returned_2_on", "resubmitted_2_on")


def _moved(card: ProsecutionCard, look: Look) -> bool | None:
    return None if card.moved else False


_MOVED = Lawful(
    "moved", "改变管辖的，自改变后的人民检察院收到案件之日起计算", Cite(XS, "第一百七十二条第二款"),
    "是否改变管辖为“是”时需人判断", reads=("moved",), holds=_moved,
)  # fmt: skip
_APPRAISED = Lawful("appraised", "精神病鉴定期间不计入办案期限", Cite(XS, "第一百四十九条"))


def _began(card: ProsecutionCard) -> dt.date | None:
    """The day from which the term counts last: acceptance, or the last resubmission; None while returned."""
    if card.returned_2_on:
        return card.resubmitted_2_on
    if card.returned_1_on:
        return card.resubmitted_1_on
    return card.accepted_on


def _extended(card: ProsecutionCard, look: Look) -> bool | None:
    """Within the fifteen days more: lawful where the extension is entered, a person's to judge where it is not."""
    began = _began(card)
    due = last_day(_REVIEW, began, extended=("complex",)) if began else None
    if due is None or card.closed_on is None or card.closed_on > due.on:
        return False
    return True if card.extended_on else None


@rule(
    "T21",
    "审查起诉超过法定期限",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("accepted_on", "closed_on", *_RETURNS),
    helps=("procedure",),
    limits=(_REVIEW,),
    says="自{began}起算，{closed_on}，历时{days}日；一个月的期限于{due}届满",
    exceptions=(
        Lawful(
            "complex", "重大、复杂的案件，延长十五日", Cite(XS, "第一百七十二条第一款"), "填有延长审查起诉期限日期，且在延长期内审结",
            reads=("extended_on",), holds=_extended,
        ),
        _MOVED,
        _APPRAISED,
    ),
)  # fmt: skip
def prosecution_review_overdue(card: ProsecutionCard, look: Look) -> Facts | None:
    began = _began(card)
    if began is None or card.closed_on is None or "速裁" in (card.procedure or ""):
        return None
    due = last_day(_REVIEW, began)
    if due is None or card.closed_on <= due.on:
        return None
    return {"began": began, "days": (card.closed_on - began).days, "due": due}


@rule(
    "T22",
    "受理后超过一年未审结",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("accepted_on", "closed_on", "result"),
    says="{accepted_on}，至{today}已{days}日，而{closed_on}，{result}",
    exceptions=(
        Lawful("returned", "退查后未重报，已填事由", Cite(GZ, "第三百四十六条"), "填有未重报事由", reads=("unreturned_1", "unreturned_2"),
               holds=lambda c, _: bool(c.unreturned_1 or c.unreturned_2)),
        _MOVED,
        _APPRAISED,
    ),
)  # fmt: skip
def open_over_a_year(card: ProsecutionCard, look: Look) -> Facts | None:
    if (
        card.accepted_on is None
        or card.closed_on
        or card.result
        or (look.as_of - card.accepted_on).days <= number("forgotten_days", look.as_of)
    ):
        return None
    return {"today": look.as_of, "days": (look.as_of - card.accepted_on).days}


def _over_one_year(card: ProsecutionCard, look: Look) -> bool | None:
    """The fifteen days for a sentence above one year, where the card shows such a sentence."""
    assert card.accepted_on and card.closed_on
    due = last_day(_REVIEW, card.accepted_on, alternative="fast_track_over_one_year")
    if due is None or card.closed_on > due.on:
        return False
    months = card.sentence_months or card.advice_to or card.advice_from
    return None if months is None else months > number("fast_track_long_months", card.accepted_on)


@rule(
    "T23",
    "速裁案件审查起诉超过法定期限",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第一百七十二条第一款"), Cite(GZ, "第二百七十三条第一款")),
    needs=("accepted_on", "closed_on", "procedure"),
    helps=("returned_1_on",),
    limits=(_REVIEW,),
    says="{procedure}，{accepted_on}，{closed_on}，历时{days}日；十日的期限于{due}届满",
    exceptions=(
        Lawful(
            "over_one_year", "可能判处的有期徒刑超过一年的，延长至十五日", Cite(XS, "第一百七十二条第一款"),
            "量刑建议或者宣告刑超过十二个月，且十五日内审结", reads=("sentence_months", "advice_from", "advice_to"), holds=_over_one_year,
        ),
        Lawful("court", "本院未按速裁办理，审判阶段才适用速裁程序", Cite(GZ, "第二百七十三条第一款")),
    ),
)  # fmt: skip
def fast_track_review_overdue(card: ProsecutionCard, look: Look) -> Facts | None:
    if not (card.accepted_on and card.closed_on) or "速裁" not in (card.procedure or "") or card.returned_1_on:
        return None
    due = last_day(_REVIEW, card.accepted_on, alternative="fast_track")
    if due is None or card.closed_on <= due.on:
        return None
    return {"days": (card.closed_on - card.accepted_on).days, "due": due}


@rule(
    "T24",
    "审结早于受理",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十二条"),),
    needs=("accepted_on", "closed_on"),
    says="{closed_on}，早于{accepted_on}",
)
def prosecution_closed_before_accepted(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.closed_on and card.accepted_on and card.closed_on < card.accepted_on else None


@rule(
    "T25",
    "延长审查起诉期限晚于原期限届满",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=_BASIS,
    needs=("accepted_on", "extended_on", *_RETURNS),
    limits=(_REVIEW,),
    says="自{began}起算，一个月的期限于{due}届满，而{extended_on}",
    exceptions=(_MOVED, _APPRAISED),
)
def extended_after_expiry(card: ProsecutionCard, look: Look) -> Facts | None:
    began = _began(card)
    if began is None or card.extended_on is None or card.extended_on < began:
        return None
    due = last_day(_REVIEW, began)
    return {"began": began, "due": due} if due and card.extended_on > due.on else None
