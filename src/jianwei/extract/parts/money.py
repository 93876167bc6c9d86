"""Money in fen, in digits (3.5万元, 50，000元) and in capitals (柒拾万零柒仟壹佰元整)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import number

MONEY = re.compile(
    r"(?<![0-9.])(?P<digits>[0-9]{1,3}(?:[，,'][0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]{1,13}(?:\.[0-9]{1,6})?) ?(?P<unit>百万|千万|万|亿|千|百)? ?余?元"
    r"|(?P<words>[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾][〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万萬亿]{0,20})[元圆](?P<jiao>[一二三四五六七八九壹贰叁肆伍陆柒捌玖]角)?"
)
_UNIT = {None: 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


def fen_of(match: re.Match[str]) -> int | None:
    """The amount that a match of :data:`MONEY` states."""
    if match["digits"]:
        try:
            value = Decimal(match["digits"].replace("，", "").replace(",", "").replace("'", ""))
        except InvalidOperation:
            return None
        return int(value * _UNIT[match["unit"]] * 100)
    value_of_words = number(match["words"])
    if value_of_words is None:
        return None
    jiao = number(match["jiao"][0]) if match["jiao"] else 0
    return value_of_words * 100 + (jiao or 0) * 10


def amounts(norm: str, start: int, end: int) -> Iterator[Leaf[int]]:
    """Every amount between ``start`` and ``end``, in order."""
    for match in MONEY.finditer(norm, start, end):
        fen = fen_of(match)
        if fen:
            yield Leaf(fen, match.start(), match.end())
