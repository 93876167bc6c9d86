"""Keeping the index as the matters, clues and documents are. Stopped at any moment, the next round goes on.

What is stale is found by comparing, not remembered: an entry knows the version and moment of what it was made from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from jianwei.desk.clues import queries as clues
from jianwei.desk.documents import queries as documents
from jianwei.desk.matters import queries as matters
from jianwei.desk.search import reading, words
from jianwei.desk.search.models import Entry, Kind, Told

BATCH = 500
"""Things read and written in one transaction."""
RECENT = dt.timedelta(minutes=15)
"""How far back the page itself looks for what the worker has not reached; chosen: three rounds of the worker."""
AT_ONCE = 200
"""So many are indexed before a search, at most; the worker does the rest."""


def refresh(day: dt.date, at: dt.datetime) -> int:
    """Index everything that is new or changed. Returns how many entries were written."""
    if not words.whole(_newest()):
        forget()
    made = 0
    for kind in Kind:
        while written := _batch(kind, BATCH):
            made += written
    return made


def catch_up(at: dt.datetime) -> int:
    """Index what changed in the last minutes, so that what was written just now is found."""
    if not words.whole(_newest()):
        words.make()
        return 0
    return sum(_batch(kind, AT_ONCE, since=at - RECENT) for kind in Kind)


def rebuild(told: Callable[[int], None] = lambda made: None) -> int:
    """Throw the index away and build it anew."""
    forget()
    made = 0
    for kind in Kind:
        while written := _batch(kind, BATCH):
            made += written
            told(made)
    return made


@transaction.atomic
def forget() -> None:
    words.alone()
    Told.objects.all().delete()
    Entry.objects.all().delete()
    words.clear()


def _newest() -> int | None:
    newest: int | None = Entry.objects.aggregate(newest=Max("pk"))["newest"]
    return newest


def _batch(kind: Kind, most: int, since: dt.datetime | None = None) -> int:
    """Index the next stale things of one kind, in a transaction of their own."""
    found = _stale(kind)
    if since:
        found = found.filter(updated_at__gte=since)
    if not found.order_by().exists():
        return 0
    with transaction.atomic():
        words.alone()
        lines = _READ[kind](found.order_by("pk")[:most])
        _write(kind, lines)
    return len(lines)


_VERSION: Mapping[Kind, str] = {Kind.MATTER: "seq", Kind.CLUE: "version", Kind.DOCUMENT: "revision"}


def _stale(kind: Kind) -> QuerySet[Any]:
    everything = {Kind.MATTER: matters.unscoped, Kind.CLUE: clues.unscoped, Kind.DOCUMENT: documents.unscoped}[kind]()
    fresh = Entry.objects.filter(
        **{str(kind): OuterRef("pk")}, source_at=OuterRef("updated_at"), source_version=OuterRef(_VERSION[kind])
    )
    return everything.filter(~Exists(fresh))


def _matter_lines(found: QuerySet[Any]) -> list[reading.Line]:
    return [reading.of_matter(one) for one in found.prefetch_related("acts", "parties")]


def _clue_lines(found: QuerySet[Any]) -> list[reading.Line]:
    return [reading.of_clue(one) for one in found.select_related("body", "last_run")]


def _document_lines(found: QuerySet[Any]) -> list[reading.Line]:
    some = list(found)
    blocks = documents.latest_blocks(one.pk for one in some)
    return [reading.of_document(one, blocks.get(one.pk, [])) for one in some]


_READ: Mapping[Kind, Callable[[QuerySet[Any]], list[reading.Line]]] = {
    Kind.MATTER: _matter_lines,
    Kind.CLUE: _clue_lines,
    Kind.DOCUMENT: _document_lines,
}


def _write(kind: Kind, lines: Iterable[reading.Line]) -> None:
    """Put these lines in the place of those that stand for the same things."""
    lines, key = list(lines), f"{kind}_id"
    old = Entry.objects.filter(**{f"{kind}__in": [getattr(line.entry, key) for line in lines]})
    words.remove((one.pk, one.head, one.body) for one in old)
    Told.objects.filter(entry__in=[one.pk for one in old]).delete()
    old.delete()
    made = Entry.objects.bulk_create([line.entry for line in lines])
    words.add((one.pk, one.head, one.body) for one in made)
    for line in lines:
        for told in line.told:
            told.entry = line.entry
    Told.objects.bulk_create((told for line in lines for told in line.told), batch_size=2000)
