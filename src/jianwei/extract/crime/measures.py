"""How courts write lengths of time and sums of money: 三年零六个月, 一年又六个月, 半年, 贰仟元, 1.5万元, 5，000元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from jianwei.extract.parts.numerals import number

_N = "[一二两三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾0-9]{1,4}?"
LENGTH = re.compile(
    rf"(?:(?P<years>{_N})年(?P<half>半)?|(?P<halfyear>半年))?"
    rf"(?:[零又加]{{0,2}}(?P<months>{_N})(?P<unit>个半月|个月|个|月(?!日)))?"
    rf"(?:[零又加]{{0,2}}(?P<days>{_N})[日天])?(?:[零又]?(?P<fortnight>半个?月))?"
)
SUM = re.compile(
    r"(?:人民币|民币|人民|现金|款|各|共计|合计|折合|[计为：，\x00])*"
    r"(?P<digits>[0-9]{1,12}(?:，[0-9]{3})*(?:\.[0-9]{1,6})?)?"
    r"(?P<words>[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬]{0,16})(?P<unit>余?[元圆])?"
)
_SCALE = {"": 1, "万": 10_000, "萬": 10_000, "百万": 1_000_000, "千": 1_000, "千万": 10_000_000, "亿": 100_000_000}


class Length(NamedTuple):
    """Months, then odd days; ``end`` is where the words end."""

    months: int
    days: int
    end: int


def length(text: str, at: int) -> Length | None:
    """The length of time written at ``at``, if one is."""
    match = LENGTH.match(text, at)
    if match is None or match.end() == at:
        return None
    months, days = _length(match.group())
    return Length(months, days, match.end()) if months or days else None


@lru_cache(maxsize=4096)
def _length(words: str) -> tuple[int, int]:
    match = LENGTH.match(words)
    if match is None:
        return 0, 0
    months = (number(match["years"] or "") or 0) * 12 + (6 if match["half"] or match["halfyear"] else 0)
    months += number(match["months"] or "") or 0
    days = number(match["days"] or "") or 0
    days += 15 if match["unit"] == "个半月" or match["fortnight"] else 0
    return (months, days) if months <= 1200 and days <= 400 else (0, 0)


@dataclass(slots=True)
class Sum:
    """Money in fen; ``start`` and ``end`` are where the figure stands, with its unit."""

    fen: int
    start: int
    end: int


def money(text: str, at: int) -> Sum | None:
    """The sum written at ``at``, if one is. A bare figure without 元 counts when it has two digits or more."""
    match = SUM.match(text, at)
    if match is None:
        return None
    digits, words = match["digits"], match["words"]
    if digits:
        scale = _SCALE.get(words)
        if scale is None or (not words and not match["unit"] and len(digits) < 2):
            return None
        try:
            fen = int(Decimal(digits.replace("，", "")) * scale * 100)
        except InvalidOperation:
            return None
        return Sum(fen, match.start("digits"), match.end())
    if not words:
        return None
    value = number(words)
    return Sum(value * 100, match.start("words"), match.end()) if value else None
