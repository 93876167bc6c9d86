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
"""Since when, in seconds since 1970; then that the file is rewritten, and its write-ahead log still to be emptied."""
_REWRITTEN, _MORE = b"rewritten", b"+"
LAST_ERASED = "last_erased"
"""When the newest deletion was, in seconds since 1970: a backup that is older must go."""
LARGE_BYTES = 128 << 20
"""From here on a vault is rewritten in a quiet moment; below, it holds others up for about a second (measured)."""
QUIET_SECONDS = 600
"""Chosen: when nobody has put anything in for so long, nobody is likely to in the next half minute."""
LONGEST_SECONDS = 24 * 3600
"""Chosen: then it is done, quiet or not."""
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
    """Whether the file was rewritten, too, so that no page keeps an older copy; if not, the service does it: as soon as
    nobody reads an older state, and for a large vault when it is quiet."""


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
        _mark_due(db, now)
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (LAST_ERASED, str(now).encode()))
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
        _mark_due(db, 0)


def _mark_due(db: sqlite3.Connection, now: int) -> None:
    """The earliest that is not yet done stands; a sign more for each that follows, for whoever rewrites just now."""
    due = db.execute("SELECT value FROM setting WHERE name = ?", (_DUE,)).fetchone()
    value = str(now).encode() if due is None or due["value"] == _REWRITTEN else due["value"] + _MORE
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_DUE, value))


def _ids(db: sqlite3.Connection, query: str, value: object) -> tuple[str, ...]:
    return tuple(row["id"] for row in db.execute(query, (value,)))


def scrub_if_due(vault: Vault, now: int) -> bool:
    """Rid the disk of what was erased: files without a key, and every page that once had a secret.

    The row itself was overwritten when it was erased. A page that was split may keep an older copy (of 30,000 salts four had
    one), so the whole file is rewritten, and nobody can put anything in meanwhile. False while that is still to come, or
    another process reads an older state.
    """
    due = vault.rows.setting(_DUE)
    if due is None:
        return True
    sweep(vault, now)
    db = vault.rows.reading()
    if due != _REWRITTEN:
        if _may_wait(db, now, since=int(due.rstrip(_MORE))):
            _empty_journal(db)
            return False
        try:
            db.execute("VACUUM")
        except sqlite3.OperationalError:
            return False
        with vault.rows.writing() as db:
            db.execute("UPDATE setting SET value = ? WHERE name = ? AND value = ?", (_REWRITTEN, _DUE, due))
    if not _empty_journal(db):
        return False
    with vault.rows.writing() as db:
        db.execute("DELETE FROM setting WHERE name = ? AND value = ?", (_DUE, _REWRITTEN))
    return vault.rows.setting(_DUE) is None


def _may_wait(db: sqlite3.Connection, now: int, since: int) -> bool:
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    last = db.execute("SELECT put_at FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    busy = last is not None and abs(now - last["put_at"]) < QUIET_SECONDS
    return pages * size >= LARGE_BYTES and busy and abs(now - since) < LONGEST_SECONDS


def _empty_journal(db: sqlite3.Connection) -> bool:
    """False while another process reads an older state, or empties it just now."""
    return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


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
