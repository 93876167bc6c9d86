"""Which export a table is and which of its columns is which, from its header and the name of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, Column, Fen, columns
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.sources.table.header import plain, split_unit

KINDS: tuple[type[Card], ...] = (ArrestCard, ProsecutionCard)
WITHIN = 20
"""A header stands in the first rows, below at most some lines of title (chosen)."""
_NAMED = {
    ArrestCard: ("010101", "审查逮捕", "逮捕"),
    ProsecutionCard: ("020101", "一审公诉", "审查起诉", "公诉", "起诉"),
}
_LEAST = 4
"""So many columns understood make a table a list of cards (chosen)."""


@dataclass(frozen=True)
class Understood:
    """A header understood: at which row (0-based) it stands, and for each column of the card its place and its unit."""

    kind: type[Card]
    at: int
    header: tuple[str, ...]
    places: dict[str, tuple[int, str]]
    twice: tuple[str, ...] = ()

    def letter(self, name: str) -> str:
        """``C`` for the third column."""
        number, letters = self.places[name][0] + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


def understand(rows: Sequence[Sequence[Any]], titles: str) -> Understood | None:
    """The export that a table is, by its first rows; None when it is neither. ``titles``: names of file and sheet."""
    best: tuple[float, Understood] | None = None
    for at, row in enumerate(rows[:WITHIN]):
        for kind in KINDS:
            found, score = _match(kind, at, row)
            score += 3 * any(word in plain(titles) for word in _NAMED[kind])
            if len(found.places) >= _LEAST and (best is None or score > best[0]):
                best = score, found
    return best[1] if best else None


def _match(kind: type[Card], at: int, row: Sequence[Any]) -> tuple[Understood, float]:
    known = _headers(kind.code)
    ranked: dict[str, tuple[int, int, str]] = {}
    twice: list[str] = []
    for place, cell in enumerate(row):
        found = _find(known, cell) if isinstance(cell, str) else None
        if found is None:
            continue
        column, rank, unit = found
        if column.name in ranked and ranked[column.name][0] == rank:
            twice.append(str(cell).strip())
        if column.name not in ranked or ranked[column.name][0] > rank:
            ranked[column.name] = rank, place, unit
    places = {name: (place, unit) for name, (_, place, unit) in ranked.items()}
    header = tuple("" if cell is None else str(cell).strip() for cell in row)
    score = sum(1.0 if rank == 0 else 0.5 for rank, _, _ in ranked.values())
    return Understood(kind, at, header, places, tuple(twice)), score


def _find(known: dict[str, tuple[Column, int]], cell: str) -> tuple[Column, int, str] | None:
    whole = plain(cell)
    bare, unit = split_unit(whole)
    for form in (whole, bare):
        if form in known:
            return *known[form], unit
    return None


@cache
def _headers(code: str) -> dict[str, tuple[Column, int]]:
    """Plain header → column and rank; money also without its unit."""
    known: dict[str, tuple[Column, int]] = {}
    (kind,) = (kind for kind in KINDS if kind.code == code)
    for column in columns(kind).values():
        for rank, header in enumerate(column.headers):
            known.setdefault(plain(header), (column, rank))
            if column.type is Fen:
                known.setdefault(split_unit(plain(header))[0], (column, rank))
    return known
