"""How a period is counted: units, the month-end rule, what is excluded, holidays, custody.

Norms: 刑事诉讼法第一百零五条; 刑诉法解释 (2021) 第二百零二条; 民法典第二百零一条、第二百零二条、第二百零三条.
"""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from jianwei.errors import JianweiError
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
    """A length of time as a statute writes it. Zero days is 当日."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit.value}" if self.number else "当日"


class PauseReversed(JianweiError):
    """A pause that ends before it begins."""


@dataclass(frozen=True)
class Pause:
    """Time that does not count: the days after ``from_on`` up to and including ``until_on``; None while it lasts."""

    from_on: dt.date
    until_on: dt.date | None
    reason: str = "不计入期限"

    def __post_init__(self) -> None:
        if self.until_on and self.until_on < self.from_on:
            raise PauseReversed(f"{self.reason}的截止日{self.until_on.isoformat()}早于开始日{self.from_on.isoformat()}")


@dataclass(frozen=True)
class Step:
    """One line of the reasoning: what was done and the day it led to."""

    says: str
    on: dt.date


@dataclass(frozen=True)
class Due:
    """The last day of a limit and how it was reached.

    ``at`` is set for limits in hours. ``firm`` is false where a holiday table is not yet published. ``other`` is the
    later day of another reading of the law, when two are argued; ``on`` is then the earlier, safer one. ``opens`` is
    the first day of a window before an event, of which ``on`` is the last.
    """

    on: dt.date
    steps: tuple[Step, ...]
    firm: bool = True
    at: dt.datetime | None = None
    notices: tuple[str, ...] = ()
    other: Due | None = field(default=None, compare=False)
    opens: dt.date | None = None

    @property
    def reasoning(self) -> str:
        """The steps as one sentence."""
        return "；".join(step.says for step in self.steps)


def last_day(year: int, month: int) -> int:
    return months_of.monthrange(year, month)[1]


def add_months(day: dt.date, number: int, rule: MonthRule) -> dt.date:
    """The day on which ``number`` months after ``day`` end (before it, if negative); ``day`` itself is not counted."""
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


def before(day: dt.date, period: Period, rule: MonthRule) -> dt.date:
    """The last day that lies at least ``period`` before ``day``: 开庭十日以前 of the 20th is the 10th."""
    if period.unit is Unit.WORKING_DAYS:
        for _ in range(period.number):
            day -= _DAY
            while not calendar.is_working_day(day):
                day -= _DAY
        return day
    return add(day, Period(-period.number, period.unit), rule)


def due(
    start: dt.date,
    period: Period,
    rule: MonthRule,
    *,
    extensions: tuple[Period, ...] = (),
    pauses: Iterable[Pause] = (),
    excluded_days: int = 0,
    counts_start: bool = False,
    rolls: bool = True,
    why_not_rolled: str = "在押，不因节假日延长",
) -> Due:
    """The last day of ``period`` from ``start``: extensions after its end, then excluded time, then a holiday's roll-over.

    Months are counted together from ``start`` (12-28 and two months and one more is 03-28), other units from the
    end before them. Days excluded without a date come before the ``pauses``, which must be closed; a period in working
    days loses only the working days of a pause. ``counts_start``: ``start`` itself is the first day counted. ``rolls``
    is false for a person in custody: the period ends on its day, holiday or not.
    """
    before_first = start - _DAY if counts_start else start
    lengths = _joined((period, *extensions))
    in_working_days = any(length.unit is Unit.WORKING_DAYS for length in lengths)
    end, steps = before_first, list[Step]()
    for place, length in enumerate(lengths):
        end = add(end, length, rule)
        if place == 0:
            first = "当日计入" if counts_start else "开始的当日不算"
            steps.append(Step(f"{start.isoformat()}起算，{first}，{_sum(period, extensions)}至{end.isoformat()}", end))
        else:
            steps.append(Step(f"再延长{length}至{end.isoformat()}", end))
    if excluded_days:
        lost = Period(excluded_days, Unit.WORKING_DAYS if in_working_days else Unit.DAYS)
        end = add(end, lost, rule)
        steps.append(Step(f"扣除不计入期限的{lost}，至{end.isoformat()}", end))
    for pause in _disjoint(pauses):
        if pause.until_on is None:
            raise ValueError("a pause that still lasts has no last day")
        if pause.until_on <= before_first or pause.from_on > end:
            continue
        lost = _length(max(pause.from_on, before_first), pause.until_on, in_working_days)
        end = add(end, lost, rule)
        span = f"{pause.from_on.isoformat()}至{pause.until_on.isoformat()}"
        steps.append(Step(f"{span}{pause.reason}，扣除{lost}，至{end.isoformat()}", end))
    used = range(start.year, end.year + 1) if in_working_days else ()
    return rolled(end, tuple(steps), rolls=rolls, why_not_rolled=why_not_rolled, years=used)


def rolled(
    end: dt.date, steps: tuple[Step, ...], *, rolls: bool, why_not_rolled: str, years: Iterable[int] = ()
) -> Due:
    """The nominal last day, moved to the first working day after a holiday where the law lets it.

    ``years`` are those whose holidays ``end`` already hangs on.
    """
    last = calendar.next_working_day(end) if rolls else end
    if not rolls:
        steps = (*steps, Step(why_not_rolled, end))
    elif last != end:
        steps = (*steps, Step(f"{end.isoformat()}为节假日，顺延至节假日后的第一日{last.isoformat()}", last))
    notices = unknown_holidays({*years, *((end.year, last.year) if rolls else ())})
    return Due(last, steps, firm=not notices, notices=notices)


def unknown_holidays(years: Iterable[int]) -> tuple[str, ...]:
    """The notice a day bears that hangs on the holidays of ``years`` if the table of one is not loaded; else none."""
    unknown = [str(year) for year in sorted(years) if calendar.published(year) is None]
    return (f"{'、'.join(unknown)}年节假日安排尚未公布或者未载入，届满日可能变动",) if unknown else ()


def due_hours(start: dt.datetime, hours: int, *, next_full_hour: bool = False) -> Due:
    """The moment ``hours`` after ``start``, on the clock, never rolled over.

    ``next_full_hour`` names the other reading as well: 开始的时不算在期间以内, counted from the next full hour.
    """
    end = start + dt.timedelta(hours=hours)
    due = Due(
        end.date(), (Step(f"{start:%Y-%m-%d %H:%M}起{hours}小时，至{end:%Y-%m-%d %H:%M}，不顺延", end.date()),), at=end
    )
    if not next_full_hour or start == start.replace(minute=0, second=0, microsecond=0):
        return due
    full = start.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    late = full + dt.timedelta(hours=hours)
    says = f"另一种理解：开始的时不算，自{full:%Y-%m-%d %H:%M}起{hours}小时，至{late:%Y-%m-%d %H:%M}"
    other = Due(late.date(), (Step(says, late.date()),), at=late)
    return Due(due.on, due.steps, at=end, notices=(f"{says}；以较早者预警",), other=other)


def _length(after: dt.date, until: dt.date, in_working_days: bool) -> Period:
    """The days after ``after`` up to ``until``, all or the working ones."""
    days = (until - after).days
    if not in_working_days:
        return Period(days, Unit.DAYS)
    return Period(sum(calendar.is_working_day(after + _DAY * n) for n in range(1, days + 1)), Unit.WORKING_DAYS)


def _joined(lengths: tuple[Period, ...]) -> list[Period]:
    """Neighbouring lengths of one unit as one; years count as twelve months."""
    months = tuple(
        Period(p.number * 12, Unit.MONTHS) if p.unit is Unit.YEARS and len(lengths) > 1 else p for p in lengths
    )
    runs = ((unit, list(run)) for unit, run in groupby(months, key=lambda p: p.unit))
    return [Period(sum(p.number for p in run), unit) for unit, run in runs]


def _sum(period: Period, extensions: tuple[Period, ...]) -> str:
    """How the first joined length is written: ``2个月加延长1个月``."""
    same = []
    for extension in extensions:
        if {extension.unit, period.unit} <= {Unit.MONTHS, Unit.YEARS} or extension.unit is period.unit:
            same.append(f"加延长{extension}")
        else:
            break
    return f"{period}{''.join(same)}"


def _disjoint(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in order, those that overlap joined so that no day is excluded twice."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: p.from_on):
        last = joined[-1] if joined else None
        if last and last.until_on and pause.from_on <= last.until_on:
            until = None if pause.until_on is None else max(last.until_on, pause.until_on)
            reason = last.reason if last.reason == pause.reason else f"{last.reason}、{pause.reason}"
            joined[-1] = Pause(last.from_on, until, reason)
        else:
            joined.append(pause)
    return joined
