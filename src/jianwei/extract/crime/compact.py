"""A section without its blanks, each position of which knows where it stands in the document.

Documents come with every line broken, with blanks inside words, or all on one line. Patterns are written for text without
blanks; the spans they find are mapped back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TypeVar

from jianwei.extract.leaf import Leaf

T = TypeVar("T")
_RUN = re.compile(r"\S+")


class Compact:
    """``norm[start:end]`` without blanks. ``breaks`` are the positions before which blanks stood."""

    __slots__ = ("_origins", "breaks", "text")

    def __init__(self, norm: str, start: int, end: int) -> None:
        runs: list[str] = []
        self.breaks: list[int] = []
        self._origins: list[int] = []
        size = 0
        for run in _RUN.finditer(norm, start, end):
            piece = run.group()
            runs.append(piece)
            self.breaks.append(size)
            self._origins.append(run.start())
            size += len(piece)
        if not runs:
            self.breaks.append(0)
            self._origins.append(start)
        self.text = "".join(runs)

    def at(self, position: int) -> int:
        """The offset in the document of a position in ``text``."""
        run = bisect_right(self.breaks, position) - 1
        return self._origins[run] + position - self.breaks[run]

    def leaf(self, value: T, start: int, end: int) -> Leaf[T]:
        """A value read from ``text[start:end]``, with its span in the document."""
        first = self.at(start)
        return Leaf(value, first, self.at(end - 1) + 1 if end > start else first)
