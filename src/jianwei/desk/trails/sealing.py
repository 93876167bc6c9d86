"""Put the root over what was added to each trail into the evidence log. Stopped at any moment, the next round goes on."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable
from itertools import islice

from django.db import OperationalError, connection, transaction
from django.db.models import Max

from jianwei.desk.trails.models import Segment
from jianwei.desk.trails.trail import TRAILS, Trail
from jianwei.seal import merkle
from jianwei.seal.suites import HASH_SIZE, SHA256

EVERY = dt.timedelta(hours=1)
SETTLED = dt.timedelta(minutes=2)
"""A row younger than this may still have an older one behind it whose transaction has not ended."""
MOST = 100_000
"""Rows of a segment; chosen: its hashes are 3.2 MB."""

PATIENCE = "2s"
"""How long PostgreSQL waits for those who write; chosen: who comes after them waits as long."""


def seal(at: dt.datetime, identify: Callable[[], str], enter: Callable[[Segment], None]) -> int:
    """Seal what is due at ``at``. ``identify`` gives a new identifier, ``enter`` writes a segment's root to the log.

    Returns how many segments were entered. A segment cut off between its two writes is entered by the next round, under
    the same identifier.
    """
    for trail in TRAILS.values():
        if _due(trail, at):
            end = _settled(trail)
            while _cut(trail, at, identify, end):
                pass
    waiting = Segment.objects.filter(in_log=False).order_by("trail", "n")
    for segment in waiting:
        enter(segment)
        Segment.objects.filter(pk=segment.pk).update(in_log=True)
    return len(waiting)


def _newest(trail: Trail) -> Segment | None:
    return Segment.objects.filter(trail=trail.key).order_by("-n").first()


def _due(trail: Trail, at: dt.datetime) -> bool:
    newest = _newest(trail)
    return newest is None or newest.rows >= MOST or not at - EVERY < newest.at <= at


def _settled(trail: Trail) -> int:
    """The key up to which no row can appear any more; -1 while somebody takes too long to write.

    SQLite has one writer at a time. On PostgreSQL a key is given out before its row is seen: whoever has one and has not
    ended is waited for.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                    cursor.execute(f"LOCK TABLE {trail.table._meta.db_table} IN SHARE MODE")
            newest: int | None = trail.table._default_manager.aggregate(newest=Max("pk"))["newest"]
    except OperationalError:
        return -1
    return -1 if newest is None else newest


@transaction.atomic
def _cut(trail: Trail, at: dt.datetime, identify: Callable[[], str], end: int) -> bool:
    """Make the next segment of a trail, up to ``end``. Returns whether there may be another at once."""
    newest = _newest(trail)
    first = newest.last + 1 if newest else 0
    taken = list(islice(trail.hashed(first, end, (at - SETTLED, at + SETTLED)), MOST))
    if not taken:
        return False
    hashes = b"".join(each for _, each in taken)
    Segment.objects.create(
        trail=trail.key,
        n=newest.n + 1 if newest else 1,
        first=first,
        last=taken[-1][0],
        rows=len(taken),
        ids=array("q", [key for key, _ in taken]).tobytes(),
        hashes=hashes,
        root=root(hashes).hex(),
        entry_id=identify(),
        at=at,
    )
    return len(taken) == MOST


def root(hashes: bytes) -> bytes:
    """The root of RFC 6962 over leaf hashes, 32 bytes each."""

    def node(height: int, index: int) -> bytes:
        return SHA256.parents(hashes[index << height << 5 : (index + 1) << height << 5], height)

    return merkle.root(SHA256, node, len(hashes) // HASH_SIZE)
