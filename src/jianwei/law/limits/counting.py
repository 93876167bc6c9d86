"""How a period is counted: days and months from an event, the month-end rule, what is excluded, holidays, custody.

Norms: 刑事诉讼法第一百零五条; 刑诉法解释 (2021) 第二百零二条; 民法典第二百零一条、第二百零二条、第二百零三条.
"""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from dataclasses import dataclass
from enum import Enum

from jianwei.law import calendar

_DAY = dt.timedelta(days=1)


class MonthRule(Enum):
    """Where a month ends that began on the last day of one."""

    MONTH_END = "月末"
    """28 February + 1 month = 31 March: from the last day to the last day (刑诉法解释第二百零二条)."""
    SAME_DAY = "对应日"
    """28 February + 1 month = 28 March: to the corresponding day, or the last one (民法典第二百零二条)."""


class Unit(Enum):
    HOURS = "小时"
    DAYS = "日"
    WORKING_DAYS = "个工作日"
    MONTHS = "个月"
    YEARS = "年"


@dataclass(frozen=True)
class Period:
    """A length of time as a statute writes it."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit.value}"


def last_day(year: int, month: int) -> int:
    return months_of.monthrange(year, month)[1]


def add_months(day: dt.date, number: int, rule: MonthRule) -> dt.date:
    """The day on which ``number`` months after ``day`` end; ``day`` itself is not counted."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    end = last_day(year, month + 1)
    at_end = rule is MonthRule.MONTH_END and day.day == last_day(day.year, day.month)
    return dt.date(year, month + 1, end if at_end else min(day.day, end))


def add(day: dt.date, period: Period, rule: MonthRule) -> dt.date:
    """The last day of ``period`` after ``day``. Hours are not days and are refused."""
    match period.unit:
        case Unit.DAYS:
            return day + _DAY * period.number
        case Unit.WORKING_DAYS:
            for _ in range(period.number):
                day = calendar.next_working_day(day + _DAY)
            return day
        case Unit.MONTHS:
            return add_months(day, period.number, rule)
        case Unit.YEARS:
            return add_months(day, period.number * 12, rule)
        case Unit.HOURS:
            raise ValueError("hours are counted on a clock, not on a calendar")


@dataclass(frozen=True)
class Due:
    """The last day of a limit, and how it was reached. ``firm`` is false where a holiday table is not yet published."""

    on: dt.date
    reasoning: str
    firm: bool = True


def due(
    start: dt.date,
    period: Period,
    rule: MonthRule,
    *,
    extensions: tuple[Period, ...] = (),
    excluded_days: int = 0,
    rolls: bool = True,
) -> Due:
    """The last day of ``period`` from ``start``: extensions after its end, then excluded days, then a holiday's roll-over.

    ``rolls`` is false for a person in custody: the period ends on its day, holiday or not.
    """
    end = add(start, period, rule)
    steps = [f"{start.isoformat()}起算，{period}至{end.isoformat()}"]
    for extension in extensions:
        end = add(end, extension, rule)
        steps.append(f"延长{extension}至{end.isoformat()}")
    if excluded_days:
        end += _DAY * excluded_days
        steps.append(f"扣除不计入期限的{excluded_days}日，至{end.isoformat()}")
    if not rolls:
        return Due(end, "；".join([*steps, "在押，不因节假日延长"]))
    rolled = calendar.next_working_day(end)
    if rolled != end:
        steps.append(f"期满日为节假日，顺延至{rolled.isoformat()}")
    return Due(rolled, "；".join(steps), firm=calendar.published(end.year) is not None)
