"""On which day a term of years, months and days ends.

刑诉法解释（2021）第二百零二条第二款 settles month ends. Before it several practices lived side by side, so an earlier
judgment has a *set* of right ends.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache

from jianwei.law.sentencing.rules import rule

DAY = dt.timedelta(days=1)


@cache
def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def month_after(start: dt.date, months: int) -> tuple[int, int]:
    """Year and month that lie ``months`` after the month of ``start``."""
    years, month = divmod(start.month - 1 + months, 12)
    return start.year + years, month + 1


def same_day(start: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` later, or that month's last day where it has no such day."""
    year, month = month_after(start, months)
    return dt.date(year, month, min(start.day, last_day(year, month)))


def _strict(start: dt.date, months: int) -> dt.date:
    """The end by article 202: the day before the same day; months counted from a month's end run to a month's end."""
    year, month = month_after(start, months)
    last = last_day(year, month)
    from_end = months % 12 != 0 and start.day == last_day(start.year, start.month)
    return dt.date(year, month, last if from_end else min(start.day, last)) - DAY


def ends(start: dt.date, months: int, extra_days: int = 0, decided_on: dt.date | None = None) -> frozenset[dt.date]:
    """The lawful last days of a term of ``months`` and ``extra_days`` that begins on ``start``, nothing deducted.

    Months come first, then odd days. Years and months together may be counted in one step or in two.
    """
    if months + extra_days <= 0:
        return frozenset()
    found: set[dt.date] = set()
    if months == 0:
        found.add(start - DAY)
    else:
        found.add(_strict(start, months))
        if months > 12:
            found.add(
                _strict(same_day(start, months - months % 12), months % 12) if months % 12 else _strict(start, months)
            )
        counting = rule("counting", "刑期计算", decided_on)
        if counting is None or not counting["strict"]:
            found |= _practices(start, months)
    return frozenset(day + dt.timedelta(days=extra_days) for day in found)


def _practices(start: dt.date, months: int) -> set[dt.date]:
    """Ends met in judgments before the rule: plain same day, and the month's last day itself where the day is missing."""
    year, month = month_after(start, months)
    last = last_day(year, month)
    if start.day > last:
        return {dt.date(year, month, last) - DAY, dt.date(year, month, last)}
    return {dt.date(year, month, start.day) - DAY}
