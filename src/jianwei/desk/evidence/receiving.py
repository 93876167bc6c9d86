"""A file that comes in pieces: kept under its upload's number, hashed while it streams, resumed after any interruption.

The file on the disk says how much is there; only whole chunks count. A chunk that is sent again is compared, not
written: so a client that lost its answer repeats, and one that goes on with another file is told.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from jianwei.desk.evidence.errors import Conflict, DiskFull
from jianwei.seal.vault.hashing import PIECE, Digests, TwoHashes

CHUNK = 8 << 20
"""Bytes of one chunk (chosen: a second on a slow office line, a thousand requests for 8 GB)."""
RESERVE = 256 << 20
"""Left free for the log, which must go on writing when uploads no longer may."""
_MOST_RUNNING = 64

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Source(Protocol):
    """Anything that bytes are read from, such as a request."""

    def read(self, size: int = ..., /) -> bytes: ...


class Receiving:
    """One upload of ``size`` bytes in ``folder``."""

    def __init__(self, folder: Path, upload_id: str, size: int) -> None:
        self.path = folder / f"{upload_id}.part"
        self.size = size

    def begin(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self.path.parent).free < self.size + RESERVE:
            raise DiskFull
        os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))

    def received(self) -> int:
        """Bytes that are there in whole chunks."""
        try:
            there = self.path.stat().st_size
        except FileNotFoundError:
            return 0
        return there if there == self.size else min(there, self.size) // CHUNK * CHUNK

    @property
    def complete(self) -> bool:
        return self.received() == self.size

    def take(self, offset: int, length: int, source: Source) -> int:
        """Take one chunk; returns how much is there then. Raise ``Conflict`` and ``DiskFull``."""
        if offset % CHUNK or length != min(CHUNK, self.size - offset) or length <= 0:
            raise Conflict(f"分块应从 {CHUNK} 的整数倍开始，长 {CHUNK} 字节，最后一块到文件末尾为止。")
        with self.alone() as file:
            there = self.received()
            if offset > there:
                raise Conflict(f"前面的内容还没有收到，请从第 {there} 字节继续。")
            file.seek(offset)
            if offset < there:
                compare(file, source, length)
                return there
            file.truncate(offset)
            self.write(file, source, offset, length)
        return self.received()

    def write(self, file: BinaryIO, source: Source, offset: int, length: int) -> None:
        """Write ``length`` bytes at ``offset``, where ``file`` stands, safe when this returns; all of them or none."""
        hashes = running.at(self.path, offset)
        try:
            if shutil.disk_usage(self.path.parent).free < length + RESERVE:
                raise DiskFull
            for piece in pieces(source, length):
                file.write(piece)
                if hashes:
                    hashes.update(piece)
            file.flush()
            os.fsync(file.fileno())
        except OSError as problem:
            running.forget(self.path)
            file.truncate(offset)
            if problem.errno in _FULL:
                raise DiskFull from problem
            raise
        except BaseException:
            running.forget(self.path)
            raise
        running.keep(self.path, offset + length, hashes)

    def digests(self) -> Digests:
        """Of the whole file: from what was hashed as it came, or read again after an interruption."""
        with self.alone() as file:
            return self.digests_of(file)

    def digests_of(self, file: BinaryIO) -> Digests:
        """The same, for who has the file to himself already."""
        hashes = running.at(self.path, self.size) or hashed(file)
        running.forget(self.path)
        return hashes.finish()

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def discard(self) -> None:
        running.forget(self.path)
        self.path.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[BinaryIO]:
        """One request at a time writes an upload, in whatever process."""
        with self.path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


class _Running:
    """Hashes of uploads under way in this process: how far, and the state there. Lost with the process, never wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[Path, tuple[int, TwoHashes]] = OrderedDict()

    def at(self, path: Path, offset: int) -> TwoHashes | None:
        """The state after exactly ``offset`` bytes; a new one at 0."""
        if offset == 0:
            return TwoHashes()
        with self._lock:
            found = self._held.get(path)
        return found[1] if found and found[0] == offset else None

    def keep(self, path: Path, offset: int, hashes: TwoHashes | None) -> None:
        if hashes is None:
            return
        with self._lock:
            self._held[path] = (offset, hashes)
            self._held.move_to_end(path)
            if len(self._held) > _MOST_RUNNING:
                self._held.popitem(last=False)

    def forget(self, path: Path) -> None:
        with self._lock:
            self._held.pop(path, None)


running = _Running()


def pieces(source: Source, length: int) -> Iterator[bytes]:
    """Exactly ``length`` bytes. Raise ``Conflict`` when the source ends before, or goes on."""
    left = length
    while left:
        piece = source.read(min(PIECE, left))
        if not piece:
            raise Conflict("分块没有传完，请重新发送这一块。")
        left -= len(piece)
        yield piece
    if source.read(1):
        raise Conflict("分块比声明的长。")


def compare(file: BinaryIO, source: Source, length: int) -> None:
    for piece in pieces(source, length):
        if file.read(len(piece)) != piece:
            raise Conflict("这不是先前上传的那个文件：内容与已收到的部分不同。请选择原来的文件，或放弃后重新上传。")


def hashed(file: BinaryIO) -> TwoHashes:
    hashes = TwoHashes()
    file.seek(0)
    while piece := file.read(PIECE):
        hashes.update(piece)
    return hashes
