"""A package is a ZIP in the one form that ``seal.bundle.pack`` writes; here it is read again, strictly.

Names and sizes are taken from the directory, every byte that is not content is built again and compared: nothing can be
compressed, hidden between members, overlap, or be read in another way by another reader. No name becomes a path.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from jianwei.seal.vault.hashing import PIECE

MOST_MEMBERS = 2_002
"""Two of the package itself and 2,000 items (chosen: a case of many volumes, and a directory that is read at once)."""
MOST_DIRECTORY = 1 << 20
_NOT_THE_FORM = "包的结构不是规定的唯一形式：可能被压缩、夹带、截断或者重新打包过。"
_END, _END64, _ENTRY = 22, 98, 46
_FULL = 0xFFFFFFFF
"""A number of four bytes that says: see the one of eight."""


class Broken(Exception):
    """No package, or not whole; the sentence says where."""


@dataclass(frozen=True)
class Held:
    """Where a member's content is, in bytes from the beginning of the file."""

    offset: int
    size: int
    crc: int


def members(file: BinaryIO) -> dict[str, Held]:
    """The members in their order. Raise ``Broken``."""
    total = file.seek(0, io.SEEK_END)
    directory, start, count = _directory(file, total)
    found: dict[str, Held] = {}
    offset, again = 0, b""
    for name, crc, size in _entries(directory, count):
        if offset + size >= total:
            raise Broken("文件不完整：目录所记的内容比文件还长。")
        header, entry = _headers(name.encode(), crc, size, offset)
        if _at(file, offset, len(header)) != header:
            raise Broken(_NOT_THE_FORM)
        found[name] = Held(offset + len(header), size, crc)
        offset, again = offset + len(header) + size, again + entry
    tail = again + _end(count, len(again), offset)
    if len(found) != count or offset != start or start + len(tail) != total or _at(file, start, len(tail)) != tail:
        raise Broken(_NOT_THE_FORM)
    return found


def _headers(name: bytes, crc: int, size: int, offset: int) -> tuple[bytes, bytes]:
    """Of one member: what stands before its content, and its entry in the directory."""
    sizes = [size, size] if size >= _FULL else []
    places = [*sizes, *([offset] if offset >= _FULL else [])]

    def shape(large: list[int]) -> tuple[bytes, bytes]:
        extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        numbers = (0x0800, 0, 0, 0x0021, crc, min(size, _FULL), min(size, _FULL), len(name), len(extra))
        return struct.pack("<HHHHHIIIHH", 45 if large else 20, *numbers), name + extra

    head, entry = shape(sizes), shape(places)
    place = struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, min(offset, _FULL))
    return b"PK\x03\x04" + head[0] + head[1], b"PK\x01\x02\x2d\x03" + entry[0] + place + entry[1]


def _end(count: int, length: int, offset: int) -> bytes:
    """What follows the directory."""
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, length, min(offset, _FULL), 0)
    if offset < _FULL:
        return end
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, length, offset)
    return record + struct.pack("<IIQI", 0x07064B50, 0, offset + length, 1) + end


def _directory(file: BinaryIO, total: int) -> tuple[bytes, int, int]:
    end = _at(file, total - _END, _END)
    if end[:4] != b"PK\x05\x06":
        raise Broken("不是移送包，或者文件不完整。")
    count, length, start = struct.unpack("<HII", end[10:20])
    if start == _FULL:
        start = struct.unpack("<Q", _at(file, total - _END64, 56)[48:])[0]
    if not 0 < count <= MOST_MEMBERS or length > MOST_DIRECTORY or start >= total:
        raise Broken("包的目录有误，或者成员过多。")
    return _at(file, start, length), start, count


def _entries(directory: bytes, count: int) -> Iterator[tuple[str, int, int]]:
    """Name, CRC and size of each member."""
    at = 0
    for _ in range(count):
        if len(directory) < at + _ENTRY:
            raise Broken("包的目录有误。")
        crc, size, name, extra = struct.unpack("<I4xIHH", directory[at + 16 : at + 32])
        raw, rest = directory[at + _ENTRY : at + _ENTRY + name], directory[at + _ENTRY + name :][:extra]
        if size == _FULL:
            if len(rest) < 12:
                raise Broken("包的目录有误。")
            size = struct.unpack("<Q", rest[4:12])[0]
        try:
            yield raw.decode(), crc, size
        except UnicodeDecodeError:
            raise Broken("包内成员的名称不是 UTF-8。") from None
        at += _ENTRY + name + extra


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    if offset < 0:
        raise Broken("不是移送包，或者文件不完整。")
    file.seek(offset)
    found = file.read(length)
    if len(found) != length:
        raise Broken("文件不完整。")
    return found


def small(file: BinaryIO, held: Held, most: int) -> bytes:
    """The content of a member that is held in memory. Raise ``Broken`` beyond ``most`` bytes, or where its CRC differs."""
    if held.size > most:
        raise Broken("清单或者包的存证记录过大。")
    content = _at(file, held.offset, held.size)
    if zlib.crc32(content) != held.crc:
        raise Broken("内容与校验码不符，介质可能损坏。")
    return content


def pieces(file: BinaryIO, held: Held) -> Iterator[bytes]:
    """The content of a member piece by piece. Raise ``Broken`` at the end where its CRC differs."""
    crc, left = 0, held.size
    file.seek(held.offset)
    while left:
        piece = file.read(min(PIECE, left))
        if not piece:
            raise Broken("文件不完整。")
        crc, left = zlib.crc32(piece, crc), left - len(piece)
        yield piece
    if crc != held.crc:
        raise Broken("内容与校验码不符，介质可能损坏。")


class _Window(io.RawIOBase):
    """One member of an open file, as a file of its own."""

    def __init__(self, file: BinaryIO, held: Held) -> None:
        self._file, self._held, self._place = file, held, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._held.size}[whence]
        self._place = max(0, begin + offset)
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, into: Any) -> int:
        view = memoryview(into)
        self._file.seek(self._held.offset + self._place)
        content = self._file.read(max(0, min(len(view), self._held.size - self._place)))
        view[: len(content)] = content
        self._place += len(content)
        return len(content)


def window(file: BinaryIO, held: Held) -> BinaryIO:
    """A member as a file that can seek; ``file`` must stay open and is read by nobody else meanwhile."""
    return cast(BinaryIO, io.BufferedReader(_Window(file, held), PIECE))
