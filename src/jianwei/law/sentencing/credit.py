"""How many days of a term a stretch of custody may stand for.

More than one number can be lawful: some courts leave the day of release out (and some headers make it unclear), an odd
day of 指定居所监视居住 may be rounded either way, and whether an administrative detention was for the same act is often
not told. So a stretch has a set of lawful credits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jianwei.law.sentencing.custody import Counts, Stretch
from jianwei.law.sentencing.rules import rule

MOST_SUMS = 4000


def days_held(stretch: Stretch, before: dt.date) -> int:
    """Days of the stretch that lie before ``before``, both ends counted."""
    last = before - dt.timedelta(days=1)
    if stretch.until_on is not None:
        last = min(last, stretch.until_on)
    return max((last - stretch.from_on).days + 1, 0)


def credits(stretch: Stretch, before: dt.date, kind: str) -> frozenset[int]:
    """The lawful credits, in days of a term of ``kind``, for what of the stretch lies before ``before``."""
    days = days_held(stretch, before)
    if days == 0:
        return frozenset((0,))
    if stretch.counts is Counts.NOT:
        return frozenset((0, 1))  # the day of capture is often credited
    last_day_in = stretch.until_on is not None and stretch.until_on < before
    doubtful = last_day_in and (stretch.released or stretch.rate == "行政拘留")
    held = {days, days - 1} if doubtful else {days}
    found = {value for n in held for value in _converted(stretch.rate, n, kind, stretch.from_on)}
    if stretch.counts is Counts.MAY:
        found |= {0, 1}
    return frozenset(found)


def _converted(rate: str, days: int, kind: str, on: dt.date) -> set[int]:
    """``days`` of restraint as days of a term, rounded either way."""
    found = rule("credit", rate, on)
    if found is None:
        return {0}
    per, counts = found["control"] if kind == "管制" else found["term"]
    whole, odd = divmod(days * counts, per)
    return {whole, whole + 1} if odd else {whole}


def sums(options: Iterable[frozenset[int]]) -> frozenset[int]:
    """Every total that picks one number of each set."""
    totals = {0}
    for option in options:
        totals = {total + number for total in totals for number in option}
        if len(totals) > MOST_SUMS:
            break
    return frozenset(totals)
