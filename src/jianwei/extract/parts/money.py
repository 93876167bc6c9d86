"""Money in fen, in digits (3.5万元, 50，000元) and in capitals (柒拾万零柒仟壹佰元整)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import number

_WORD = "一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
_PATTERN = (
    rf"[0-9{_WORD}](?:"
    r"(?<=[0-9])(?P<digits>[0-9]{0,2}(?:[，,'][0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]{0,12}(?:\.[0-9]{1,6})?) ?(?P<unit>百万|千万|万|亿|千|百)? ?余?%s"
    rf"|(?<![0-9])(?P<words>[〇零{_WORD}百千佰仟万萬亿]{{0,20}})[元圆](?P<jiao>[{_WORD}]角)?)"
)
MONEY = re.compile(_PATTERN % "元")
"""An amount; it begins with a class of characters so that the search can skip to one. ``digits`` and ``words`` lack
their first character."""
LISTED_MONEY = re.compile(_PATTERN % "(?:元|(?<=万)(?=[、，和及与]))")
"""An amount in a list of them, where 万 may stand without 元 (现金5万、转账25万元)."""
_UNIT = {None: 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


def fen_of(match: re.Match[str]) -> int | None:
    """The amount that a match of :data:`MONEY` states."""
    first = match.start("digits" if match["digits"] is not None else "words") - 1
    text = match.string
    if match["digits"] is not None:
        if first > 0 and text[first - 1] in "0123456789.":
            return None
        try:
            value = Decimal(text[first : match.end("digits")].replace("，", "").replace(",", "").replace("'", ""))
        except InvalidOperation:
            return None
        return int(value * _UNIT[match["unit"]] * 100)
    value_of_words = number(text[first : match.end("words")])
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
