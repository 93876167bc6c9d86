"""What a person types becomes a fact or is refused, at the very ends of what is allowed."""

from __future__ import annotations

import pytest

from jianwei.procedures.kernel import facts
from jianwei.procedures.kernel.facts import BadFact, Fact

MONTHS = facts.number("months", "延长月数", least=1, most=3)
PAID = facts.money("paid", "金额")
WAY = facts.choice("way", "方式", ("不起诉", "不批准逮捕", "起诉"))


@pytest.mark.parametrize(
    ("fact", "typed", "kept"),
    [
        (MONTHS, "1", 1),
        (MONTHS, "3", 3),
        (PAID, "0", 0),
        (PAID, "1,234.50元", 123450),
        (WAY, "不起诉", "不起诉"),
        (WAY, "不批", "不批准逮捕"),
    ],
)
def test_what_is_just_allowed_is_taken(fact: Fact, typed: str, kept: object) -> None:
    assert fact.read(typed) == kept


@pytest.mark.parametrize(
    ("fact", "typed", "says"),
    [
        (MONTHS, "0", "不得小于1"),
        (MONTHS, "4", "不得大于3"),
        (MONTHS, "一", "不是整数"),
        (PAID, "-0.01", "不得为负"),
        (PAID, "0.001", "精确到分"),
        (PAID, "NaN", "精确到分"),
        (WAY, "不", "不在可选项中"),
        (facts.choice("way", "方式", ("不批准", "不批准逮捕以外")), "不批", "不在可选项中"),
    ],
)
def test_what_is_just_not_allowed_is_refused_with_the_reason(fact: Fact, typed: str, says: str) -> None:
    with pytest.raises(BadFact, match=says):
        fact.read(typed)
