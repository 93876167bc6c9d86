"""How a court counts: months first, then days; custody deducted; lawful methods that differ by a day or three."""

from __future__ import annotations

import calendar
import datetime as dt

from jianwei.sandbox.chinese import add_months, days


def end(start: dt.date, months: int, extra_days: int = 0, deducted: int = 0) -> dt.date:
    """The last day of a term that begins on ``start``: + months + days − 1, less the days already served.

    A term that begins on the last day of a month ends on the day before the last of another (刑诉法解释 第二百零二条).
    """
    on = add_months(start, months)
    if days(start, 1).day == 1:
        on = on.replace(day=calendar.monthrange(on.year, on.month)[1])
    return days(on, extra_days - 1 - deducted)


def served(first: dt.date, last: dt.date) -> int:
    """Days of custody, both ends counted."""
    return (last - first).days + 1


def end_from_first_custody(first: dt.date, released: dt.date, again: dt.date, months: int) -> dt.date:
    """The other lawful method: the term begins with the first custody, the days at liberty are added to its end."""
    at_liberty = (again - released).days - 1
    return days(end(first, months), at_liberty)
