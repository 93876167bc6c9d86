"""What the page of a matter shows of its clocks: colour, word, reasoning; and of the people named in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jianwei.desk.matters import casebook
from jianwei.desk.matters.models import NEVER
from jianwei.desk.matters.queries import Casebook
from jianwei.procedures import COMMON, ClockKind, ClockStanding, ClockState, FactKind
from jianwei.procedures.kernel.standing import OVER

TONES = {
    ClockState.WITHIN_7: "soon", ClockState.WITHIN_3: "soon", ClockState.MISSING: "soon",
    ClockState.DUE_TODAY: "late", ClockState.OVERDUE: "late", ClockState.DONE_LATE: "late", ClockState.FORBIDDEN: "late",
    ClockState.OPEN: "open",
}  # fmt: skip
"""Amber is soon or unknown, red is late or forbidden; the word of the state always stands beside it."""
SIGNS = {"soon": "◐", "late": "●", "open": "○", "": "○"}
UNVERIFIED, NOT_FIRM = "未核对原文", "未公布节假日，日期不确定"


@dataclass(frozen=True)
class ShownClock:
    """One clock: its tone and words, and its reasoning line by line."""

    clock: ClockStanding
    tone: str
    lines: tuple[tuple[str, dt.date | None], ...]
    notices: tuple[str, ...]

    @property
    def sign(self) -> str:
        return SIGNS[self.tone]

    @property
    def over(self) -> bool:
        return self.clock.state in OVER

    @property
    def custody(self) -> bool:
        return self.clock.kind is ClockKind.CUSTODY

    @property
    def stamps(self) -> tuple[str, ...]:
        due = self.clock.due
        return (*((UNVERIFIED,) if not self.clock.verified else ()), *((NOT_FIRM,) if due and not due.firm else ()))


def footing(one: ClockStanding | None) -> object:
    """What makes two persons' clocks the same: how it is counted and how it stands, whoever it is of."""
    return one and (replace(one, person="", due=None), one.due_on, one.due.reasoning if one.due else "")


def clock(one: ClockStanding) -> ShownClock:
    due = one.due
    lines: tuple[tuple[str, dt.date | None], ...] = tuple((step.says, step.on) for step in due.steps) if due else ()
    if due and due.other:
        lines = (*lines, (f"另一种算法：{due.other.reasoning}", due.other.on))
    return ShownClock(one, TONES.get(one.state, ""), lines or ((one.says, None),), due.notices if due else ())


def tone_of_day(due_on: dt.date, today: dt.date) -> tuple[str, str]:
    """Tone and word of a last day in a list: ``("soon", "余3日")``."""
    left = (due_on - today).days
    if due_on == NEVER:
        return "", ""
    if left < 0:
        return "late", f"超{-left}日"
    if left == 0:
        return "late", "今日届满"
    return ("soon", f"余{left}日") if left <= 7 else ("", f"余{left}日")


@dataclass(frozen=True)
class Card:
    """One clock as the page shows it: of a single person or of nobody, or of several persons, the most urgent first."""

    clocks: tuple[ShownClock, ...]

    @property
    def first(self) -> ShownClock:
        return self.clocks[0]

    @property
    def together(self) -> tuple[tuple[ShownClock, ...], ...]:
        """Those whose clock is counted in the same way and stands the same, so that one reasoning tells all of them."""
        found: dict[object, list[ShownClock]] = {}
        for one in self.clocks:
            found.setdefault(footing(one.clock), []).append(one)
        return tuple(tuple(group) for group in found.values())

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """How many persons each state has, the most urgent first."""
        return tuple(Counter(one.clock.state.value for one in self.clocks).items())


def cards(clocks: Iterable[ShownClock]) -> list[Card]:
    """Clocks in their order, those of several persons together where the most urgent of them stands."""
    found: dict[tuple[str, str, str], list[ShownClock]] = {}
    for place, one in enumerate(clocks):
        alone = "" if one.clock.person else str(place)
        found.setdefault((one.clock.clock, one.clock.title, alone), []).append(one)
    return [Card(tuple(together)) for together in found.values()]


def names(book: Casebook) -> tuple[str, ...]:
    """Everybody named in the matter so far, in order: what a form suggests."""
    found: dict[str, None] = {}
    for act in book.acts:
        kind = casebook.kind_of(book.procedure, act.kind, act.version)
        if act.kind == "party":
            found[str(act.facts.get("name", ""))] = None
        elif kind is not None and act.kind not in COMMON:
            for fact in kind.facts:
                value = act.facts.get(fact.name)
                if fact.kind in (FactKind.PERSON, FactKind.PEOPLE) and value:
                    found |= dict.fromkeys(value if isinstance(value, tuple) else (str(value),))
    return tuple(found)[:60]
