"""A section without its blanks, each position of which knows where it stands in the document.

Documents come with every line broken, with blanks inside words, or all on one line. Patterns are written for text without
blanks; the spans they find are mapped back.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TypeVar

from jianwei.extract.leaf import Leaf

T = TypeVar("T")


class Compact:
    """``norm[start:end]`` without blanks. ``breaks`` are the positions before which blanks stood."""

    __slots__ = ("_shifts", "breaks", "text")

    def __init__(self, norm: str, start: int, end: int) -> None:
        runs = norm[start:end].split()
        self.breaks: list[int] = []
        self._shifts: list[int] = []
        size = 0
        at = start
        for run in runs:
            # Nothing but blanks stands between two runs, so this finds the very place.
            at = norm.index(run, at)
            self.breaks.append(size)
            self._shifts.append(at - size)
            at += len(run)
            size += len(run)
        if not runs:
            self.breaks.append(0)
            self._shifts.append(start)
        self.text = "".join(runs)

    def at(self, position: int) -> int:
        """The offset in the document of a position in ``text``."""
        return self._shifts[bisect_right(self.breaks, position) - 1] + position

    def leaf(self, value: T, start: int, end: int) -> Leaf[T]:
        """A value read from ``text[start:end]``, with its span in the document."""
        breaks, shifts = self.breaks, self._shifts
        run = bisect_right(breaks, start) - 1
        first = shifts[run] + start
        if end <= start:
            return Leaf(value, first, first)
        if run + 1 < len(breaks) and breaks[run + 1] < end:
            run = bisect_right(breaks, end - 1, run) - 1
        return Leaf(value, first, shifts[run] + end)
