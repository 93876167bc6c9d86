"""Act rows and the kernel's acts: one is read from the other, typed by what the procedure declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from jianwei.desk.matters.models import ActRow
from jianwei.procedures import COMMON, Act, ActKind, BadFact, Fact, Procedure
from jianwei.procedures.kernel.procedure import CORRECT, CORRECTION, REVOKE

__all__ = ["CORRECT", "CORRECTION", "HANDOVER", "REVOKE"]
HANDOVER = ("forward", "take_over", "give_back")
"""Acts by which a matter goes from one office to another."""


def acts(procedure: type[Procedure], rows: Iterable[ActRow], names: Mapping[int, str] | None = None) -> list[Act]:
    """The acts of a matter in the order recorded; each is named by its place in it."""
    made: list[Act] = []
    kinds: dict[str, ActKind] = {}
    for row in rows:
        kind = kind_of(procedure, row.kind, row.version)
        known = kind
        if kind is not None:
            kinds[str(row.seq)] = kind
        if row.kind == CORRECT:
            known = kinds.get(str(row.facts.get("act", "")))
        made.append(
            Act(
                row.kind,
                moment(row.on, row.time_of_day),
                typed(known, row.facts, correcting=row.kind == CORRECT),
                id=str(row.seq),
                by=(names or {}).get(row.by_id, ""),
                version=row.version,
            )
        )
    return made


def kind_of(procedure: type[Procedure], key: str, version: str) -> ActKind | None:
    """The kind of act as the procedure calls it now."""
    if version != procedure.version and version in procedure.earlier:
        key = procedure.earlier[version].acts.get(key, key)
    return procedure.acts.get(key)


def typed(kind: ActKind | None, stored: Mapping[str, Any], *, correcting: bool = False) -> dict[str, Any]:
    """Typed facts of stored ones. What no longer can be read stays as it was stored."""
    facts: dict[str, Any] = {}
    for name, value in stored.items():
        fact = _fact(kind, name, correcting)
        try:
            facts[name] = fact.read(value) if fact else value
        except BadFact:
            facts[name] = value
    return facts


def stored(kind: ActKind, facts: Mapping[str, Any], *, correcting: bool = False) -> dict[str, Any]:
    """Typed facts as JSON keeps them."""
    made = {}
    for name, value in facts.items():
        fact = _fact(kind, name, correcting)
        kept = fact.store(value) if fact else value
        made[name] = list(kept) if isinstance(kept, tuple) else kept
    return made


def _fact(kind: ActKind | None, name: str, correcting: bool) -> Fact | None:
    """The declaration of a fact; a correction has its own and those of the act it corrects."""
    if correcting and name in CORRECTION:
        return COMMON[CORRECT].fact(name)
    return kind.fact(name) if kind else None


def moment(on: dt.date, time_of_day: dt.time | None) -> dt.date:
    return on if time_of_day is None else dt.datetime.combine(on, time_of_day)


def parted(on: dt.date) -> tuple[dt.date, dt.time | None]:
    """The day and the time of day of an act."""
    return (on.date(), on.time()) if isinstance(on, dt.datetime) else (on, None)
