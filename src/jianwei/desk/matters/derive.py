"""What follows from the acts of a matter and does not depend on the day: kept beside the acts, rebuilt at will."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from jianwei.desk.matters.models import NEVER, Matter, MatterClock, Party
from jianwei.procedures import Act, ClockKind, ClockStanding, ClockState, FactKind, Procedure, State
from jianwei.procedures.kernel.fold import fold, in_force
from jianwei.procedures.kernel.reckoning import reckon
from jianwei.procedures.kernel.state import Run

Status = MatterClock.Status
REVOKED = "受理已撤销"
"""The stage of a matter whose opening act was revoked: its number stays."""
HANDED = ("allot", "reassign", "take_over")
"""Acts that say who handles a matter; one received from another office is handled by nobody yet."""

_STATUS = {
    ClockState.SUSPENDED: Status.SUSPENDED,
    ClockState.MISSING: Status.MISSING,
    ClockState.DONE_IN_TIME: Status.IN_TIME,
    ClockState.DONE_LATE: Status.LATE,
    ClockState.STOPPED: Status.STOPPED,
    ClockState.FORBIDDEN: Status.FORBIDDEN,
    ClockState.WAITING: Status.WAITING,
    ClockState.OPEN: Status.WAITING,
}


@dataclass(frozen=True)
class Derived:
    """The derived columns of a matter, its clocks and its parties, as ``(column, value)`` of each row."""

    matter: dict[str, Any]
    clocks: tuple[dict[str, Any], ...]
    parties: tuple[dict[str, Any], ...]
    handler: str
    """Login name of the handler, "" where nobody was named."""


MATTER_COLUMNS = (
    "opened_on", "closed_on", "closed", "stage", "stage_on", "due_on", "custody_due_on", "case_due_on", "others_due_on",
    "missing", "suspended",
)  # fmt: skip
CLOCK_COLUMNS = tuple(f.attname for f in MatterClock._meta.concrete_fields if f.name not in ("id", "matter"))
PARTY_COLUMNS = tuple(f.attname for f in Party._meta.concrete_fields if f.name not in ("id", "matter"))


def derive(procedure: type[Procedure], acts: Sequence[Act]) -> Derived:
    """Everything derived from ``acts``. A pure function: the same acts under the same law give the same."""
    state = fold(procedure, acts)
    standing = list(in_force(acts))
    clocks = tuple(_clocks(state))
    closed = state.stage in procedure.ends or not state.stage
    return Derived(
        matter=_matter(acts, standing, state, closed, clocks),
        clocks=clocks,
        parties=tuple(_parties(procedure, standing, state)),
        handler=_handler(acts, standing),
    )


def _handler(acts: Sequence[Act], standing: Sequence[Act]) -> str:
    """Who the last of the acts of handing names, in the order in which they were recorded."""
    recorded = {act.id: place for place, act in enumerate(acts)}
    handed = [act for act in standing if act.kind in HANDED]
    last = max(handed, key=lambda act: recorded[act.id], default=None)
    return str(last.facts.get("username") or "") if last else ""


def _matter(
    acts: Sequence[Act], standing: Sequence[Act], state: State, closed: bool, clocks: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    running = [clock for clock in clocks if clock["status"] == Status.RUNNING and not clock["past"]]
    first = {kind: _first(running, kind) for kind in ClockKind}
    own = (first[ClockKind.CUSTODY], first[ClockKind.CASE], first[ClockKind.NOTICE])
    states = {clock["status"] for clock in clocks if not clock["past"]}
    stage_on = state.stage_on.date() if isinstance(state.stage_on, dt.datetime) else state.stage_on
    opening = standing[0] if standing else acts[0]
    return {
        "opened_on": opening.day,
        "closed_on": (stage_on or acts[-1].day) if closed else None,
        "closed": closed,
        "stage": state.stage or REVOKED,
        "stage_on": stage_on,
        "due_on": NEVER if closed else min((on for on in own if on), default=NEVER),
        "custody_due_on": first[ClockKind.CUSTODY],
        "case_due_on": first[ClockKind.CASE],
        "others_due_on": first[ClockKind.OTHERS],
        "missing": not closed and (Status.MISSING in states or bool(state.open_doubts)),
        "suspended": not closed and Status.SUSPENDED in states,
    }


def _first(clocks: Sequence[dict[str, Any]], kind: ClockKind) -> dt.date | None:
    found: list[dt.date] = [clock["due_on"] for clock in clocks if clock["kind"] == kind.name.lower()]
    return min(found, default=None)


def _clocks(state: State) -> Iterator[dict[str, Any]]:
    runs = [(run, True) for run in state.past] + [(run, False) for run in state.runs.values()]
    for place, (run, past) in enumerate(runs):
        yield _clock(run, reckon(run, state, dt.date.min), place, past)


def _clock(run: Run, shown: ClockStanding, place: int, past: bool) -> dict[str, Any]:
    due = shown.due
    ended = run.met_on or run.stopped_on
    return {
        "place": place,
        "clock": shown.clock,
        "title": shown.title[:80],
        "kind": shown.kind.name.lower(),
        "person": shown.person[:80],
        "status": _STATUS.get(shown.state, Status.RUNNING),
        "past": past,
        "start_on": _day(shown.start),
        "due_on": due.on if due else None,
        "due_at": timezone.make_aware(due.at, timezone.get_default_timezone()) if due and due.at else None,
        "other_due_on": due.other.on if due and due.other else None,
        "ended_on": _day(ended),
        "missing": shown.missing[:40],
        "cite": shown.cite[:200],
        "verified": shown.verified,
        "firm": due.firm if due else True,
    }


def _parties(procedure: type[Procedure], standing: Sequence[Act], state: State) -> Iterator[dict[str, Any]]:
    """The people named when the matter was opened, then those registered; of one name and role the later facts."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for act in standing:
        kind = procedure.acts.get(act.kind)
        if act.kind == "party":
            name, role = str(act.facts.get("name", "")), str(act.facts.get("role", ""))
            found[name, role] = {"kind": act.facts.get("kind", ""), "born_on": act.facts.get("born_on")}
        elif kind is not None and kind.opens:
            for fact in kind.facts:
                if fact.kind in (FactKind.PERSON, FactKind.PEOPLE):
                    named = act.facts.get(fact.name) or ()
                    for name in named if isinstance(named, tuple) else (named,):
                        found.setdefault((str(name), fact.label), {"kind": "", "born_on": None})
    for place, ((name, role), more) in enumerate(found.items()):
        yield {"place": place, "name": name[:80], "role": role[:40], "held": state.held.get(name)} | more


def _day(on: dt.date | None) -> dt.date | None:
    return on.date() if isinstance(on, dt.datetime) else on


def row_of(matter: Matter) -> dict[str, Any]:
    """The derived columns as they are kept now."""
    return {name: getattr(matter, name) for name in MATTER_COLUMNS}
