"""Recidivism, condition by condition; each lawful exception is a row of recidivism.yaml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jianwei.law.sentencing.recidivism import Earlier, Later, Outcome, judge

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("recidivism.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_earlier_sentence_means_what_the_law_says(case: dict[str, Any]) -> None:
    found = judge(Earlier(**case["earlier"]), Later(**case["later"]))
    assert found.outcome is Outcome[case["expect"]], found.reason
    assert found.reason.endswith("。")


days = st.dates(dt.date(1998, 1, 1), dt.date(2026, 12, 31))


def plain(ended_on: dt.date, crime_on: dt.date, born_on: dt.date) -> Outcome:
    """刑法第六十五条 said plainly, for a theft served to its end and another one."""
    birthday = born_on.replace(year=born_on.year + 18, day=min(born_on.day, 28))
    five_years = ended_on.replace(year=ended_on.year + 5, day=min(ended_on.day, 28))
    young = crime_on <= birthday and crime_on >= dt.date(2011, 5, 1)
    return Outcome.RECIDIVIST if ended_on < crime_on <= five_years and not young else Outcome.NOT


@given(
    days.filter(lambda d: d.day <= 28),
    days,
    st.dates(dt.date(1960, 1, 1), dt.date(1999, 1, 1)).filter(lambda d: d.day <= 28),
)
def test_the_five_years_run_from_the_end_of_the_sentence(
    ended_on: dt.date, crime_on: dt.date, born_on: dt.date
) -> None:
    earlier = Earlier("盗窃罪", "有期徒刑", 12, ended_on=ended_on, minor=False)
    assert judge(earlier, Later("盗窃罪", "有期徒刑", crime_on=crime_on, born_on=born_on)).outcome is plain(
        ended_on, crime_on, born_on
    )
