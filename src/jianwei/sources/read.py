"""Files to items."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jianwei.errors import JianweiError
from jianwei.sources.content import Content, Fault, Grid, Piece, Text
from jianwei.sources.isolated import Isolated
from jianwei.sources.item import Item, Origin, Problem, RawDocument
from jianwei.sources.kinds import Kind, kind_of
from jianwei.sources.table.mapping import Mappings
from jianwei.sources.table.rows import TableReader

_LITTER = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


class NoSuchPath(JianweiError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"找不到“{path}”。")


@dataclass(frozen=True)
class File:
    """One file to read. ``name`` is how provenance calls it: its path below the folder that was given."""

    path: Path
    name: str
    position: list[int] = field(default_factory=lambda: [0], compare=False)

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def digest(self) -> str:
        """SHA-256 of the content."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def found(paths: Iterable[Path]) -> Iterator[File]:
    """The files at ``paths``, folders walked in order of name; hidden files and links that leave a folder left out."""
    for path in map(Path, paths):
        if not path.exists():
            raise NoSuchPath(path)
        if path.is_dir():
            root = path.resolve()
            for each in sorted(root.rglob("*")):
                inside = each.relative_to(root)
                if each.is_file() and not _litter(inside) and each.resolve().is_relative_to(root):
                    yield File(each, inside.as_posix())
        else:
            yield File(path.resolve(), path.name)


def _litter(inside: Path) -> bool:
    return any(part.startswith((".", "~$")) or part in _LITTER for part in inside.parts)


def read(paths: Iterable[Path], *, mappings: Path | None = None) -> Iterator[Item]:
    """Every item of the files at ``paths``. ``mappings`` is a folder where readings of table headers are kept."""
    known, isolated = Mappings(mappings), Isolated()
    try:
        for file in found(paths):
            yield from items(file, file.digest(), known, isolated)
    finally:
        isolated.close()


def items(file: File, digest: str, mappings: Mappings, isolated: Isolated, skip: int = 0) -> Iterator[Item]:
    """The items of one file, the first ``skip`` left out. The same content always yields the same items."""
    content = Content(file.path.name, "", file.size, lambda: file.path.open("rb"), skip=skip, position=file.position)
    kind = kind_of(content) if content.size else "文件是空的"
    if isinstance(kind, str):
        yield from itertools.islice([Problem(file.name, "", None, None, kind)], skip, None)
        return
    if kind.skips:
        yield from _items(kind.read(content), file, digest, mappings)
        return
    pieces = isolated.read(file.path, kind.name, file.path.name) if kind.hostile else _caught(kind, content)
    yield from itertools.islice(_items(pieces, file, digest, mappings), skip, None)


def _caught(kind: Kind, content: Content) -> Iterator[Piece]:
    try:
        yield from kind.read(content)
    except (UnicodeError, OSError) as error:
        yield Fault("", None, None, f"读取中断（{error.__class__.__name__}）")


def _items(pieces: Iterator[Piece], file: File, digest: str, mappings: Mappings) -> Iterator[Item]:
    table: TableReader | None = None
    for piece in pieces:
        if isinstance(piece, Grid):
            if table is None or not table.continues(piece):
                if table:
                    yield from table.finish()
                table = TableReader(file.name, piece.entry, digest, mappings)
            yield from table.read(piece)
        elif isinstance(piece, Text):
            yield RawDocument(piece.text, Origin(file.name, piece.entry, piece.row, digest), piece.meta)
        else:
            yield Problem(file.name, piece.entry, piece.row, piece.column, piece.reason)
    if table:
        yield from table.finish()
