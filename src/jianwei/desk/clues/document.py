"""A judgment as a reader sees it: paragraphs, the words a clue was read from marked, its sections found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jianwei.desk.clues.evidence import column_title, title
from jianwei.extract import text as extracted

LONGEST = 400_000
"""Characters shown of one document (chosen: some 800 pages)."""
_NUMBER = re.compile(r"(?<!\d)\d{6}(\d{8})(\d{3}[\dXx])(?!\d)|(?<!\d)1[3-9]\d(\d{4})\d{4}(?!\d)")


@dataclass(frozen=True)
class Mark:
    """Words of a document: offsets, the field they were read as, the row and the signs that rest on them."""

    start: int
    end: int
    label: str
    table: str
    row: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of text, plain or marked. ``first`` is true where a mark begins: there its label is written."""

    text: str
    label: str = ""
    full: str = ""
    rows: str = ""
    signs: str = ""
    first: bool = False


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    section: str = ""
    """The id of the section that begins here."""


def marks(content: dict[str, Any], document_id: str) -> list[Mark]:
    """The marks of one document, from the evidence of a clue."""
    found = [
        Mark(
            int(place["span"][0]),
            int(place["span"][1]),
            column_title(place["table"], place.get("column") or "") or title(place["table"]),
            title(place["table"]),
            place["row"],
            tuple(place.get("signs") or ()),
        )
        for place in content.get("evidence", ())
        if place.get("document") == document_id and place.get("span")
    ]
    return sorted(found, key=lambda m: (m.start, -m.end))


def masked(text: str) -> str:
    """Identity numbers and mobile numbers with their middle hidden; the length stays."""
    return _NUMBER.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    group = 1 if found[1] else 3
    start, end = (found.start(group) - found.start(), found.end(group) - found.start())
    whole = found[0]
    return whole[:start] + "*" * (end - start) + whole[end:]


def sections(text: str) -> dict[int, str]:
    """Where the sections begin: ``{offset: id}`` of 首部, 查明, 判项."""
    parsed = extracted.parse(text)
    found = {0: "head"}
    for offset, name in ((parsed.facts, "facts"), (parsed.ruling, "ruling")):
        if 0 < offset < len(text):
            found.setdefault(offset, name)
    return found


def paragraphs(text: str, given: Iterable[Mark]) -> Iterator[Paragraph]:
    """The text by lines, cut where marks begin and end. Marks may overlap or run over several lines."""
    text = text[:LONGEST]
    spans = [m for m in given if 0 <= m.start < m.end <= len(text)]
    starts = sorted(sections(text).items())
    begun: set[int] = set()
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        names = [name for offset, name in starts if at <= offset <= end and line.strip()]
        starts = [s for s in starts if s[1] not in names]
        if line.strip():
            inside = [m for m in spans if m.start < end and m.end > at]
            yield Paragraph(tuple(_pieces(text, at, end, inside, begun)), names[-1] if names else "")
        at = end + 1


def _pieces(text: str, start: int, end: int, inside: list[Mark], begun: set[int]) -> Iterator[Piece]:
    cuts = sorted({start, end, *(min(max(c, start), end) for m in inside for c in (m.start, m.end))})
    for left, right in zip(cuts, cuts[1:], strict=False):
        over = [m for m in inside if m.start <= left and m.end >= right]
        if not over:
            yield Piece(text[left:right])
            continue
        first = over[0].start not in begun
        begun.add(over[0].start)
        yield Piece(
            text[left:right],
            label="、".join(dict.fromkeys(m.label for m in over)),
            full="、".join(dict.fromkeys(f"{m.table}·{m.label}" for m in over)),
            rows=" ".join(dict.fromkeys(m.row for m in over)),
            signs=" ".join(sorted({s for m in over for s in m.signs})),
            first=first,
        )
