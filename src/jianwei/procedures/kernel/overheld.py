"""Custody that lasted beyond its last day: a later return, restart or release ends the clock, but does not heal it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jianwei.procedures.kernel.act import day_of
from jianwei.procedures.kernel.clock import ClockKind
from jianwei.procedures.kernel.reckoning import days_beyond, last_day
from jianwei.procedures.kernel.state import Run, State


@dataclass(frozen=True, slots=True)
class Overheld:
    """One custody clock that ended late, of all persons of whom it did so alike. ``days`` is at least one."""

    title: str
    persons: tuple[str, ...]
    due_on: dt.date
    ended_on: dt.date
    days: int
    cite: str

    @property
    def says(self) -> str:
        whose = "、".join(self.persons)
        return f"羁押曾超期{self.days}日：{whose + '，' if whose else ''}{self.due_on}届满，{self.ended_on}终止（{self.title}，{self.cite}）"


def overheld(state: State) -> tuple[Overheld, ...]:
    """Every custody clock, running no more, that was over before it ended; where two readings are argued, by both."""
    found: dict[tuple[str, dt.date, dt.date, int, str], list[str]] = {}
    for run in _ended(state):
        due, ended = last_day(run, state), run.met_on or run.stopped_on
        days = days_beyond(run, ended, due) if ended else 0
        if due is None or ended is None or run.start is None or days <= 0:
            continue
        cite = run.clock.limit.edition(day_of(run.start)).cite
        found.setdefault((run.clock.label, (due.other or due).on, day_of(ended), days, cite), []).append(run.person)
    return tuple(
        Overheld(title, tuple(person for person in dict.fromkeys(persons) if person), due_on, ended_on, days, cite)
        for (title, due_on, ended_on, days, cite), persons in found.items()
    )


def _ended(state: State) -> Iterable[Run]:
    return (
        run
        for run in (*state.past, *state.runs.values())
        if run.clock.kind is ClockKind.CUSTODY and (run.met_on or run.stopped_on)
    )
