"""What the page of a matter shows of its clocks and acts: colour, word, reasoning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jianwei.desk.clues.document import masked
from jianwei.desk.matters import casebook
from jianwei.desk.matters.models import NEVER, ActRow
from jianwei.desk.matters.queries import Casebook
from jianwei.procedures import COMMON, Act, ClockKind, ClockStanding, ClockState, Fact, FactKind, Refusal, Standing
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
class ShownAct:
    """One line of the timeline. ``corrected`` are the places of the acts that corrected or revoked it."""

    row: ActRow
    title: str
    on: dt.date
    facts: tuple[tuple[str, str], ...]
    corrects: str
    corrected: tuple[int, ...]
    revoked: bool
    refused: Refusal | None
    old_version: str
    common: bool


def timeline(book: Casebook, standing: Standing) -> list[ShownAct]:
    """The acts, the latest recorded first."""
    refused = {refusal.act.id: refusal for refusal in standing.refused}
    corrections: dict[str, list[Act]] = {}
    for act in book.acts:
        if act.kind in (casebook.CORRECT, casebook.REVOKE):
            corrections.setdefault(str(act.facts.get("act", "")), []).append(act)
    shown = []
    for row, act in zip(book.rows, book.acts, strict=True):
        kind = casebook.kind_of(book.procedure, row.kind, row.version)
        by = corrections.get(act.id, [])
        corrects = str(act.facts.get("act", "")) if act.kind in (casebook.CORRECT, casebook.REVOKE) else ""
        target = next((a for a in book.acts if a.id == corrects), None)
        told = casebook.kind_of(book.procedure, target.kind, target.version) if target else kind
        shown.append(
            ShownAct(
                row,
                kind.title if kind else row.kind,
                act.on,
                tuple(_facts(act, (*(kind.facts if kind else ()), *(told.facts if told else ())))),
                corrects,
                tuple(int(one.id) for one in by),
                any(one.kind == casebook.REVOKE for one in by),
                refused.get(act.id),
                row.version if row.version != book.procedure.version else "",
                row.kind in COMMON,
            )
        )
    return shown[::-1]


def _facts(act: Act, declared: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    known: dict[str, Fact] = {}
    for fact in declared:
        known.setdefault(fact.name, fact)
    for name, value in act.facts.items():
        if name in ("username", "act"):
            continue
        found = known.get(name)
        yield (found.label if found else name), masked(found.show(value) if found else str(value)) or "（删去）"


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


def held(standing: Standing) -> Mapping[str, bool | None]:
    return standing.state.held
