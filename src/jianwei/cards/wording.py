"""The sentence of a finding, in which every cell is named and quoted."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jianwei.cards.card import Card
from jianwei.cards.finding import Place
from jianwei.cards.rule import Facts, Rule
from jianwei.cards.sheet import Sheet

_LONGEST = 40
"""Characters of a cell that a sentence quotes (chosen)."""


def place(sheet: Sheet, card: Card, name: str) -> Place:
    """The cell of ``card`` under the column ``name``."""
    says = str(card.said.get(name, ""))
    ref = f"{sheet.understood.letter(name)}{card.row}" if sheet.has(name) else ""
    return Place(sheet.file, sheet.entry, card.row, sheet.header(name), ref, says)


def quoted(cell: Place) -> str:
    """``“审结日期”（K12）为2024-01-02`` or ``“审结日期”（K12）未填``."""
    where = f"“{cell.column}”（{cell.ref}）" if cell.ref else f"“{cell.column}”"
    says = cell.says if len(cell.says) <= _LONGEST else cell.says[:_LONGEST] + "…"
    return f"{where}为{says}" if says else f"{where}未填"


@lru_cache(maxsize=512)
def parts(says: str) -> tuple[tuple[str, str], ...]:
    """A sentence's words and names in turn."""
    return tuple((words, name or "") for words, name, _, _ in string.Formatter().parse(says))


def mentioned(rule: Rule[Any]) -> Iterator[str]:
    """The names in a rule's sentence."""
    return (name for _, name in parts(rule.says) if name)


def sentence(
    rule: Rule[Any], facts: Facts, here: tuple[Sheet, Card], there: tuple[Sheet, Card] | None
) -> tuple[str, tuple[Place, ...]]:
    """The sentence, and the cells that it names in their order."""
    sheet, card = here
    cells: list[Place] = []
    text = []
    for words, name in parts(rule.says):
        text.append(words)
        if not name:
            continue
        if name.startswith("other."):
            assert there
            cells.append(place(*there, name[6:]))
            text.append(f"{there[0].kind.title}案卡{quoted(cells[-1])}")
        elif name == "cells":
            named = [place(sheet, card, each) for each in facts["cells"]]  # type: ignore[attr-defined]
            cells += named
            text.append("，".join(map(quoted, named)))
        elif name in facts:
            text.append(str(facts[name]))
        else:
            cells.append(place(sheet, card, name))
            text.append(quoted(cells[-1]))
    return "".join(text), tuple(dict.fromkeys(cells))
