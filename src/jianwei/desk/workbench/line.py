"""One line of the workbench, a section of such lines, a column of sections."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line: what to do, where, and why today. ``colour`` is late, soon or calm; ``word`` says the same."""

    what: str
    url: str
    about: str
    why: str
    word: str
    colour: str
    stamp: str = ""
    persons: tuple[str, ...] = ()
    """Those it concerns, where they are many."""


@dataclass(frozen=True)
class Section:
    """Lines of one kind; ``more`` is the list that holds all ``total`` of them."""

    title: str
    lines: tuple[Line, ...]
    total: int
    more: str


@dataclass(frozen=True)
class Column:
    title: str
    note: str
    sections: tuple[Section, ...]
    empty: str

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)
