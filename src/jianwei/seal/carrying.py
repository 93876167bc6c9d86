"""What a closed log can prove to nobody goes into the log that follows: under its id, with its file, as it was said.

That is what waited when the log was closed, and what none of its publications covers. A certificate of deletion written
later, for what lies in the closed log, goes the same way. Repeated as often as one likes, each record goes once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from jianwei.seal.evidence_log import Entry, EvidenceLog, UnknownEntry
from jianwei.seal.leaf import Kind
from jianwei.seal.succession import preceding
from jianwei.seal.vault.erasing import scrub_if_due, withdraw
from jianwei.seal.vault.keeping import OriginalDiffers
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.originals import OriginalUnreadable
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.witnessing.cosigs import FILE, Cosigs


def carry_on(folder: Path, *, now: int, entropy: Entropy) -> int:
    """Into the log in ``folder``, from the one that it follows, if it follows one; how many records went."""
    before = preceding(folder)
    if before is None:
        return 0
    with EvidenceLog.open(before) as old, EvidenceLog.open(folder) as new:
        return carry(old, new, now=now, entropy=entropy)


def carry(old: EvidenceLog, new: EvidenceLog, *, now: int, entropy: Entropy) -> int:
    """How many records went. One whose file cannot be read stays behind, for an examination to name."""
    count = 0
    for entry, said in list(_unproved(old)):
        if not _has(new, entry.id):
            with suppress(OriginalUnreadable, OriginalDiffers), old.original(entry.id) or nullcontext() as original:
                new.put(entry.kind, _from_outside(said, old), original, now=now, entropy=entropy)
                count += 1
        if entry.index is None and entry.kind is not Kind.DELETION and _has(new, entry.id):
            withdraw(old.vault, entry)
    scrub_if_due(old.vault, now)
    return count


def _unproved(old: EvidenceLog) -> Iterator[tuple[Entry, Manifest]]:
    """What is said of the old log's own keys and policies ends with it."""
    cosigs = Cosigs(old.folder.path / FILE)
    newest = cosigs.newest(old.folder.suites[0])
    cosigs.close()
    query = "SELECT id FROM entry WHERE salt IS NOT NULL AND kind <> ? AND (idx IS NULL OR idx >= ?) ORDER BY seq"
    covered = newest.size if newest else 0
    for row in old.vault.rows.reading().execute(query, (Kind.KEY_EVENT, covered)).fetchall():
        entry = old.entry(row["id"])
        if entry.manifest:
            yield entry, entry.manifest


def _has(log: EvidenceLog, identifier: str) -> bool:
    try:
        return bool(log.entry(identifier))
    except UnknownEntry:
        return False


def _from_outside(said: Manifest, old: EvidenceLog) -> Manifest:
    """What it names lies in the log it comes from."""
    origin = old.folder.settings.origin
    return replace(said, prev=tuple(replace(each, origin=each.origin or origin) for each in said.prev))
