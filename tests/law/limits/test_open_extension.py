"""An extension to which the law sets no bound lasts as long as it was granted."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.law import limits
from jianwei.law.limits import Period, Unit

REVIEW = limits.limit("administrative/supervision_review")
START = dt.date(2025, 3, 10)


def test_it_lasts_as_long_as_was_granted() -> None:
    due = REVIEW.due(START, extended=("special",), shorter={"special": Period(7, Unit.MONTHS)})
    assert due.on == dt.date(2026, 1, 12)


def test_without_the_length_granted_there_is_no_day() -> None:
    with pytest.raises(ValueError, match="as long as it was granted"):
        REVIEW.due(START, extended=("special",))


def test_a_bounded_extension_stays_bounded() -> None:
    with pytest.raises(limits.TooLong, match="不得超过1个月"):
        limits.limit("public_interest/civil_prosecution_review").due(
            START, extended=("complex",), shorter={"complex": Period(2, Unit.MONTHS)}
        )
