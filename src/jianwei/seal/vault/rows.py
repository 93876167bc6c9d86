"""secrets.db: for every entry its salt, its manifest and, once the log has it, its index.

Whoever has this file can tell what the leaves mean; it is backed up apart from everything else. A write is safe when it
returns (synchronous FULL), what is deleted is overwritten (secure_delete), writers wait in line (BEGIN IMMEDIATE).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jianwei.seal.errors import SealError
from jianwei.seal.vault import room

_BUSY_SECONDS = 30

_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE original (
    address TEXT PRIMARY KEY,
    data_key BLOB NOT NULL,
    size INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    salt BLOB,
    manifest BLOB,
    sameness BLOB UNIQUE,
    case_ref TEXT,
    address TEXT REFERENCES original (address),
    commitment256 BLOB NOT NULL UNIQUE,
    commitment3 BLOB NOT NULL,
    idx INTEGER UNIQUE,
    put_at INTEGER NOT NULL,
    fixed_at INTEGER,
    erased_at INTEGER,
    CHECK ((salt IS NULL) = (erased_at IS NOT NULL)),
    CHECK ((manifest IS NULL) = (erased_at IS NOT NULL)),
    CHECK (erased_at IS NULL OR idx IS NOT NULL)
) STRICT;
CREATE INDEX entry_pending ON entry (seq) WHERE idx IS NULL;
CREATE INDEX entry_case ON entry (case_ref, seq) WHERE case_ref IS NOT NULL;
CREATE INDEX entry_address ON entry (address) WHERE address IS NOT NULL;
CREATE TABLE mention (seq INTEGER NOT NULL REFERENCES entry (seq), idx INTEGER NOT NULL, PRIMARY KEY (idx, seq)) WITHOUT ROWID, STRICT;
PRAGMA user_version = 1;
"""


class VaultUnreadable(SealError):
    """secrets.db is missing, damaged, or of another version."""


class VaultBusy(SealError):
    """Another process writes for long: it rids the disk of what was erased."""

    status = 503

    def __init__(self) -> None:
        super().__init__("保密库正被另一操作占用（可能在清除已依法删除的内容），请稍后重试；没有作任何改动。")


class Rows:
    """A connection for every thread that asks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path) -> Rows:
        rows = cls(path)
        path.touch(mode=0o600, exist_ok=True)
        connection = rows._connect()
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            connection.executescript(f"BEGIN EXCLUSIVE; {_TABLES} COMMIT;")
        connection.close()
        return rows

    def reading(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            if not self.path.exists():
                raise VaultUnreadable(f"没有保密库 {self.path}，须从备份恢复。")
            connection = self._mine.connection = self._connect()
            with self._lock:
                self._all.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        connection.row_factory = sqlite3.Row
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.DatabaseError as problem:
            connection.close()
            if isinstance(problem, sqlite3.OperationalError):
                raise
            raise VaultUnreadable(f"保密库 {self.path} 已损坏：{problem}。") from None
        return connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing. Raise ``VaultBusy`` when it is not one's turn in half a minute."""
        connection = self.reading()
        with room.refusing():
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                    raise VaultBusy from None
                raise
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def setting(self, name: str) -> bytes | None:
        row = self.reading().execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return bytes(row["value"]) if row else None

    def close(self) -> None:
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._mine = threading.local()
