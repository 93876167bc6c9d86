"""The room's part of the background worker: seal what was added, check once a day or when asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from jianwei.desk.evidence import ledger
from jianwei.desk.people.models import Office
from jianwei.desk.trails import checking, queries, sealing
from jianwei.desk.trails.checking import Sealed
from jianwei.desk.trails.models import Check, Segment
from jianwei.seal.disk import Folder
from jianwei.seal.evidence_log import Entry, EvidenceLog
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.store import FileTooShort, Store
from jianwei.seal.vault.manifest import Manifest, Root

CHECK_EVERY = dt.timedelta(days=1)
_PAGE = 500


def seal(day: dt.date, at: dt.datetime) -> int:
    """Seal what is due into the log of the installation's own office; nothing while it has no log."""
    office = own_office()
    if office is None:
        return 0
    return sealing.seal(at, lambda: ledger.new_id(at), lambda segment: _enter(office, segment, at))


def check(day: dt.date, at: dt.datetime) -> int:
    """Make the check that was asked for, or the day's. Returns what differs."""
    offices, asked = _with_logs(), queries.asked_check()
    if not offices:
        return 0
    if asked is None:
        last = queries.last_check()
        if last and at - CHECK_EVERY < last.asked_at <= at:
            return 0
        asked = Check.objects.create(asked_at=at)
    return checking.check(asked, lambda: _sealed_in(offices), timezone.now).found


def own_office() -> Office | None:
    """Whose installation this is: of the offices that have a log, the highest."""
    return next(iter(_with_logs()), None)


def _with_logs() -> list[Office]:
    return [office for office in Office.objects.order_by("level", "path") if ledger.has_log(office)]


def _enter(office: Office, segment: Segment, at: dt.datetime) -> None:
    of = Root(segment.root, segment.rows, str(segment.first), str(segment.last), f"{segment.trail}#{segment.n}")
    said = Manifest(kind=Kind.AUDIT_ROOT, id=segment.entry_id, office=office.name, root=of)
    ledger.put_manifest(office, said, None, at)


def _sealed_in(offices: list[Office]) -> Iterator[Sealed]:
    """In whatever log, also a closed one: an office above may have got its own after the first segments were sealed."""
    for office in offices:
        for place in ledger.folders(office):
            with ledger.at(place) as log:
                yield from _sealed(log)


def _sealed(log: EvidenceLog) -> Iterator[Sealed]:
    """The roots in the log. One that the log's own bytes do not commit to is not in it."""
    disk = Folder(log.folder.log)
    try:
        store, after = Store(disk), 0
        while page := log.entries(after=after, limit=_PAGE, kinds=(Kind.AUDIT_ROOT,)):
            after = page[-1].seq
            for entry in page:
                if entry.manifest and entry.manifest.root and (entry.index is None or _committed(log, store, entry)):
                    root = entry.manifest.root
                    trail, _, n = (root.of or "").partition("#")
                    if n.isdecimal():
                        yield Sealed(trail, int(n), root.rows, root.audit_root, root.begin, root.end)
    finally:
        disk.close()


def _committed(log: EvidenceLog, store: Store, entry: Entry) -> bool:
    """A leaf that a closed log has lost proves nothing; its record went into the log that follows."""
    index = entry.index or 0
    secrets = log.vault.secrets(entry.id)
    try:
        return Leaf.of(entry.kind, secrets.salt, secrets.manifest).encode() == store.leaves(index, index + 1)
    except FileTooShort:
        return False
