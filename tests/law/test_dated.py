"""What moves in the law is in force exactly once on every day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.law import calendar, citations, lpr
from jianwei.law.dated import Dated, NotInForce, Version, VersionsOverlap

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))


def slow_version(dated: Dated[object], on: dt.date) -> list[object]:
    """The obvious reference: every version whose span contains the day."""
    versions = dated.versions
    ends = [v.from_on - DAY for v in versions[1:]] + [dt.date.max]
    return [v.value for v, end in zip(versions, ends, strict=True) if v.from_on <= on <= min(end, v.to_on or end)]


@given(days)
def test_on_every_day_a_law_has_at_most_one_edition_and_none_is_lost(on: dt.date) -> None:
    for law in citations.all_laws().values():
        version = law.editions.version(on)
        assert slow_version(law.editions, on) == ([version.value] if version else [])


@pytest.mark.parametrize("law", citations.all_laws().values(), ids=lambda law: law.title)
def test_a_law_in_force_has_exactly_one_edition_every_day(law: citations.Law) -> None:
    day, last = law.editions.versions[0].from_on, law.editions.versions[-1].to_on or dt.date(2030, 1, 1)
    while day <= last:
        assert len(slow_version(law.editions, day)) == 1
        day += 7 * DAY


@pytest.mark.parametrize(
    ("on", "percent"),
    [
        (dt.date(2019, 8, 20), "4.25"),
        (dt.date(2020, 4, 19), "4.05"),
        (dt.date(2020, 4, 20), "3.85"),
        (dt.date(2022, 8, 21), "3.70"),
        (dt.date(2024, 12, 31), "3.10"),
    ],
)
def test_the_loan_prime_rate_of_a_day(on: dt.date, percent: str) -> None:
    assert lpr.one_year(on) == Decimal(percent)


def test_there_is_no_loan_prime_rate_before_the_reform() -> None:
    with pytest.raises(NotInForce, match="2019-08-19"):
        lpr.one_year(dt.date(2019, 8, 19))


def test_the_interest_cap_follows_the_day_of_the_contract() -> None:
    assert lpr.cap(dt.date(2014, 1, 1)).percent is None
    assert lpr.cap(dt.date(2020, 8, 19)).percent == 24
    assert lpr.cap(dt.date(2020, 8, 20)).percent == Decimal("15.40")
    assert lpr.cap(dt.date(2021, 12, 20)).percent == Decimal("15.20")
    assert lpr.cap(dt.date(2026, 6, 1)).verified is False


@pytest.mark.parametrize(
    ("title", "on", "name"),
    [
        ("《中华人民共和国刑法》", dt.date(2011, 4, 30), "修正案（七）"),
        ("刑法", dt.date(2011, 5, 1), "修正案（八）"),
        ("民事诉讼法", dt.date(2023, 12, 31), "2021年修正"),
        ("中华人民共和国行政诉讼法（2017修正）", dt.date(2019, 1, 1), "2017年修正"),
    ],
)
def test_a_citation_means_the_edition_of_its_day(title: str, on: dt.date, name: str) -> None:
    edition = citations.edition(title, on)
    assert edition and edition.name == name


def test_a_repealed_law_ends() -> None:
    assert citations.edition("合同法", dt.date(2020, 12, 31))
    assert citations.edition("合同法", dt.date(2021, 1, 1)) is None


def test_versions_that_overlap_are_refused() -> None:
    on = dt.date(2020, 1, 1)
    with pytest.raises(VersionsOverlap):
        Dated("某数", [Version(on, 1), Version(on, 2)])
    with pytest.raises(VersionsOverlap):
        Dated("某数", [Version(on, 1, to_on=dt.date(2021, 1, 1)), Version(dt.date(2020, 6, 1), 2)])


@pytest.mark.parametrize("year", range(calendar.first_year(), calendar.last_year() + 1))
def test_a_published_year_is_consistent(year: int) -> None:
    known = calendar.published(year)
    assert known
    assert not known.off & known.work
    assert all(day.weekday() >= 5 for day in known.work), "make-up days fall on weekends"
    statutory = {dt.date(year, 5, 1), dt.date(year, 10, 1), dt.date(year, 10, 2), dt.date(year, 10, 3)}
    assert statutory <= known.off
    assert 240 <= sum(calendar.is_working_day(dt.date(year, 1, 1) + DAY * n) for n in range(365)) <= 253


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (dt.date(2026, 2, 14), True),
        (dt.date(2026, 2, 23), False),
        (dt.date(2026, 2, 24), True),
        (dt.date(2025, 10, 8), False),
        (dt.date(2024, 9, 14), True),
    ],
)
def test_make_up_days_are_worked_and_bridged_days_are_not(day: dt.date, worked: bool) -> None:
    assert calendar.is_working_day(day) is worked


@given(days)
def test_the_next_working_day_is_worked_and_nothing_before_it_is(day: dt.date) -> None:
    found = calendar.next_working_day(day)
    assert found >= day and calendar.is_working_day(found)
    assert not any(calendar.is_working_day(day + DAY * n) for n in range((found - day).days))


def test_a_year_without_an_arrangement_is_not_firm() -> None:
    assert calendar.published(calendar.last_year() + 1) is None
