"""数额：元与万元、保证金、追赃挽损。"""

from __future__ import annotations

from jianwei.cards.law import GZ, RECORDING
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law import charges as law

_AMOUNTS = (
    "deposit", "amount", "fixed_amount", "loss", "recovered", "seized", "own_seized", "found_seized", "laundered", "concealed",
    "repaid", "fine",
)  # fmt: skip
_RECOVERED = ("recovered", "seized", "own_seized", "found_seized", "repaid")
_LOOSE = ("破坏社会主义市场经济秩序罪", "侵犯财产罪")
_TIMES = 100
"""How much above the next amount the one alone must stand (chosen: between 元 and 万元 lies ten thousand)."""


@rule(
    "U01",
    "单项数额过大，疑为把元填进万元",
    on=ProsecutionCard,
    group=Group.UNIT,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("amount",),
    helps=_AMOUNTS,
    says="{cells}，其他数额项都小得多；单位应为万元",
    exceptions=(Lawful("large", "涉案数额确为此数", RECORDING),),
)
def amount_in_yuan(card: ProsecutionCard, look: Look) -> Facts | None:
    filled = {name: value for name in _AMOUNTS if (value := getattr(card, name))}
    large = [name for name, value in filled.items() if value > number("doubtful_fen", look.as_of)]
    if len(large) != 1:
        return None
    rest = max((value for name, value in filled.items() if name != large[0]), default=0)
    return {"cells": large} if filled[large[0]] > rest * _TIMES else None


def _minor(card: ProsecutionCard, look: Look) -> bool | None:
    if card.age is None:
        return None
    return card.age < number("adult_age", None) and (card.deposit or 0) >= number("deposit_minor_fen", card.accepted_on)


@rule(
    "U03",
    "保证金低于法定起点",
    on=ProsecutionCard,
    group=Group.UNIT,
    severity=Severity.MIDDLE,
    basis=(Cite(GZ, "第九十二条"),),
    needs=("deposit",),
    helps=("accepted_on",),
    says="{deposit}，低于一千元；单位应为万元",
    exceptions=(
        Lawful("minor", "未成年犯罪嫌疑人，五百元以上", Cite(GZ, "第九十二条"), "作案时年龄不满十八周岁，且不低于五百元", reads=("age",), holds=_minor),
        Lawful("guarantor", "采用保证人保证，填零", Cite(GZ, "第九十条"), "数额为零", holds=lambda c, _: c.deposit == 0),
    ),
)  # fmt: skip
def deposit_too_small(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.deposit is not None and card.deposit < number("deposit_fen", card.accepted_on) else None


@rule(
    "L91",
    "填有追缴、挽回、退赔数额，是否涉及追赃挽损却为否",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("recovery",),
    helps=_RECOVERED,
    says="{recovery}，而{cells}",
)
def recovered_but_denied(card: ProsecutionCard, look: Look) -> Facts | None:
    filled = [name for name in _RECOVERED if getattr(card, name)]
    return {"cells": filled} if card.recovery is False and filled else None


@rule(
    "B41",
    "经济、侵财类犯罪未填是否涉及追赃挽损",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("result", "charge", "recovery"),
    helps=("charge_more",),
    says="{charge}，而{recovery}",
    exceptions=(Lawful("none", "未遂或者没有造成财产损失，无赃可追", RECORDING),),
)
def recovery_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    if card.result is None or card.recovery is not None:
        return None
    loose = any((found := law.find(name)) and found.chapter in _LOOSE for name in card.charges)
    return {} if loose else None


@rule(
    "L92",
    "挽回的损失大于认定的损失",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("loss", "recovered"),
    says="{recovered}，大于{loss}",
    exceptions=(
        Lawful("earnings", "连同孳息、收益一并追缴", Cite("中华人民共和国刑事诉讼法", "第二百四十五条第一款")),
    ),
)
def recovered_more_than_lost(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.loss and card.recovered and card.recovered > card.loss else None
