"""Lawful deletion: what opens a commitment is destroyed, and that it was is itself put into the log.

The leaf stays. Without its salt of 256 bits it fits no text more than any other. Where another record rightly holds the
same file, the file stays for that record; who orders the deletion is told which one.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.keeping import Entry, Erased, Vault
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy

_DUE = "scrub_due"
_KEPT = (Kind.DELETION, Kind.KEY_EVENT, Kind.AUDIT_ROOT)
_DRAFT_SECONDS = 24 * 3600
"""How old a passing file is when it can only be a killed process's; chosen: no transfer lasts so long."""


class NotErasable(SealError):
    """Such records say nothing of a person, and the log's own story rests on them."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"“{kind.title}”记录不含案件内容，不得删除。")


@dataclass(frozen=True)
class Erasure:
    record: Entry
    """The certificate of deletion."""
    same_file: tuple[str, ...]
    """Ids of records that hold the same file, which therefore stays."""
    mentioned_by: tuple[str, ...]
    """Ids of records that speak of the erased one, and may tell of its content."""
    scrubbed: bool
    """Whether the disk is rid of it already; if not, another process was reading, and the service does it soon."""


def erase(vault: Vault, entry: Entry, certificate: Manifest, *, now: int, entropy: Entropy) -> Erasure:
    """Destroy the salt, manifest and, where no other record has it, the file with its key; record it, in one step.

    ``entry`` must be in the log. Raise ``Erased`` or ``NotErasable``.
    """
    if entry.kind in _KEPT:
        raise NotErasable(entry.kind)
    with vault.rows.writing() as db:
        row = db.execute("SELECT address, erased_at FROM entry WHERE seq = ?", (entry.seq,)).fetchone()
        if row["erased_at"] is not None:
            raise Erased(entry.id)
        db.execute(
            "UPDATE entry SET salt = NULL, manifest = NULL, sameness = NULL, case_ref = NULL, address = NULL,"
            " erased_at = ? WHERE seq = ?",
            (now, entry.seq),
        )
        same = _ids(db, "SELECT id FROM entry WHERE address = ?", row["address"])
        mentioned = _ids(
            db, "SELECT id FROM entry JOIN mention USING (seq) WHERE mention.idx = ? AND salt IS NOT NULL", entry.index
        )
        db.execute("DELETE FROM mention WHERE seq = ?", (entry.seq,))
        if row["address"] and not same:
            db.execute("DELETE FROM original WHERE address = ?", (row["address"],))
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_DUE, b"1"))
        vault.insert(db, certificate, None, now=now, entropy=entropy)
    return Erasure(vault.entry(certificate.id), same, mentioned, scrub_if_due(vault, now))


def withdraw(vault: Vault, entry: Entry) -> None:
    """Forget a record that this log never took, now that another log holds it; the disk is rid of it by ``scrub_if_due``."""
    with vault.rows.writing() as db:
        row = db.execute("SELECT address FROM entry WHERE seq = ? AND idx IS NULL", (entry.seq,)).fetchone()
        if row is None:
            return
        db.execute("DELETE FROM mention WHERE seq = ?", (entry.seq,))
        db.execute("DELETE FROM entry WHERE seq = ?", (entry.seq,))
        if row["address"] and not _ids(db, "SELECT id FROM entry WHERE address = ?", row["address"]):
            db.execute("DELETE FROM original WHERE address = ?", (row["address"],))
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_DUE, b"1"))


def _ids(db: sqlite3.Connection, query: str, value: object) -> tuple[str, ...]:
    return tuple(row["id"] for row in db.execute(query, (value,)))


def scrub_if_due(vault: Vault, now: int) -> bool:
    """Rid the disk of what was erased: files without a key, and every page that once had a secret.

    False when another process still reads an older state; it is due then, and tried again.
    """
    if vault.rows.setting(_DUE) is None:
        return True
    sweep(vault, now)
    db = vault.rows.reading()
    try:
        db.execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        return False
    with vault.rows.writing() as db:
        db.execute("DELETE FROM setting WHERE name = ?", (_DUE,))
    return True


def sweep(vault: Vault, now: int) -> None:
    """Remove files that belong to no record: of what was erased, and of uploads that were killed."""
    known = {row["address"] for row in vault.rows.reading().execute("SELECT address FROM original")}
    strays = [address for address in vault.originals.addresses() if address not in known]
    if strays:
        with vault.rows.writing() as db:  # in line with whoever keeps a file just now
            for address in strays:
                if not db.execute("SELECT 1 FROM original WHERE address = ?", (address,)).fetchone():
                    vault.originals.remove(address)
    for draft in vault.originals.drafts():
        with suppress(FileNotFoundError):
            if draft.stat().st_mtime < now - _DRAFT_SECONDS:
                draft.unlink()
