"""The folder of one log, by the few operations the log's safety rests on.

Everything the log does to a disk passes here, so that a test can put a disk in its place that loses power.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Protocol

from jianwei.seal.errors import SealError

BESIDE = "checkpoint.tmp"
"""Where a new checkpoint is written before it takes its name."""


class LogBusy(SealError):
    """Another process writes to the log."""


class Disk(Protocol):
    """Files by their path in the folder. A file nobody wrote is an empty one."""

    def size(self, name: str) -> int: ...

    def read(self, name: str, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes; fewer only at the end of the file."""

    def write(self, name: str, offset: int, content: bytes) -> None:
        """Seen by readers at once, safe only after ``sync``."""

    def cut(self, name: str, size: int) -> None: ...

    def sync(self, name: str) -> None:
        """Make the content and length of a file safe."""

    def replace(self, name: str, target: str) -> None:
        """Give ``name`` the name ``target``, safe only after ``sync_names``."""

    def sync_names(self) -> None:
        """Make safe which names there are and what files they stand for."""

    def names(self) -> set[str]:
        """All files there are."""


class Folder:
    """A real folder. Files written to stay open: an error on closing them would be lost."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, int] = {}
        self._folders: dict[Path, int] = {}
        self._lock: int | None = None

    def lock(self) -> None:
        """Become the only writer until closed; raise ``LogBusy`` when there is another."""
        self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LogBusy(f"存证日志 {self.path.name} 正由另一个进程写入。") from None

    def close(self) -> None:
        for handle in (*self._files.values(), *self._folders.values(), *([self._lock] if self._lock else [])):
            os.close(handle)
        self._files, self._folders, self._lock = {}, {}, None

    def size(self, name: str) -> int:
        path = self.path / name
        return path.stat().st_size if path.exists() else 0

    def read(self, name: str, offset: int, length: int) -> bytes:
        """By the name, not by a file opened earlier, which another's rename may have left without one."""
        if not (self.path / name).exists():
            return b""
        with (self.path / name).open("rb", buffering=0) as file:
            parts = []
            while length and (part := os.pread(file.fileno(), length, offset)):
                parts.append(part)
                offset, length = offset + len(part), length - len(part)
            return b"".join(parts)

    def write(self, name: str, offset: int, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            written = os.pwrite(self._opened(name), rest, offset)
            rest, offset = rest[written:], offset + written

    def cut(self, name: str, size: int) -> None:
        os.ftruncate(self._opened(name), size)

    def sync(self, name: str) -> None:
        os.fdatasync(self._opened(name))

    def replace(self, name: str, target: str) -> None:
        (self.path / name).replace(self.path / target)
        for gone in (name, target):
            if (handle := self._files.pop(gone, None)) is not None:
                os.close(handle)

    def sync_names(self) -> None:
        for folder in {self.path, *((self.path / name).parent for name in self._files)}:
            if folder not in self._folders:
                self._folders[folder] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            os.fsync(self._folders[folder])

    def names(self) -> set[str]:
        files = (path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if path.is_file())
        return {name for name in files if name != "lock"}

    def _opened(self, name: str) -> int:
        handle = self._files.get(name)
        if handle is None:
            path = self.path / name
            path.parent.mkdir(exist_ok=True)
            handle = self._files[name] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return handle


def put(disk: Disk, name: str, content: bytes) -> None:
    """Give a file a new content: the old or the new one is there whatever happens, the new one after this returns."""
    disk.cut(BESIDE, 0)
    disk.write(BESIDE, 0, content)
    disk.sync(BESIDE)
    disk.replace(BESIDE, name)
    disk.sync_names()
