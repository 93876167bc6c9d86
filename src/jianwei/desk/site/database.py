"""Where the desk keeps its rows: an embedded SQLite file, or a PostgreSQL server named by a URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jianwei.desk.errors import DeskError

# Rollback journal, not WAL: SQLite before 3.51.3 can lose committed rows when two connections checkpoint a WAL file
# at the wrong moment. secure_delete: what is deleted must not stay in free pages.
PRAGMAS = "PRAGMA journal_mode=DELETE;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY"


class BadDatabaseUrl(DeskError):
    """``JIANWEI_DATABASE_URL`` is not a PostgreSQL address."""

    def __init__(self, scheme: str) -> None:
        super().__init__(f"JIANWEI_DATABASE_URL 只接受 postgresql:// 地址，收到的是“{scheme}://”。")
        self.scheme = scheme


def settings_for(home: Path, url: str | None) -> dict[str, Any]:
    """Django's ``DATABASES["default"]``. Without ``url`` the file ``desk.sqlite3`` in ``home``."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "desk.sqlite3"),
            # A deferred BEGIN that turns into a write fails under contention; BEGIN IMMEDIATE waits.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadDatabaseUrl(parts.scheme)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
    }
