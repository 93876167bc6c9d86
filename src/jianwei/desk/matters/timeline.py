"""The acts of a matter as its page lists them: what was done, what corrected it, leaf by leaf where there are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jianwei.desk.clues.document import masked
from jianwei.desk.matters import casebook
from jianwei.desk.matters.casebook import HANDOVER
from jianwei.desk.matters.models import ActRow
from jianwei.desk.matters.queries import Casebook
from jianwei.procedures import COMMON, Act, Fact, Refusal, Standing

ACTS_A_LEAF = 100
"""Acts that the page lists at once (chosen: what a page renders within its promise)."""


@dataclass(frozen=True)
class ShownAct:
    """One line of the timeline. ``corrected`` are the places of the acts that corrected or revoked it."""

    row: ActRow
    title: str
    on: dt.date
    facts: tuple[tuple[str, str], ...]
    corrects: str
    corrected: tuple[str, ...]
    revoked: bool
    refused: Refusal | None
    old_version: str
    common: bool
    fast: bool
    """Whether it stays as it was recorded: what hands a matter over is neither corrected nor revoked."""


def timeline(book: Casebook, standing: Standing, *, reveal: bool = False) -> list[ShownAct]:
    """The acts, the latest recorded first; numbers of persons are masked unless ``reveal``."""
    refused = {refusal.act.id: refusal for refusal in standing.refused}
    corrections: dict[str, list[Act]] = {}
    for act in book.acts:
        if act.kind in (casebook.CORRECT, casebook.REVOKE):
            corrections.setdefault(str(act.facts.get("act", "")), []).append(act)
    targets = {act.id: act for act in book.acts}
    shown = []
    for row, act in zip(book.rows, book.acts, strict=True):
        kind = casebook.kind_of(book.procedure, row.kind, row.version)
        by = corrections.get(act.id, [])
        corrects = str(act.facts.get("act", "")) if act.kind in (casebook.CORRECT, casebook.REVOKE) else ""
        target = targets.get(corrects)
        told = casebook.kind_of(book.procedure, target.kind, target.version) if target else kind
        shown.append(
            ShownAct(
                row,
                kind.title if kind else row.kind,
                act.on,
                tuple(_facts(act, (*(kind.facts if kind else ()), *(told.facts if told else ())), reveal)),
                corrects,
                tuple(one.id for one in by),
                any(one.kind == casebook.REVOKE for one in by),
                refused.get(act.id),
                row.version if row.version != book.procedure.version else "",
                row.kind in COMMON,
                row.kind in HANDOVER,
            )
        )
    return shown[::-1]


def _facts(act: Act, declared: Iterable[Fact], reveal: bool) -> Iterator[tuple[str, str]]:
    known: dict[str, Fact] = {}
    for fact in declared:
        known.setdefault(fact.name, fact)
    for name, value in act.facts.items():
        if name in ("username", "act"):
            continue
        found = known.get(name)
        said = found.show(value) if found else str(value)
        yield (found.label if found else name), (said if reveal else masked(said)) or "（删去）"


def hides(book: Casebook) -> bool:
    """Whether numbers of persons are masked in what the acts say."""
    return any(masked(text) != text for act in book.acts for text in map(str, act.facts.values()))


@dataclass(frozen=True)
class Leaf:
    """Some of the acts. ``anchors`` lead to each act that one of them names, on this leaf or another."""

    acts: Sequence[ShownAct]
    total: int
    number: int
    numbers: range
    anchors: dict[str, str]


def leaf(acts: Sequence[ShownAct], *, number: int = 1, holding: int = 0, size: int = ACTS_A_LEAF) -> Leaf:
    """The leaf of that number, or the one that holds the act ``holding``."""
    last = max(1, -(-len(acts) // size))
    if 0 < holding <= len(acts):
        number = (len(acts) - holding) // size + 1
    number = min(max(number, 1), last)
    shown = acts[(number - 1) * size : number * size]
    here = {str(act.row.seq) for act in shown}
    anchors = {str(act.row.seq): anchor(act.row.seq, str(act.row.seq) in here) for act in acts}
    return Leaf(shown, len(acts), number, range(1, last + 1), anchors)


def anchor(seq: int | str, here: bool = False) -> str:
    """The address of an act on the page of its matter; ``here`` when the leaf that holds it is already shown."""
    return f"#act-{seq}" if here else f"?act={seq}#act-{seq}"
