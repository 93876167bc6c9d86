"""One SQLite file that several threads and processes write, safe when a write returns."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from jianwei.seal.errors import SealError


class FileDamaged(SealError):
    """It cannot be read any more."""


class SafeFile:
    """Subclasses hold ``_lock`` while they use ``_file``; ``tables`` may be there already."""

    def __init__(self, path: Path, tables: str) -> None:
        """Raise ``FileDamaged``."""
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = FULL")
            self._file.executescript(tables)
        except sqlite3.DatabaseError as problem:
            self._file.close()
            if isinstance(problem, sqlite3.OperationalError):
                raise
            raise FileDamaged(f"文件 {path} 已损坏：{problem}。须从备份恢复。") from None

    def close(self) -> None:
        with self._lock:
            self._file.close()
