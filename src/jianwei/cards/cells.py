"""What a cell of a card says, by the type of its column. Raises ``Unreadable``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jianwei.cards.card import Charges, Column, Fen, Months
from jianwei.law import charges as law
from jianwei.sources.table import cells

_SEPARATORS = re.compile(r"[,，;；\n]+|(?<=罪)、(?!犯罪)|(?<=罪[)）])、")
_FORMERLY = re.compile(r"（(?:原|已)[^（）]*）")
_BRACKETS = str.maketrans("()", "（）")


def reader(column: Column, header: str, unit: str) -> Callable[[Any], Any]:
    """What turns a filled cell of ``column`` into its value."""
    if column.type is dt.date:
        return cells.date
    if column.type is bool:
        return lambda cell: cells.yes(cell, header)
    if column.type is int:
        return cells.whole
    if column.type is Months:
        return lambda cell: cells.whole(cell, "月")
    if column.type is Fen:
        fen = cells.UNITS[unit or "万元"]
        return lambda cell: cells.money(cell, fen)
    if column.type == Charges:
        return lambda cell: charges(cells.words(cell))
    return cells.words


@lru_cache(maxsize=16384)
def charges(text: str) -> Charges:
    """``盗窃罪,诈骗`` → ``("盗窃罪", "诈骗罪")``. A note of the former name in brackets is left out."""
    found = (_charge(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(one for one in found if one))


def _charge(part: str) -> str:
    bare = _FORMERLY.sub("", part.translate(_BRACKETS)).strip()
    if not bare or bare == "无":
        return ""
    known = law.find(bare)
    if known and known.name.removesuffix("罪") == bare.removesuffix("罪"):
        return known.name
    return bare if bare.endswith("罪") else f"{bare}罪"
