"""Compute every sealed row again and compare: with its segment, and its segment with the evidence log."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from jianwei.desk.trails.models import Check, Finding, Segment
from jianwei.desk.trails.sealing import root
from jianwei.desk.trails.trail import TRAILS, Trail
from jianwei.seal.suites import HASH_SIZE

What = Finding.What
MOST_KEY = (1 << 63) - 1
MOST_FOUND = 10_000
"""Findings of one check that are kept; whoever changed more has changed everything."""


@dataclass(frozen=True)
class Sealed:
    """What the log holds of one segment."""

    trail: str
    n: int
    rows: int
    root: str
    first: str
    last: str


@dataclass(frozen=True, order=True)
class Differs:
    trail: str
    n: int
    what: str
    row: int | None = None


def check(asked: Check, sealed: Callable[[], Iterable[Sealed]], now: Callable[[], dt.datetime]) -> Check:
    """Check everything that is sealed and keep what differs. ``sealed`` reads the log, every entry proved to be in it."""
    in_log: dict[tuple[str, int], set[Sealed]] = {}
    for one in sealed():
        in_log.setdefault((one.trail, one.n), set()).add(one)
    found: set[Differs] = set()
    rows = 0
    for trail in TRAILS.values():
        for segment in Segment.objects.filter(trail=trail.key).order_by("n").iterator(chunk_size=8):
            rows += segment.rows
            found.update(_segment(segment, in_log.pop((trail.key, segment.n), set())))
            found.update(_rows(trail, segment))
            if len(found) > MOST_FOUND:
                break
        found.update(_below(trail))
    found.update(Differs(trail, n, What.LOST) for trail, n in in_log)
    return _keep(asked, found, rows, now())


def _segment(segment: Segment, told: set[Sealed]) -> Iterator[Differs]:
    """``told``: what the log holds under its number; of one that was cut again, more than one thing."""
    whole = len(segment.hashes) == segment.rows * HASH_SIZE and len(segment.ids) == segment.rows * 8
    if not whole or root(bytes(segment.hashes)).hex() != segment.root:
        yield Differs(segment.trail, segment.n, What.SEGMENT)
    is_now = Sealed(segment.trail, segment.n, segment.rows, segment.root, str(segment.first), str(segment.last))
    if told != {is_now} and (told or segment.in_log):
        yield Differs(segment.trail, segment.n, What.LOG)


def _rows(trail: Trail, segment: Segment) -> Iterator[Differs]:
    """The rows that are not what was sealed. Both sides are in the order of their keys, so one walk of each is enough."""
    hashes, ids = bytes(segment.hashes), array("q", bytes(segment.ids)[: len(segment.ids) // 8 * 8])
    was = {key: hashes[place * HASH_SIZE : (place + 1) * HASH_SIZE] for place, key in enumerate(ids)}
    for key, now in trail.hashed(segment.first, segment.last):
        before = was.pop(key, None)
        if before is None:
            yield Differs(trail.key, segment.n, What.ADDED, key)
        elif before != now:
            yield Differs(trail.key, segment.n, What.CHANGED, key)
    for key in was:
        yield Differs(trail.key, segment.n, What.MISSING, key)


def _below(trail: Trail) -> Iterator[Differs]:
    """Rows where no row of its own accord comes to lie: before the first."""
    for key, _ in trail.hashed(-MOST_KEY, 0):
        yield Differs(trail.key, 1, What.ADDED, key)


@transaction.atomic
def _keep(asked: Check, found: set[Differs], rows: int, at: dt.datetime) -> Check:
    """What is new is added, what is as it was sealed again is marked so; nothing is deleted.

    Where more differs than is kept, nothing is said to be as it was: not all was looked at.
    """
    open_ones = {
        Differs(one.trail, one.n, one.what, one.row): one.pk for one in Finding.objects.filter(gone_at__isnull=True)
    }
    if len(found) <= MOST_FOUND:
        Finding.objects.filter(pk__in=[pk for one, pk in open_ones.items() if one not in found]).update(gone_at=at)
    new = [one for one in sorted(found)[:MOST_FOUND] if one not in open_ones]
    Finding.objects.bulk_create([_finding(one, at) for one in new], batch_size=500)
    asked.ended_at, asked.rows, asked.found = at, rows, len(found)
    asked.save()
    return asked


def _finding(one: Differs, at: dt.datetime) -> Finding:
    """The finding with the office and the matter of its row, where the row still tells."""
    finding = Finding(trail=one.trail, n=one.n, what=one.what, row=one.row, found_at=at)
    trail = TRAILS.get(one.trail)
    if trail and one.row is not None:
        paths = [trail.office, *([trail.matter] if trail.matter else [])]
        if of := trail.table._default_manager.filter(pk=one.row).values_list(*paths).first():
            finding.office_id = of[0]
            finding.matter_id = of[1] if trail.matter else None
    return finding
