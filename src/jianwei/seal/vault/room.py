"""Room on the disk: files are refused while there is still enough of it for the log."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jianwei.seal.errors import SealError

RESERVE_BYTES = 256 << 20
"""Left free for the log itself: entries for years, at 140 bytes each with their hashes, and secrets.db."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}


class NoRoom(SealError):
    """The disk is too full to take this; nothing of it was kept."""

    status = 507
    """As HTTP has it: insufficient storage."""

    def __init__(self, needed: int | None = None) -> None:
        size = f"（需要约 {needed:,} 字节）" if needed else ""
        super().__init__(f"磁盘剩余空间不足，材料未保存{size}；请清理或者扩容后重试。已固定的记录不受影响。")


def check(folder: Path, needed: int, reserve: int) -> None:
    """Raise ``NoRoom`` unless ``needed`` bytes fit and ``reserve`` are left."""
    if shutil.disk_usage(folder).free < needed + reserve:
        raise NoRoom(needed)


@contextmanager
def refusing() -> Iterator[None]:
    """A full disk met while writing, in words."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _FULL:
            raise NoRoom from problem
        raise
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode in _SQLITE_FULL:
            raise NoRoom from problem
        raise
