"""Tokens and anchors kept: what others than the witnesses say of when a checkpoint was there. In cosigs.db."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jianwei.seal.safe_file import SafeFile

_TABLES = """
CREATE TABLE IF NOT EXISTS token (
    size INTEGER PRIMARY KEY, content BLOB NOT NULL, at INTEGER NOT NULL, authority TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS anchor (
    size INTEGER PRIMARY KEY, record BLOB NOT NULL, at INTEGER NOT NULL, chain TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True)
class TimeProof:
    """Over the publication of this size of the SHA-256 tree."""

    size: int
    content: bytes
    """An RFC 3161 token, or the JSON that leads to a transaction."""
    at: int
    """What it says, in seconds since 1970."""
    by: str
    """The authority, or the chain."""


class TimeProofs(SafeFile):
    """Threads may share it, processes too. Every write is safe when it returns."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _TABLES)

    def keep_token(self, proof: TimeProof) -> None:
        self._keep("token", proof)

    def keep_anchor(self, proof: TimeProof) -> None:
        self._keep("anchor", proof)

    def token(self, index: int) -> TimeProof | None:
        """The first one over a checkpoint that has the entry at ``index``."""
        return self._one("SELECT * FROM token WHERE size > ? ORDER BY size LIMIT 1", index)

    def anchor(self, index: int) -> TimeProof | None:
        return self._one("SELECT * FROM anchor WHERE size > ? ORDER BY size LIMIT 1", index)

    def last_token(self) -> TimeProof | None:
        return self._one("SELECT * FROM token ORDER BY size DESC LIMIT 1")

    def last_anchor(self) -> TimeProof | None:
        return self._one("SELECT * FROM anchor ORDER BY size DESC LIMIT 1")

    def _keep(self, table: str, proof: TimeProof) -> None:
        row = (proof.size, proof.content, proof.at, proof.by)
        with self._lock:
            self._file.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)", row)

    def _one(self, query: str, *values: int) -> TimeProof | None:
        with self._lock:
            row = self._file.execute(query, values).fetchone()
        return TimeProof(*row) if row else None
