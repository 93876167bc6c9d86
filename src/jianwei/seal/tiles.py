"""Tiles (c2sp.org/tlog-tiles): the hashes of a log as files others fetch, each a range of bytes of a level's file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from jianwei.seal.errors import SealError
from jianwei.seal.suites import HASH_SIZE

HEIGHT = 8
WIDTH = 1 << HEIGHT
ENTRIES = -1
"""The level that stands for the entries themselves."""

_PATH = re.compile(r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class NoSuchTile(SealError):
    def __init__(self, path: str) -> None:
        super().__init__(f"没有“{path}”这个分片。")


@dataclass(frozen=True)
class Tile:
    """``width`` hashes of ``level`` (or entries), from number ``index * 256``."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
        number = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{number}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @classmethod
    def parse(cls, path: str) -> Self:
        """Read a path; only the one way of writing it is taken."""
        found = _PATH.fullmatch(path)
        if not found:
            raise NoSuchTile(path)
        level = ENTRIES if found[1] == "entries" else int(found[1])
        tile = cls(level, int(found[2].replace("x", "").replace("/", "")), int(found[3] or WIDTH))
        if tile.path != path:
            raise NoSuchTile(path)
        return tile

    def within(self, size: int) -> bool:
        """Whether a log of ``size`` entries has all of it."""
        return self.index * WIDTH + self.width <= size >> HEIGHT * max(self.level, 0)

    @property
    def offset(self) -> int:
        """Where its hashes begin in the file of its level, in bytes."""
        return self.index * WIDTH * HASH_SIZE


def bundle(entries: bytes, width: int) -> bytes:
    """An entry bundle: entries of ``width`` bytes, each after its length in two bytes."""
    length = width.to_bytes(2, "big")
    return b"".join(length + entries[start : start + width] for start in range(0, len(entries), width))
