"""Every limit on the shelf: its worked dates, its citations, and the month rule against a slow reference."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.law import limits
from jianwei.law.limits import MonthRule, Pause, Period, Unit, add_months, due

CASES = [(key, case) for key in tuple(limits.keys()) for case in limits.limit(key).worked]


@pytest.mark.parametrize("key", list(limits.keys()))
def test_every_limit_has_worked_dates_and_citations(key: str) -> None:
    limit = limits.limit(key)
    assert limit.worked
    assert all(v.value.cite for v in limit.editions.versions)


@pytest.mark.parametrize(("key", "case"), CASES, ids=[f"{key}: {case['why']}" for key, case in CASES])
def test_worked_date(key: str, case: Any) -> None:
    case: dict[str, Any] = dict(case)
    expected, other, opens, _ = (case.pop(key, None) for key in ("due", "other", "opens", "why"))
    case["extended"] = tuple(case.get("extended", ()))
    case["pauses"] = tuple(Pause(**pause) for pause in case.get("pauses", ()))
    case["shorter"] = {key: limits.period(length) for key, length in case.get("shorter", {}).items()}
    case["granted"] = limits.period(case["granted"]) if "granted" in case else None
    found = limits.limit(key).due(_moment(case.pop("start")), **case)
    assert (found.at or found.on) == _moment(expected)
    assert found.opens == opens
    if other:
        assert found.other
        assert (found.other.at or found.other.on) == _moment(other)


def _moment(value: object) -> Any:
    """YAML reads 2026-03-01 09:30 without seconds as text."""
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))
MONTH_ENDS = DAYS.map(lambda day: day.replace(day=1) - dt.timedelta(days=1))


@given(DAYS | MONTH_ENDS, st.integers(1, 30))
def test_month_rules_agree_except_from_a_month_end(day: dt.date, number: int) -> None:
    def slow(by_end: bool) -> dt.date:
        year, month = day.year, day.month
        for _ in range(number):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        next_month = dt.date(year + month // 12, month % 12 + 1, 1)
        last = next_month - dt.timedelta(days=1)
        if by_end and (day + dt.timedelta(days=1)).day == 1:
            return last
        return last if day.day > last.day else last.replace(day=day.day)

    assert add_months(day, number, MonthRule.MONTH_END) == slow(True)
    assert add_months(day, number, MonthRule.SAME_DAY) == slow(False)


def test_the_reasoning_names_each_step() -> None:
    found = due(dt.date(2025, 1, 15), Period(1, Unit.MONTHS), MonthRule.MONTH_END, excluded_days=1)
    assert found.on == dt.date(2025, 2, 17)
    assert found.reasoning == (
        "2025-01-15起算，开始的当日不算，1个月至2025-02-15；扣除不计入期限的1日，至2025-02-16；"
        "2025-02-16为节假日，顺延至节假日后的第一日2025-02-17"
    )


def test_a_date_that_hangs_on_an_unpublished_holiday_table_is_not_firm() -> None:
    assert not due(dt.date(2040, 1, 15), Period(1, Unit.MONTHS), MonthRule.MONTH_END).firm


def test_an_unknown_limit_is_named() -> None:
    with pytest.raises(limits.UnknownLimit, match="criminal/nothing"):
        limits.limit("criminal/nothing")
