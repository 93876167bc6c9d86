"""Recompute everything derived, in batches, resumable; or say what would change without changing it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from jianwei.desk.matters import casebook, derive, keeping
from jianwei.desk.matters.derive import Derived
from jianwei.desk.matters.models import ActRow, Matter, MatterClock, Party, Rebuild
from jianwei.desk.people.models import User
from jianwei.law import limits
from jianwei.procedures.shelf import procedures

BATCH = 500
"""Matters in one transaction (chosen: half a second of writing, so that people at work hardly wait)."""

Progress = Callable[[int, int], None]


@dataclass
class Change:
    """What a rebuild changes in the matters of one procedure."""

    procedure: str
    title: str
    matters: int = 0
    stages: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(stage kept, stage recomputed) → matters."""
    clocks: Counter[str] = field(default_factory=Counter)
    """Title of a clock whose rows differ → matters."""
    closed: int = 0
    """Matters that would become closed, or open again."""
    parties: int = 0
    handlers: int = 0


@dataclass(frozen=True)
class Report:
    seen: int
    changed: int
    gone: tuple[tuple[str, int], ...]
    """Procedures that are no longer on the shelf, with the number of their matters: left as they are."""
    changes: tuple[Change, ...]


def stamp() -> str:
    """The versions of all procedures and limits: a rebuild that was cut short goes on only under the same."""
    versions = [f"{key} {one.version}" for key, one in procedures().items()]
    laws = [f"{one.key} {one.editions.versions!r}" for one in limits.shelf().limits.values()]
    return hashlib.sha256("\n".join(versions + laws).encode()).hexdigest()


def rebuild(at: dt.datetime, *, preview: bool = False, progress: Progress | None = None) -> Report:
    """Recompute every matter from its acts and write what differs; with ``preview`` only tell it.

    Each batch is one transaction. Cut short, the next call under the same versions goes on behind the last batch.
    """
    mark = None if preview else _mark()
    changes: dict[str, Change] = {}
    total = Matter.objects.count()
    seen, changed = (mark.seen, mark.changed) if mark else (0, 0)
    for last_id, count, differing in _batches(
        mark.last_id if mark else 0, changes, write=not preview, at=at, mark=mark
    ):
        seen, changed = seen + count, changed + differing
        if progress:
            progress(seen, total)
        del last_id
    if mark:
        Rebuild.objects.filter(pk=mark.pk).update(finished_at=at)
    shelf = procedures()
    gone = Counter(Matter.objects.exclude(procedure__in=shelf).order_by().values_list("procedure", flat=True))
    return Report(seen, changed, tuple(sorted(gone.items())), tuple(changes[key] for key in sorted(changes)))


def _mark() -> Rebuild:
    """Where the rebuild under these versions stands; a finished one begins anew."""
    mark, _ = Rebuild.objects.get_or_create(stamp=stamp())
    if mark.finished_at:
        mark.last_id, mark.seen, mark.changed, mark.finished_at = 0, 0, 0, None
        mark.save()
    return mark


def _batches(
    last_id: int, changes: dict[str, Change], *, write: bool, at: dt.datetime, mark: Rebuild | None
) -> Iterator[tuple[int, int, int]]:
    users = dict(User.objects.values_list("username", "pk"))
    while True:
        with transaction.atomic():
            found = Matter.objects.filter(pk__gt=last_id).order_by("pk")
            batch = list((found.select_for_update() if write else found)[:BATCH])
            if not batch:
                return
            last_id = batch[-1].pk
            differing = _batch(batch, changes, users, write=write, at=at)
            if mark:
                mark.last_id, mark.seen, mark.changed = last_id, mark.seen + len(batch), mark.changed + differing
                mark.save()
        yield last_id, len(batch), differing


def _batch(
    batch: list[Matter], changes: dict[str, Change], users: dict[str, int], *, write: bool, at: dt.datetime
) -> int:
    ids, shelf = [one.pk for one in batch], procedures()
    acts, clocks, parties = _rows(ActRow, ids), _rows(MatterClock, ids), _rows(Party, ids)
    columns: list[Matter] = []
    rows: list[tuple[int, Derived]] = []
    for one in batch:
        procedure = shelf.get(one.procedure)
        if procedure is None:
            continue
        derived = derive.derive(procedure, casebook.acts(procedure, acts[one.pk]))
        handler = users.get(derived.handler) if derived.handler else None
        kept_clocks, kept_parties = keeping.clocks_of(clocks[one.pk]), keeping.parties_of(parties[one.pk])
        same_row = derive.row_of(one) == derived.matter and one.handler_id == handler
        same_rows = kept_clocks == derived.clocks and kept_parties == derived.parties
        if same_row and same_rows:
            continue
        change = changes.setdefault(one.procedure, Change(one.procedure, procedure.title))
        _note(change, one, derived, kept_clocks, kept_parties, handler)
        keeping.apply(one, derived, handler)
        one.updated_at = at
        columns.append(one)
        if not same_rows:
            rows.append((one.pk, derived))
    if write and columns:
        Matter.objects.bulk_update(columns, [*derive.MATTER_COLUMNS, "handler", "updated_at"], batch_size=50)
        keeping.replace_rows(rows)
    return len(columns)


def _rows(model: type[Any], ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(matter__in=ids).order_by(*model._meta.ordering):
        found[row.matter_id].append(row)
    return found


def _note(
    change: Change, one: Matter, derived: Derived, clocks: tuple[dict[str, Any], ...], parties: tuple[dict[str, Any], ...], handler: int | None
) -> None:  # fmt: skip
    """Add one differing matter to what its procedure's matters change."""
    change.matters += 1
    if one.stage != derived.matter["stage"]:
        change.stages[one.stage, derived.matter["stage"]] += 1
    change.closed += one.closed != derived.matter["closed"]
    change.handlers += one.handler_id != handler
    change.parties += parties != derived.parties
    kept = {(row["clock"], row["person"], row["past"], row["start_on"]): row for row in clocks}
    new = {(row["clock"], row["person"], row["past"], row["start_on"]): row for row in derived.clocks}
    for title in {
        str((new.get(key) or kept[key])["title"]) for key in {**kept, **new} if kept.get(key) != new.get(key)
    }:
        change.clocks[title] += 1
