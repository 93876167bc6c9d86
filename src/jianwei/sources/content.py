"""What a kind of input is given to read, and what it may yield. Plain data only, so that it can cross a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

MEGABYTE = 1 << 20
WHOLE = 256 * MEGABYTE
"""The largest content that is read into memory in one piece (chosen: a quarter of what the child process may use)."""

LONGEST_TEXT = 20_000_000
"""The longest single document, in characters (chosen: a thousand times a long judgment)."""

Cell = Any
"""str, int, float, bool or None; dates as ISO text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document."""

    entry: str
    row: int | None
    text: str
    meta: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Some rows of a table, ``first_row`` 1-based. ``title`` is what the table calls itself beside the file's name;
    ``header`` names the columns where the format itself does.
    """

    entry: str
    title: str
    first_row: int
    rows: Sequence[Sequence[Cell]]
    header: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read, and why, as a Chinese clause."""

    entry: str
    row: int | None
    column: str | None
    reason: str


Piece = Text | Grid | Fault


@dataclass(frozen=True)
class Content:
    """One file, or one entry of a container. ``open`` may be called again."""

    name: str
    entry: str
    size: int
    open: Callable[[], BinaryIO]
    depth: int = 0
    skip: int = 0
    """Pieces already taken in earlier; only kinds that say ``SKIPS`` may be given more than 0."""
    position: list[int] = field(default_factory=lambda: [0])
    """Bytes read so far, for who shows progress."""

    def whole(self) -> bytes:
        """All bytes; raises ``TooLarge``."""
        with self.open() as stream:
            held = stream.read(WHOLE + 1)
        if len(held) > WHOLE:
            raise TooLarge(WHOLE)
        return held

    def head(self, size: int = 4096) -> bytes:
        with self.open() as stream:
            return stream.read(size)


class TooLarge(Exception):
    """More bytes than may be held."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"内容超过 {limit // MEGABYTE} MB")


def chunks(rows: Iterator[Sequence[Cell]], entry: str, title: str, size: int = 2000) -> Iterator[Grid]:
    """A long table in grids of ``size`` rows."""
    held: list[Sequence[Cell]] = []
    first = 1
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield Grid(entry, title, first, held)
            first, held = first + size, []
    if held:
        yield Grid(entry, title, first, held)
