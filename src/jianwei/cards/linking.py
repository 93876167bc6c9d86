"""Which cards belong together: those of one case in one export, and one person's in the two exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.sheet import Reading

Other = TypeVar("Other", bound=Card)


@dataclass
class Links:
    """``peers``: cards by export and case. ``counterparts``: for the row of a card its card in the other export."""

    peers: dict[tuple[str, str], list[Card]] = field(default_factory=lambda: defaultdict(list))
    arrests: dict[int, ArrestCard] = field(default_factory=dict)
    prosecutions: dict[int, ProsecutionCard] = field(default_factory=dict)
    persons: dict[tuple[str, str], list[Card]] = field(default_factory=lambda: defaultdict(list))

    def around(self, card: Card) -> list[Card]:
        return self.peers[card.code, card.case_no]

    def elsewhere(self, card: Card) -> list[Card]:
        """The same person's cards of other cases in the same export."""
        held = self.persons[card.code, card.person_no] if card.person_no else []
        return [other for other in held if other.case_no != card.case_no] if len(held) > 1 else []


def link(reading: Reading) -> Links:
    """Link all cards of a reading. A person is the same by number, else by 统一受案号 and name, else by name of case and
    name; where several cards of the other export fit, the latest accepted one by number counts, and by name none.
    """
    found = Links()
    for sheet in reading.sheets:
        for card in sheet.cards:
            found.peers[card.code, card.case_no].append(card)
            if card.person_no:
                found.persons[card.code, card.person_no].append(card)
    arrest, prosecution = reading.of(ArrestCard), reading.of(ProsecutionCard)
    if arrest and prosecution:
        found.prosecutions = dict(_pairs(arrest.cards, prosecution.cards))
        found.arrests = dict(_pairs(prosecution.cards, arrest.cards))
    return found


def _pairs(here: Sequence[Card], there: Sequence[Other]) -> Iterator[tuple[int, Other]]:
    index: dict[tuple[str, ...], list[Other]] = defaultdict(list)
    for card in there:
        for key in _keys(card):
            index[key].append(card)
    for mine in here:
        for key in _keys(mine):
            fitting = index.get(key, [])
            if len(fitting) == 1 or (fitting and key[0] == "编号"):
                yield mine.row, max(fitting, key=lambda c: (str(getattr(c, "accepted_on", None) or ""), c.row))
                break


def _keys(card: Card) -> Iterator[tuple[str, ...]]:
    if card.person_no:
        yield "编号", card.person_no
    if card.person and card.uni_no:
        yield "统一受案号", card.uni_no, card.person
    if card.person and card.case_name:
        yield "案件名称", card.case_name, card.person
