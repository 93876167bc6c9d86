"""The key that signs sessions: made at first start, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

NAME = "desk.key"


def read(home: Path) -> str:
    """The key of ``home``; before set-up, one that lives as long as the process."""
    with contextlib.suppress(FileNotFoundError):
        return (home / NAME).read_text(encoding="ascii")
    return secrets.token_urlsafe(64)


def create(home: Path) -> str:
    """The key of ``home``, made now if there is none. Two processes that start together agree on one."""
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f".{NAME}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    with contextlib.suppress(FileExistsError):
        os.link(draft, home / NAME)
    draft.unlink()
    return read(home)
