"""The calendar of working days: weekends, statutory holidays and make-up days (调休)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from jianwei.law.source import load_yaml

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """The published arrangement of one year."""

    notice: str
    off: frozenset[dt.date]
    work: frozenset[dt.date]


@cache
def _years() -> dict[int, Year]:
    return {
        year: Year(
            notice=entry["notice"],
            off=frozenset(day for span in entry["holidays"] for day in _span(year, span)),
            work=frozenset(_day(year, text) for text in entry["workdays"]),
        )
        for year, entry in load_yaml("calendar", "years.yaml").items()
    }


def _day(year: int, text: str) -> dt.date:
    month, day = text.split("-")
    return dt.date(year, int(month), int(day))


def _span(year: int, text: str) -> list[dt.date]:
    first, last = (_day(year, part) for part in text.split("/"))
    return [first + _DAY * n for n in range((last - first).days + 1)]


def published(year: int) -> Year | None:
    """The arrangement of ``year``, or None: then a date that depends on it is not firm."""
    return _years().get(year)


def first_year() -> int:
    return min(_years())


def last_year() -> int:
    """The last year whose arrangement is loaded."""
    return max(_years())


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on ``day``. In a year without a published arrangement only weekends are known."""
    year = _years().get(day.year)
    if year and day in year.work:
        return True
    if year and day in year.off:
        return False
    return day.weekday() < 5


def next_working_day(day: dt.date) -> dt.date:
    """``day`` itself if worked, else the first working day after it (节假日顺延)."""
    while not is_working_day(day):
        day += _DAY
    return day
