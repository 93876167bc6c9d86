"""One SQLite file that several threads and processes write, safe when a write returns."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path


class SafeFile:
    """Subclasses hold ``_lock`` while they use ``_file``; ``tables`` may be there already."""

    def __init__(self, path: Path, tables: str) -> None:
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = FULL")
        self._file.executescript(tables)

    def close(self) -> None:
        with self._lock:
            self._file.close()
