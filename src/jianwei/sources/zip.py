"""ZIP archives, also nested. Members are read one by one and never written to disc."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from jianwei.sources.content import MEGABYTE, Content, Fault, Piece, TooLarge
from jianwei.sources.kinds import kind_of

SUFFIXES = (".zip",)
HOSTILE = True

# All chosen: beyond what courts and agencies send, below what hurts the machine.
_DEPTH = 3
_MEMBERS = 2_000_000
_RATIO = 300
_RATIO_FROM = 32 * MEGABYTE
_TOTAL = 64 * 1024 * MEGABYTE
_NESTED = 256 * MEGABYTE


def recognises(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def read(content: Content) -> Iterator[Piece]:
    try:
        with content.open() as stream, zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if fault := _fault(content, members):
                yield Fault(content.entry, None, None, fault)
                return
            for member in members:
                name = member_name(member)
                if _litter(name):
                    continue
                entry = f"{content.entry}/{name}" if content.entry else name
                yield from _member(archive, member, name, entry, content.depth)
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        yield Fault(content.entry, None, None, "压缩包已损坏或压缩方式不支持")


def member_name(member: zipfile.ZipInfo) -> str:
    """The member's path; old archives hold it in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    raw = member.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename


def _fault(content: Content, members: list[zipfile.ZipInfo]) -> str | None:
    """Why the archive as a whole is not opened."""
    if content.depth >= _DEPTH:
        return f"压缩包嵌套超过 {_DEPTH} 层"
    if len(members) > _MEMBERS:
        return f"压缩包内文件超过 {_MEMBERS} 个"
    if sum(m.compress_size for m in members) > content.size:
        return "压缩包内的文件互相重叠，疑似压缩炸弹"
    if sum(m.file_size for m in members) > _TOTAL:
        return "压缩包解开后过大，疑似压缩炸弹"
    return None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, entry: str, depth: int) -> Iterator[Piece]:
    if fault := _member_fault(member, name):
        yield Fault(entry, None, None, fault)
        return

    def opened() -> BinaryIO:
        return _Measured(archive.open(member), member.file_size)

    try:
        inner = Content(PurePosixPath(name).name, entry, member.file_size, opened, depth + 1)
        kind = kind_of(inner)
        if isinstance(kind, str):
            yield Fault(entry, None, None, kind)
        elif kind.hostile:
            # These need to seek, so they are held; small by nature.
            if member.file_size > _NESTED:
                yield Fault(entry, None, None, f"压缩包内的文件超过 {_NESTED // MEGABYTE} MB，请单独提供")
                return
            held = inner.whole()
            yield from kind.read(Content(inner.name, entry, len(held), lambda: io.BytesIO(held), depth + 1))
        else:
            yield from kind.read(inner)
    except (zipfile.BadZipFile, EOFError, OverflowError, TooLarge):
        yield Fault(entry, None, None, "压缩包内的这个文件已损坏或与其声明的大小不符")


def _member_fault(member: zipfile.ZipInfo, name: str) -> str | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "文件路径指向压缩包之外，未读取"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "是符号链接，未读取"
    if member.flag_bits & 0x1:
        return "已加密，无法读取"
    if member.file_size > _RATIO_FROM and member.file_size > _RATIO * max(member.compress_size, 1):
        return "压缩比异常，疑似压缩炸弹"
    return None


def _litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[0] == "__MACOSX" or parts[-1].startswith((".", "~$")) or parts[-1] in ("Thumbs.db", "desktop.ini")


class _Measured(io.BufferedReader):
    """A member's bytes, no more of them than its header states."""

    def __init__(self, inner: IO[bytes], limit: int) -> None:
        super().__init__(_Counted(inner, limit), 1 << 16)


class _Counted(io.RawIOBase):
    def __init__(self, inner: IO[bytes], limit: int) -> None:
        self._inner, self._left = inner, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        held = self._inner.read(len(buffer))
        self._left -= len(held)
        if self._left < 0:
            raise OverflowError
        buffer[: len(held)] = held
        return len(held)

    def close(self) -> None:
        self._inner.close()
        super().close()
