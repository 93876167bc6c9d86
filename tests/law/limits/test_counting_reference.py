"""The counting against a slow counter that walks the calendar a day at a time, and what must hold of any count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jianwei.law import calendar
from jianwei.law.limits import MonthRule, Pause, Period, Unit, counting, due

DAY = dt.timedelta(days=1)

STARTS = st.dates(dt.date(2013, 1, 1), dt.date(2026, 6, 30))
MONTH_ENDS = STARTS.map(lambda day: day.replace(day=1) - DAY)
AROUND_SPRING = st.integers(2013, 2026).flatmap(lambda year: st.dates(dt.date(year, 1, 15), dt.date(year, 3, 2)))
ANY_START = STARTS | MONTH_ENDS | AROUND_SPRING
DAYS_OR_MONTHS = st.one_of(
    st.builds(Period, st.integers(0, 20) | st.integers(0, 60), st.just(Unit.DAYS)),
    st.builds(Period, st.integers(1, 12), st.just(Unit.MONTHS)),
    st.builds(Period, st.integers(1, 2), st.just(Unit.YEARS)),
)
WORKING_DAYS = st.builds(Period, st.integers(1, 30), st.just(Unit.WORKING_DAYS))
RULES = st.sampled_from(MonthRule)
PAUSES = st.lists(
    st.tuples(st.integers(-8, 40) | st.integers(-40, 500), st.integers(0, 12) | st.integers(0, 60)), max_size=4
)
"""Where a pause begins, in days from the start, and how long it lasts: before, after, adjacent and overlapping ones."""


def pauses_from(start: dt.date, drawn: list[tuple[int, int]]) -> tuple[Pause, ...]:
    return tuple(Pause(start + DAY * at, start + DAY * (at + length)) for at, length in drawn)


def is_last_of_month(day: dt.date) -> bool:
    return (day + DAY).day == 1


def months_by_walking(start: dt.date, months: int, rule: MonthRule) -> dt.date:
    """Walk day by day until the wanted month is reached, then to its corresponding day or its end."""
    wants_last = rule is MonthRule.MONTH_END and is_last_of_month(start)
    day, passed = start, 0
    while True:
        if passed == months and (
            is_last_of_month(day) if wants_last else day.day == start.day or is_last_of_month(day)
        ):
            return day
        day += DAY
        passed += day.day == 1


def slow_due(
    start: dt.date,
    lengths: tuple[Period, ...],
    rule: MonthRule,
    pauses: tuple[Pause, ...] = (),
    excluded_days: int = 0,
    counts_start: bool = False,
    rolls: bool = True,
) -> dt.date:
    """The largest day such that no more days are counted up to it than the lengths have, then past the holidays."""
    eve = start - DAY if counts_start else start
    end, months_from, months = eve, eve, 0
    for length in lengths:
        if length.unit is Unit.DAYS:
            for _ in range(length.number):
                end += DAY
            months_from, months = end, 0
        else:
            months += length.number * (12 if length.unit is Unit.YEARS else 1)
            end = months_by_walking(months_from, months, rule)
    allowed = (end - eve).days + excluded_days

    def counted(day: dt.date) -> bool:
        return not any(pause.from_on < day <= (pause.until_on or day) for pause in pauses)

    day, used = eve, 0
    while used + counted(day + DAY) <= allowed:
        day += DAY
        used += counted(day)
    while rolls and not calendar.is_working_day(day):
        day += DAY
    return day


PLAIN = (0, False, False)
WEEK = Period(7, Unit.DAYS)
PAUSED_ON_THE_LAST_DAY: Any = (dt.date(2025, 3, 3), WEEK, [], MonthRule.MONTH_END, [(7, 5)], *PLAIN)
TOUCHING: Any = (dt.date(2025, 3, 3), WEEK, [], MonthRule.MONTH_END, [(2, 3), (5, 2), (6, 4)], *PLAIN)
LEAP_DAY: Any = (dt.date(2024, 2, 29), Period(1, Unit.YEARS), [Period(1, Unit.MONTHS)], MonthRule.SAME_DAY, [], *PLAIN)


@settings(max_examples=400)
@given(
    ANY_START,
    DAYS_OR_MONTHS,
    st.lists(DAYS_OR_MONTHS, max_size=3),
    RULES,
    PAUSES,
    st.integers(0, 40),
    st.booleans(),
    st.booleans(),
)
@example(*PAUSED_ON_THE_LAST_DAY)
@example(*TOUCHING)
@example(*LEAP_DAY)
def test_the_count_is_the_walk(
    start: dt.date,
    period: Period,
    extensions: list[Period],
    rule: MonthRule,
    drawn: list[tuple[int, int]],
    excluded_days: int,
    counts_start: bool,
    rolls: bool,
) -> None:
    pauses = pauses_from(start, drawn)
    facts: dict[str, Any] = {"excluded_days": excluded_days, "counts_start": counts_start, "rolls": rolls}
    found = due(start, period, rule, extensions=tuple(extensions), pauses=pauses, **facts)
    assert found.on == slow_due(start, (period, *extensions), rule, pauses, **facts)


@settings(max_examples=200)
@given(ANY_START, WORKING_DAYS, st.lists(WORKING_DAYS, max_size=2), PAUSES)
def test_working_days_are_the_ones_walked(
    start: dt.date, period: Period, extensions: list[Period], drawn: list[tuple[int, int]]
) -> None:
    pauses = pauses_from(start, drawn)
    found = due(start, period, MonthRule.SAME_DAY, extensions=tuple(extensions), pauses=pauses, rolls=False)
    counted, day = [], start
    while day < found.on:
        day += DAY
        paused = any(pause.from_on < day <= (pause.until_on or day) for pause in pauses)
        counted += [day] if calendar.is_working_day(day) and not paused else []
    assert len(counted) == period.number + sum(extension.number for extension in extensions)
    assert calendar.is_working_day(found.on)


@given(ANY_START, DAYS_OR_MONTHS, RULES, st.booleans())
def test_a_later_start_never_ends_earlier(start: dt.date, period: Period, rule: MonthRule, rolls: bool) -> None:
    assert due(start, period, rule, rolls=rolls).on <= due(start + DAY, period, rule, rolls=rolls).on


@given(ANY_START, DAYS_OR_MONTHS | WORKING_DAYS, RULES, PAUSES)
def test_a_longer_period_never_ends_earlier(
    start: dt.date, period: Period, rule: MonthRule, drawn: list[tuple[int, int]]
) -> None:
    pauses, longer = pauses_from(start, drawn), Period(period.number + 1, period.unit)
    assert due(start, period, rule, pauses=pauses).on <= due(start, longer, rule, pauses=pauses).on


@given(ANY_START, DAYS_OR_MONTHS | WORKING_DAYS, RULES, PAUSES, st.integers(0, 40), st.booleans())
def test_excluded_time_never_makes_it_earlier(
    start: dt.date, period: Period, rule: MonthRule, drawn: list[tuple[int, int]], excluded_days: int, rolls: bool
) -> None:
    pauses = pauses_from(start, drawn)
    plain = due(start, period, rule, rolls=rolls).on
    assert plain <= due(start, period, rule, pauses=pauses, excluded_days=excluded_days, rolls=rolls).on
    assert (
        due(start, period, rule, pauses=pauses[1:], rolls=rolls).on
        <= due(start, period, rule, pauses=pauses, rolls=rolls).on
    )


@given(ANY_START, DAYS_OR_MONTHS | WORKING_DAYS, RULES)
def test_before_is_the_last_day_that_lies_far_enough_ahead(event: dt.date, period: Period, rule: MonthRule) -> None:
    latest = counting.before(event, period, rule)
    assert latest <= event
    if period.unit is not Unit.WORKING_DAYS:
        return
    between = sum(calendar.is_working_day(latest + DAY * n) for n in range((event - latest).days))
    assert between == period.number


@given(st.dates(dt.date(2000, 1, 1), dt.date(2012, 11, 1)) | st.dates(dt.date(2027, 1, 1), dt.date(2040, 1, 1)))
def test_a_year_without_a_table_is_never_firm(start: dt.date) -> None:
    found = due(start, Period(7, Unit.DAYS), MonthRule.MONTH_END)
    assert not found.firm
    assert any("节假日安排" in notice for notice in found.notices)
    assert due(start, Period(7, Unit.DAYS), MonthRule.MONTH_END, rolls=False).firm, "custody hangs on no holiday"


def test_working_days_hang_on_every_year_they_span() -> None:
    start = dt.date(2012, 12, 20)
    assert due(start, Period(20, Unit.WORKING_DAYS), MonthRule.SAME_DAY).on.year == 2013
    assert not due(start, Period(20, Unit.WORKING_DAYS), MonthRule.SAME_DAY).firm
    assert due(start, Period(20, Unit.DAYS), MonthRule.SAME_DAY).firm


def test_a_pause_within_time_already_excluded_counts() -> None:
    pause = Pause(dt.date(2025, 3, 15), dt.date(2025, 3, 20))
    found = due(
        dt.date(2025, 3, 3), Period(7, Unit.DAYS), MonthRule.MONTH_END, pauses=[pause], excluded_days=20, rolls=False
    )
    assert found.on == dt.date(2025, 4, 4)


def test_pauses_that_cannot_be_are_refused() -> None:
    with pytest.raises(counting.PauseReversed, match="早于开始日"):
        Pause(dt.date(2025, 3, 15), dt.date(2025, 3, 14))
    with pytest.raises(ValueError, match="no last day"):
        due(dt.date(2025, 3, 3), Period(7, Unit.DAYS), MonthRule.MONTH_END, pauses=[Pause(dt.date(2025, 3, 4), None)])
