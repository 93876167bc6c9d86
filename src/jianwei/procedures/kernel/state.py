"""The state of a matter while its acts are folded, and the runs of its clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from jianwei.kit import Cite
from jianwei.procedures.kernel.act import Act, ActKind, Facts, Guard
from jianwei.procedures.kernel.clock import Clock

MATTER = ""
"""The person of a clock that is the matter's own."""


@dataclass(slots=True)
class Run:
    """One run of a clock for one person. ``missing`` names the fact without which it has no last day.

    ``asked`` holds by extension the day it was asked for, ``shorter`` by place in ``extensions`` how much was granted.
    ``until`` holds the last days an authority set, one after another.
    """

    clock: Clock
    person: str
    start: dt.date | None
    missing: str = ""
    alternative: str | None = None
    granted: int | None = None
    until: tuple[dt.date, ...] = ()
    extensions: list[tuple[str, dt.date]] = field(default_factory=list)
    asked: dict[str, dt.date] = field(default_factory=dict)
    shorter: dict[int, int] = field(default_factory=dict)
    pauses: list[tuple[dt.date, dt.date | None, str]] = field(default_factory=list)
    met_on: dt.date | None = None
    stopped_on: dt.date | None = None
    because: str = ""
    restarted: str = ""
    assumed: tuple[tuple[str, str], ...] = ()
    """Facts nobody told that were taken for granted, with the value they were taken to have ("" the ordinary one)."""

    @property
    def suspended_on(self) -> dt.date | None:
        """Since when its time does not count; None while it runs."""
        return next((begun for begun, ended, _ in self.pauses if ended is None), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that the law or the procedure does not admit. ``fields`` holds what is wrong with single facts."""

    act: Act
    says: str
    cite: Cite | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether an admitted act (its id and day) was lawful cannot be told while nobody tells ``fact``."""

    act: str
    on: dt.date
    kind: ActKind
    fact: str
    unsaid: str
    guard: Guard | None = None


@dataclass(slots=True)
class State:
    """What the acts so far amount to."""

    stage: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    last_on: dict[str, dt.date] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    runs: dict[tuple[str, str], Run] = field(default_factory=dict)
    past: list[Run] = field(default_factory=list)
    of_all: dict[str, Any] = field(default_factory=dict)
    """The facts last told of everybody."""
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By fact and person, what was told of single persons since."""
    people: dict[str, dict[str, None]] = field(default_factory=dict)
    """Everybody ever named, by the fact that named them, in order."""
    done_to: dict[str, set[str]] = field(default_factory=dict)
    """Everybody an act of that kind named."""
    held: dict[str, bool | None] = field(default_factory=dict)
    custody_fact: str = "in_custody"
    refused: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unread: list[Act] = field(default_factory=list)
    stage_on: dt.date | None = None

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        """The doubts whose fact nobody has told since."""
        return tuple(doubt for doubt in self.doubts if self.facts.get(doubt.fact) is None)

    def running(self, clock: Clock) -> dict[str, Run]:
        """The runs of a clock, by person, that are neither met nor stopped."""
        return {
            person: run
            for (name, person), run in self.runs.items()
            if name == clock.name and run.met_on is None and run.stopped_on is None
        }

    def known(self, fact: str, facts: Facts, otherwise: Any) -> Any:
        """The value of a fact in this act, else in the latest act that had it."""
        value = facts.get(fact)
        if value is None:
            value = self.facts.get(fact)
        return otherwise if value is None else value

    def custody(self, person: str) -> bool | None:
        """Whether that person (or, for the matter's own clocks, anybody) is in custody; None if nobody said."""
        if not self.held:
            return None
        if person and person in self.held:
            return self.held[person]
        values = self.held.values()
        return True if True in values else None if None in values else False

    def told(self, kind: ActKind, facts: Facts, fact: str, person: str) -> Any:
        """A fact on which an effect of an act rests, for one person.

        What the act itself asks for is not taken from an earlier act, and what was told of one person not for another.
        """
        value = facts.get(fact)
        if value is not None or fact in kind.asks:
            return value
        if person == MATTER:
            return self.facts.get(fact)
        said = self.said.get(fact)
        return said[person] if said and person in said else self.of_all.get(fact)

    def tell(self, facts: Facts, persons: tuple[str, ...]) -> None:
        """Keep the facts of an act that names ``persons``, or nobody and then means everybody."""
        self.facts.update(facts)
        if not persons:
            self.of_all.update(facts)
            if self.said:
                for fact in self.said.keys() & facts.keys():
                    del self.said[fact]
            return
        for fact, value in facts.items():
            of = self.said.get(fact)
            if of is None:
                of = self.said[fact] = {}
            for person in persons:
                of[person] = value

    def over(self, clock: Clock, on: dt.date, persons: tuple[str, ...] = ()) -> list[bool]:
        """Of each running clock of that name (of these persons), whether it was over before ``on``.

        Where two readings of the law are argued, both must be over.
        """
        from jianwei.procedures.kernel.reckoning import last_day

        day = on.date() if isinstance(on, dt.datetime) else on
        running = self.running(clock)
        dues = [last_day(run, self) for person, run in running.items() if not persons or person in persons]
        return [due is not None and day > (due.other or due).on for due in dues]
