"""A hit as pieces of text, those marked that were asked for. Pieces, not HTML: the template escapes each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianwei.desk.search.grams import fold, wanted
from jianwei.desk.search.models import Entry

AROUND = 36
"""Characters shown on each side of the first word found."""
LONGEST = 160


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    """One entry as the page shows it."""

    entry: Entry
    title: tuple[Piece, ...]
    ref: tuple[Piece, ...]
    names: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @property
    def url(self) -> str:
        if self.entry.matter_id:
            return f"/matters/{self.entry.matter_id}/"
        return f"/clues/{self.entry.clue_id}/" if self.entry.clue_id else f"/documents/{self.entry.document_id}/"


def hit(entry: Entry, asked: str) -> Hit:
    """An entry with what was asked for marked in it; of many persons and long texts the part about the first word found."""
    words = wanted(asked)
    return Hit(
        entry,
        marked(entry.title, words),
        marked(entry.ref, words),
        around(entry.names, words),
        around(entry.body, words),
    )


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    folded, pieces, at = fold(text), [], 0
    for start, end in _places(folded, words):
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], True))
        at = end
    return (*pieces, Piece(text[at:])) if at < len(text) else tuple(pieces)


def around(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text about the first word found in it, or its beginning."""
    places = _places(fold(text), words)
    start = max(places[0][0] - AROUND, 0) if places else 0
    end = min(start + LONGEST, len(text))
    shown = marked(text[start:end], words)
    return (*([Piece("…")] if start else []), *shown, *([Piece("…")] if end < len(text) else []))


def _places(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, overlaps joined."""
    found = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
