"""What a witness remembers: of each log the newest checkpoint it signed. It is on the disk before anybody is told.

SQLite, every commit synced. The file itself refuses to go back: a smaller size or another root of the same size.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from jianwei.seal.safe_file import SafeFile

REFUSED_LIMIT = 1000
"""Refused checkpoints kept of one log. Chosen: anybody who has a true one can send it with a false proof, and so fill the
disk. Two roots of one size are proof by themselves and kept without limit: only the log can make them."""

_TABLES = """
CREATE TABLE IF NOT EXISTS head (
    origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS refused (
    origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, against BLOB NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (origin, size, root)
) STRICT;
CREATE TRIGGER IF NOT EXISTS never_back BEFORE UPDATE ON head
WHEN NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN SELECT RAISE(ABORT, 'a witness never goes back'); END;
CREATE TRIGGER IF NOT EXISTS never_forget BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'a witness never forgets'); END;
"""


@dataclass(frozen=True)
class Head:
    """The newest checkpoint signed of a log."""

    size: int
    root: bytes
    note: bytes
    """With the log's signature and the witness's."""
    at: int
    """When it was signed, in seconds since 1970."""


@dataclass(frozen=True)
class Refused:
    """Two checkpoints of one log, both signed by it: proof against it where no consistency proof can join them."""

    origin: str
    note: bytes
    against: bytes
    at: int


class Memory(SafeFile):
    """One file. Threads may share it, and processes."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _TABLES)

    def head(self, origin: str) -> Head | None:
        with self._lock:
            row = self._file.execute("SELECT size, root, note, at FROM head WHERE origin = ?", (origin,)).fetchone()
        return Head(*row) if row else None

    def origins(self) -> list[str]:
        with self._lock:
            return [origin for (origin,) in self._file.execute("SELECT origin FROM head ORDER BY origin")]

    def advance(self, origin: str, known: Head | None, fresh: Head) -> bool:
        """Compare and swap: ``fresh`` takes the place of ``known``, or False when that is no longer the newest one."""
        with self._lock:
            if known is None:
                changed = self._file.execute(
                    "INSERT OR IGNORE INTO head VALUES (?, ?, ?, ?, ?)",
                    (origin, fresh.size, fresh.root, fresh.note, fresh.at),
                )
            else:
                changed = self._file.execute(
                    "UPDATE head SET size = ?, root = ?, note = ?, at = ? WHERE origin = ? AND size = ? AND root = ?",
                    (fresh.size, fresh.root, fresh.note, fresh.at, origin, known.size, known.root),
                )
            return changed.rowcount == 1

    def accept_clock(self, now: int) -> int:
        """Let signing go on from ``now`` where a clock that was ahead signed later times; of how many logs."""
        with self._lock:
            return self._file.execute("UPDATE head SET at = ? WHERE at > ?", (now, now)).rowcount

    def keep(self, refused: Refused, size: int, root: bytes, *, limited: bool) -> None:
        """Keep what was refused, once; ``limited`` of one log only so many."""
        with self._lock:
            self._file.execute(
                "INSERT OR IGNORE INTO refused SELECT ?, ?, ?, ?, ?, ?"
                " WHERE (SELECT count(*) FROM refused WHERE origin = ?) < ?",
                (
                    *(refused.origin, size, root, refused.note, refused.against, refused.at),
                    *(refused.origin, REFUSED_LIMIT if limited else sys.maxsize),
                ),
            )

    def refused(self) -> list[Refused]:
        """All that is kept, in the order it came."""
        with self._lock:
            rows = self._file.execute("SELECT origin, note, against, at FROM refused ORDER BY rowid").fetchall()
        return [Refused(*row) for row in rows]
