"""The text of a template as its declaration has it, one paragraph a line.

========================  ==============================================================
``= 起诉书``               title                 ``@ 某某人民法院：``   addressee, flush left
``# 一、案件事实``          heading, ``##`` second  ``> 检察官：…``        closing, to the right
``- 附：…``                note, smaller         ``!sign 检察官``       closing with date and seal
``|= 2 5``                 a table begins, widths  ``| 甲 | 乙 |``       its row, ``||`` for a heading row
``{% for p in persons %}``  Jinja, a line of its own, around paragraphs or rows; a blank line ends a table; cells
are parted by a bar between blanks, so that a filter's bar (``{{ p|names }}``) parts none
========================  ==============================================================

``[[number]]``, ``[[issued_on]]`` and ``[[issued_by]]`` become content controls that are filled at issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STYLES = {"= ": "Title", "@ ": "Addressee", "# ": "Heading", "## ": "Subheading", "> ": "Closing", "- ": "Note"}


@dataclass(frozen=True)
class Line:
    """A paragraph. ``breaks`` puts it on a new page; ``keeps`` puts its end on the page of the next one."""

    style: str
    text: str
    breaks: bool = False
    keeps: bool = False


@dataclass(frozen=True)
class Tag:
    """A Jinja statement around what stands between it and its end."""

    text: str


@dataclass(frozen=True)
class Row:
    cells: tuple[str, ...]
    heading: bool


@dataclass(frozen=True)
class Table:
    """``widths`` are parts of the text width."""

    widths: tuple[int, ...]
    rows: tuple[Row | Tag, ...]


Block = Line | Tag | Table
_TAG = re.compile(r"\{%[^{}]*%\}")


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a template's text, in order."""
    lines = iter([*text.split("\n"), ""])
    for line in lines:
        if line.startswith("|="):
            yield _table(line, lines)
        elif _TAG.fullmatch(line):
            yield Tag(line[2:-2].strip())
        elif line.startswith("!sign"):
            yield from closing(line.removeprefix("!sign").strip())
        elif line.strip():
            yield _line(line)


def closing(signer: str) -> Iterator[Line]:
    """Who signs (the office itself when ``signer`` is empty), the date and the place of the seal, kept on one page."""
    yield Line("Signer", f"{signer}：{{{{ handler }}}}" if signer else "{{ office.name }}")
    yield Line("Closing", "[[issued_on]]")
    yield Line("Closing", "（院印）")


def _line(line: str) -> Line:
    mark = next((m for m in STYLES if line.startswith(m)), "")
    text = line.removeprefix(mark).strip(" ")
    return Line(STYLES.get(mark, "Normal"), text, keeps=text == "此致")


def _table(first: str, lines: Iterator[str]) -> Table:
    rows: list[Row | Tag] = []
    for line in lines:
        if _TAG.fullmatch(line):
            rows.append(Tag(line[2:-2].strip()))
        elif line.startswith("|"):
            cells = re.split(r" +\| +", line.strip(" ").strip("|").strip(" "))
            rows.append(Row(tuple(cells), heading=line.startswith("||")))
        else:
            break
    return Table(tuple(int(w) for w in first.removeprefix("|=").split()), tuple(rows))
