"""日期的先后，以及重复的行。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card
from jianwei.cards.law import RECORDING, XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_ARREST = ("accepted_on", "detained_on", "case_closed_on", "closed_on", "receipt_on", "executed_on")
_PROSECUTION = (
    "accepted_on", "returned_1_on", "resubmitted_1_on", "returned_2_on", "resubmitted_2_on", "closed_on", "indicted_on",
    "withdrawn_on", "judged_on", "judgment_received_on", "appealed_on", "protested_on", "effective_on",
)  # fmt: skip
_TRIAL = ("accepted_on", "indicted_on", "judged_on", "judgment_received_on")


def _future(card: ArrestCard | ProsecutionCard, names: tuple[str, ...], look: Look) -> Facts | None:
    late = [name for name in names if (day := getattr(card, name)) is not None and day > look.as_of]
    return {"cells": late, "today": look.as_of} if late else None


@rule(
    "L121",
    "审查逮捕案卡的日期在将来",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("accepted_on",),
    helps=_ARREST,
    says="{cells}，晚于核查之日{today}",
)
def arrest_day_in_future(card: ArrestCard, look: Look) -> Facts | None:
    return _future(card, _ARREST, look)


@rule(
    "L122",
    "一审公诉案卡的日期在将来",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("accepted_on",),
    helps=_PROSECUTION,
    says="{cells}，晚于核查之日{today}",
)
def prosecution_day_in_future(card: ProsecutionCard, look: Look) -> Facts | None:
    return _future(card, _PROSECUTION, look)


@rule(
    "L123",
    "受理、起诉、判决日期先后颠倒",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十六条"), Cite(XS, "第二百零二条")),
    needs=("indicted_on",),
    helps=_TRIAL,
    says="{cells}，先后颠倒",
    exceptions=(Lawful("added", "追加、变更起诉的日期覆盖了原起诉日期", RECORDING),),
)
def trial_days_out_of_order(card: ProsecutionCard, look: Look) -> Facts | None:
    line = [(name, day) for name in _TRIAL if (day := getattr(card, name)) is not None]
    for (before, first), (after, second) in zip(line, line[1:], strict=False):
        if second < first:
            return {"cells": [before, after]}
    return None


@rule(
    "L124",
    "审查逮捕审结早于受理",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第九十一条第三款"),),
    needs=("accepted_on", "closed_on"),
    says="{closed_on}，早于{accepted_on}",
)
def arrest_closed_before_accepted(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.accepted_on and card.closed_on and card.closed_on < card.accepted_on else None


@rule(
    "L125",
    "同一案件中同一人出现两行",
    on=Card,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("person",),
    helps=("person_no", "dept_no"),
    peers=True,
    says="{person}，与第{rows}行重复",
    exceptions=(Lawful("namesake", "同案同名的不同人", RECORDING, "两行的嫌疑人编号不同", reads=("person_no",), holds=lambda c, look: _namesake(c, look)),),
)  # fmt: skip
def same_person_twice(card: Card, look: Look) -> Facts | None:
    twins = [peer for peer in look.peers if peer.person and peer.person == card.person]
    if len(twins) < 2 or twins[0] is card:
        return None
    return {"rows": "、".join(str(twin.row) for twin in twins if twin is not card)}


def _namesake(card: Card, look: Look) -> bool | None:
    numbers = [peer.person_no for peer in look.peers if peer.person == card.person]
    if not all(numbers):
        return None
    return len(set(numbers)) == len(numbers)


@rule(
    "L126",
    "个人判决日期与全案判决日期不同",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("case_judged_on", "judged_on"),
    peers=True,
    says="{case_judged_on}，而{judged_on}，本案仅一人",
)
def judgment_days_disagree(card: ProsecutionCard, look: Look) -> Facts | None:
    differ = card.case_judged_on and card.judged_on and card.case_judged_on != card.judged_on
    return {} if differ and len(look.peers) == 1 else None


@rule(
    "L127",
    "生效日期早于判决日期",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百五十九条"),),
    needs=("judged_on", "effective_on"),
    says="{effective_on}，早于{judged_on}",
)
def effective_before_judged(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.judged_on and card.effective_on and card.effective_on < card.judged_on else None
