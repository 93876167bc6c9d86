"""Put the root over what was added to each trail into the evidence log. Stopped at any moment, the next round goes on."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable
from itertools import islice

from django.db import transaction

from jianwei.desk.trails.models import Segment
from jianwei.desk.trails.trail import TRAILS, Trail
from jianwei.seal import merkle
from jianwei.seal.suites import HASH_SIZE, SHA256

EVERY = dt.timedelta(hours=1)
SETTLED = dt.timedelta(minutes=2)
"""A row younger than this may still have an older one behind it whose transaction has not ended."""
MOST = 100_000
"""Rows of a segment; chosen: its hashes are 3.2 MB."""

END = (1 << 63) - 1


def seal(at: dt.datetime, identify: Callable[[], str], enter: Callable[[Segment], None]) -> int:
    """Seal what is due at ``at``. ``identify`` gives a new identifier, ``enter`` writes a segment's root to the log.

    Returns how many segments were entered. A segment cut off between its two writes is entered by the next round, under
    the same identifier.
    """
    for trail in TRAILS.values():
        while _cut(trail, at, identify):
            pass
    waiting = Segment.objects.filter(in_log=False).order_by("trail", "n")
    for segment in waiting:
        enter(segment)
        Segment.objects.filter(pk=segment.pk).update(in_log=True)
    return len(waiting)


@transaction.atomic
def _cut(trail: Trail, at: dt.datetime, identify: Callable[[], str]) -> bool:
    """Make the next segment of a trail, if it is time. Returns whether there may be another at once."""
    newest = Segment.objects.filter(trail=trail.key).order_by("-n").first()
    if newest and newest.rows < MOST and at - EVERY < newest.at <= at:
        return False
    first = newest.last + 1 if newest else 0
    taken = list(islice(trail.hashed(first, END, (at - SETTLED, at + SETTLED)), MOST))
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
