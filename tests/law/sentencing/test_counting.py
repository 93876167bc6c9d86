"""On which day a term ends, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.law.sentencing.counting import ends

NEW, OLD = dt.date(2021, 3, 1), dt.date(2021, 2, 28)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "days", "decided", "expected"),
    [
        ("2022-03-15", 6, 0, NEW, {"2022-09-14"}),
        ("2022-03-15", 12, 0, NEW, {"2023-03-14"}),
        ("2022-03-15", 6, 15, NEW, {"2022-09-29"}),
        ("2022-03-15", 0, 20, NEW, {"2022-04-03"}),
        ("2022-03-31", 1, 0, NEW, {"2022-04-29"}),  # 月末起算，至下月最后一日的前一日
        ("2022-02-28", 1, 0, NEW, {"2022-03-30"}),
        ("2022-01-30", 1, 0, NEW, {"2022-02-27"}),  # 下月同日不存在
        ("2024-02-29", 12, 0, NEW, {"2025-02-27"}),  # 次年同月同日不存在
        ("2023-02-28", 12, 0, NEW, {"2024-02-27"}),  # 以年计算不适用月末规则
        ("2013-08-30", 30, 0, OLD, {"2016-02-28", "2016-02-29", "2016-02-27"}),
        ("2013-08-31", 6, 0, OLD, {"2014-02-27", "2014-02-28"}),
        ("2013-04-30", 1, 0, OLD, {"2013-05-29", "2013-05-30"}),
    ],
)
def test_worked_ends(start: str, months: int, days: int, decided: dt.date, expected: set[str]) -> None:
    found = ends(d(start), months, days, decided)
    assert found <= {d(day) for day in expected}
    assert found


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 300), st.sampled_from((OLD, NEW)))
def test_a_term_lasts_its_months_to_within_the_days_a_month_end_may_move(
    start: dt.date, months: int, decided: dt.date
) -> None:
    for end in ends(start, months, 0, decided):
        assert abs((end - start).days + 1 - months * 365.2425 / 12) <= 4


@given(st.dates(dt.date(2021, 3, 1), dt.date(2030, 1, 1)), st.integers(1, 12))
def test_under_the_rule_up_to_a_year_has_one_end(start: dt.date, months: int) -> None:
    assert len(ends(start, months, 0, NEW)) == 1


def test_nothing_to_serve_has_no_end() -> None:
    assert not ends(d("2022-01-01"), 0, 0, NEW)
