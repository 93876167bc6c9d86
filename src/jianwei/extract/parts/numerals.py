"""Chinese numerals and dates as courts write them: 二〇一八年, 二○一○年, 二O一五年, 十五万元, 第二百六十六条."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{str(i): i for i in range(10)},
    **dict.fromkeys("〇○OoОΟ０◯Ｏ", 0),
    "两": 2, "贰": 2, "弍": 2, "叄": 3, "元": 1, "廿": 20, "卅": 30, "陸": 6,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

NUMERAL = "〇○零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"


@lru_cache(maxsize=32768)
def number(text: str) -> int | None:
    """The integer that ``text`` writes, in digits, in Chinese numerals, or in a row of Chinese digits (二〇一八)."""
    if not text:
        return None
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) <= 18 else None
    if len(text) > 24:
        return None
    total = section = current = 0
    seen_unit = False
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            if digit >= 20:
                section += digit
                current = 0
                seen_unit = True
                continue
            current = current * 10 + digit if not seen_unit or current else digit
        elif c in _UNITS:
            section += (current or 1) * _UNITS[c]
            current = 0
            seen_unit = True
        elif c in _BIG:
            total = (total + section + current) * _BIG[c]
            section = current = 0
            seen_unit = True
        else:
            return None
    return total + section + current


DATE = re.compile(
    r"(?P<y>[12一二][0-9OoОΟ〇○零◯一二三四五六七八九]{3}) ?年 ?"
    r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[OoОΟ〇○零◯]?[元一二三四五六七八九]|一[OoОΟ〇○零◯一二]) ?月 ?"
    r"(?P<d>[0-3]?[0-9]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?"
    r"|[一二三][OoОΟ〇○零◯]|[OoОΟ〇○零◯]?[一二三四五六七八九]) ?日?"
)
"""A date; it begins with a class of characters so that the search can skip to one."""


def day(match: re.Match[str]) -> dt.date | None:
    """The date a match of :data:`DATE` stands for; ``None`` for 2月30日."""
    return date_of(match["y"], match["m"], match["d"])


@lru_cache(maxsize=32768)
def date_of(year: str, month: str, day: str) -> dt.date | None:
    y, m, d = number(year), number(month), number(day)
    if y is None or m is None or d is None or not (1 <= m <= 12 and 1 <= d <= 31 and 1000 <= y <= 2999):
        return None
    try:
        return dt.date(y, m, d)
    except ValueError:
        return None
