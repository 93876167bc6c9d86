"""What a clock shows on a day: its last day, its state, and the reasoning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from jianwei.law import limits
from jianwei.law.limits import Due, Limit, Nature, Pause, Period, Step, TooLong, Unit
from jianwei.procedures.kernel.act import day_of
from jianwei.procedures.kernel.clock import ClockKind
from jianwei.procedures.kernel.state import MATTER, Run, State

WARN_DAYS = (7, 3)
"""Tiers of warning in days before the last one (practice; the tier of one day is the day before)."""

MOMENT, LAW = "moment", "law"
"""What may be missing besides a fact: the hour and minute of an act, the law of that time."""


class ClockState(Enum):
    """How a clock stands; the value is the word on the screen."""

    SAFE = "期限内"
    WITHIN_7 = "七日内届满"
    WITHIN_3 = "三日内届满"
    DUE_TODAY = "今日届满"
    OVERDUE = "已超期"
    SUSPENDED = "中止计算"
    MISSING = "缺少输入"
    DONE_IN_TIME = "已按期"
    DONE_LATE = "逾期办结"
    STOPPED = "已终止计算"
    FORBIDDEN = "依法不能"
    WAITING = "尚未届满"
    OPEN = "已可进行"
    SERVED = "已届满"


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """One clock on a day. ``due_on`` None: suspended or an input is missing. ``days_left`` counts calendar days."""

    clock: str
    title: str
    kind: ClockKind
    binds: str
    person: str
    start: dt.date | None
    due: Due | None
    state: ClockState
    days_left: int | None
    missing: str
    says: str
    cite: str
    verified: bool

    @property
    def due_on(self) -> dt.date | None:
        return self.due.on if self.due else None


def due_of(run: Run, state: State) -> Due | None:
    """The last day of a run; None where an input or the law of its first day is missing, or it is suspended.

    A suspension ends with the run, and one that begins when the last day is already over saves nothing.
    """
    if run.missing or run.start is None or _lawless(run):
        return None
    ended = run.met_on or run.stopped_on
    due = _counted(run, state, ended)
    lasting = run.suspended_on
    if due is None or lasting is None or ended is not None:
        return due
    return due if day_of(lasting) > (due.other or due).on else None


def last_day(run: Run, state: State) -> Due | None:
    """The same where a length beyond the law was set: no last day then rests on it."""
    try:
        return due_of(run, state)
    except TooLong:
        return None


def _counted(run: Run, state: State, ended: dt.date | None) -> Due | None:
    """The last day, suspensions that still last counted up to ``ended``, or not at all."""
    if run.start is None:
        return None
    limit = run.clock.limit
    if limit.nature is Nature.SET:
        return limits.set_due(run.until) if run.until else None
    if not isinstance(run.start, dt.datetime) and _in_hours(limit, run.start, run.alternative):
        return None
    lawful = _due(
        limit,
        run.start,
        tuple(key for key, _ in run.extensions),
        tuple(run.shorter.items()),
        run.alternative,
        run.granted,
        tuple(
            (begun, max(begun, until), reason)
            for begun, closed, reason in run.pauses
            if (until := closed or ended) is not None
        ),
        run.clock.kind is ClockKind.CUSTODY or state.custody(run.person if run.person != MATTER else ""),
    )
    return limits.within(lawful, run.until, run.clock.label) if run.until else lawful


def reckon(run: Run, state: State, as_of: dt.date) -> ClockStanding:
    """The run as it stands at ``as_of`` (a day, or a moment where hours count)."""
    try:
        due = due_of(run, state)
    except TooLong as wrong:
        return _shown(run, None, ClockState.FORBIDDEN, None, str(wrong))
    if due is not None and run.start is not None and run.restarted:
        due = replace(due, steps=(Step(run.restarted, day_of(run.start)), *due.steps))
    if run.stopped_on is not None:
        over = _over(run, run.stopped_on, due)
        says = f"{day_of(run.stopped_on).isoformat()}{run.because}，本次计算终止{over}"
        return _shown(run, due, ClockState.STOPPED, None, says)
    if run.start is None or run.missing:
        says = _undecided(run) if run.start is not None else "起算日未填"
        if run.start is None and run.met_on is not None:
            says += "，无法判断是否逾期"
        return _shown(run, None, ClockState.MISSING, None, says)
    if _lawless(run):
        return _shown(run, None, ClockState.MISSING, None, f"没有载入{day_of(run.start).isoformat()}时有效的条文", LAW)
    if due is None and run.suspended_on is not None and run.met_on is None:
        begun, _, reason = next(pause for pause in run.pauses if pause[1] is None)
        return _shown(run, None, ClockState.SUSPENDED, None, f"{day_of(begun).isoformat()}起{reason}，期限中止计算")
    if due is None:
        return _shown(run, None, ClockState.MISSING, None, "按小时计算，须写明时分")
    if run.met_on is not None:
        late = not run.clock.passes and _late(run.met_on, due.other or due)
        done = ClockState.DONE_LATE if late else ClockState.DONE_IN_TIME
        return _shown(run, due, done, None, f"{day_of(run.met_on).isoformat()}{run.because}")
    return _running(run, due, as_of)


def _lawless(run: Run) -> bool:
    """No edition of the limit was in force on the first day, as far as it is loaded."""
    return run.start is not None and run.clock.limit.editions.version(day_of(run.start)) is None


def days_beyond(run: Run, on: dt.date, due: Due | None) -> int:
    """By how many days ``on`` is later than the last day (of two readings the later); 0 where nobody can be late."""
    if due is None or run.clock.passes or run.clock.right:
        return 0
    return max(0, (day_of(on) - (due.other or due).on).days)


def _over(run: Run, on: dt.date, due: Due | None) -> str:
    """What to say where the last day was already over when the clock stopped: stopping does not heal it."""
    days = days_beyond(run, on, due)
    return f"；此前{(due.other or due).on.isoformat()}已届满，超过{days}日" if due and days else ""


def _late(on: dt.date, due: Due) -> bool:
    return on > due.at if due.at and isinstance(on, dt.datetime) else day_of(on) > due.on


def _running(run: Run, due: Due, as_of: dt.date) -> ClockStanding:
    left = (due.on - day_of(as_of)).days
    over = as_of > due.at if due.at and isinstance(as_of, dt.datetime) else left < 0
    if run.clock.passes:
        ended = ClockState.OPEN if run.clock.limit.nature is Nature.WAITING else ClockState.SERVED
        state, says = (ended, "期间已满") if over else (ClockState.WAITING, f"还有{left}日")
    elif over and run.clock.right:
        state, says = ClockState.SERVED, "可以提出的期间已过"
    elif over:
        state, says = ClockState.OVERDUE, f"已超过{-left}日" if left else "已超过"
    elif left == 0:
        state, says = ClockState.DUE_TODAY, "今日届满"
    else:
        state = (
            ClockState.WITHIN_3
            if left <= WARN_DAYS[1]
            else ClockState.WITHIN_7
            if left <= WARN_DAYS[0]
            else ClockState.SAFE
        )
        says = f"余{left}日"
    return _shown(run, due, state, left, says)


def _shown(
    run: Run, due: Due | None, state: ClockState, left: int | None, says: str, missing: str = ""
) -> ClockStanding:
    limit, start = run.clock.limit, run.start
    version = limit.editions.version(day_of(start)) if start else None
    edition = version.value if version else limit.editions.versions[-1].value
    other = edition.alternatives.get(run.alternative or "")
    return ClockStanding(
        clock=run.clock.name,
        title=run.clock.label,
        kind=run.clock.kind,
        binds=limit.binds,
        person=run.person,
        start=start,
        due=due,
        state=state,
        days_left=left,
        missing=run.missing or missing or (MOMENT if state is ClockState.MISSING else ""),
        says=says,
        cite=other.cite if other else edition.cite,
        verified=limit.confidence == "H" and edition.verified,
    )


def _undecided(run: Run) -> str:
    return "期限尚未确定" if run.clock.limit.nature is Nature.SET else "期限的长短取决于未填的事项"


def _in_hours(limit: Limit, start: dt.date, alternative: str | None) -> bool:
    edition = limit.edition(start)
    return (edition.alternatives[alternative].period if alternative else edition.period).unit is Unit.HOURS


@lru_cache(maxsize=200_000)
def _due(
    limit: Limit,
    start: dt.date,
    extended: tuple[str, ...],
    shorter: tuple[tuple[int, int], ...],
    alternative: str | None,
    granted: int | None,
    pauses: tuple[tuple[dt.date, dt.date, str], ...],
    custody: bool | None,
) -> Due:
    edition = limit.edition(day_of(start))
    unit = (edition.at_least or edition.period).unit
    return limit.due(
        start,
        extended=extended,
        shorter={place: Period(number, edition.extensions[extended[place]].period.unit) for place, number in shorter},
        alternative=alternative,
        granted=Period(granted, unit) if granted is not None else None,
        pauses=tuple(Pause(day_of(begun), day_of(ended), reason) for begun, ended, reason in pauses),
        custody=custody,
    )
