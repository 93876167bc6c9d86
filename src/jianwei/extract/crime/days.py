"""Dates as the header of a criminal judgment tells them: 2017年8月18日, 同年8月22日, 同月5日, 同日, 次日, 次年3月, 4月19日."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from jianwei.extract.parts.numerals import date_of, number

dated = lru_cache(maxsize=16384)(date_of)
"""The date of a year, month and day as written; the same dates come again and again."""

_ZERO = "〇○零OoОΟ０◯"
YEAR = rf"[12一二](?:(?<=[12])[0-9{_ZERO}]{{3}}|(?<=[一二])[{_ZERO}0-9一二三四五六七八九]{{3}})"
"""It begins with a class of characters, so that a search for a pattern that begins with it can skip to one."""
MONTH = "1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九]"
DAY = "3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九]"
TOLD = (
    rf"(?P<y>{YEAR})年(?:(?P<m>{MONTH})月份?(?:(?P<d>{DAY})[日号])?)?"
    rf"|(?P<rel>同年|当年|次年|翌年|同月|当月|次月)(?:(?P<rm>{MONTH})月份?)?(?:(?P<rd>{DAY})[日号])?"
    r"|(?P<near>同日|当日|即日|当天|次日|翌日|第二[日天])"
    rf"|(?P<bm>{MONTH})月(?P<bd>{DAY})[日号]"
)
"""A date; the groups are read by :class:`Clock`."""
FULL = rf"(?:{YEAR})年(?:{MONTH})月(?:{DAY})日?"


@dataclass(slots=True)
class Told:
    """A date with where it is told. ``exact`` is false when only the month was told (``on`` is then its first day)."""

    on: dt.date
    start: int
    end: int
    exact: bool = True


class Clock:
    """Keeps the date told last, from which 同年, 同月, 次日 count."""

    __slots__ = ("last", "year")

    def __init__(self) -> None:
        self.year: int | None = None
        self.last: dt.date | None = None

    def read(self, match: re.Match[str]) -> Told | None:
        """The date of a match of :data:`TOLD`; ``None`` when a year alone or nothing to count from."""
        at, end = match.start(), match.end()
        if match["y"]:
            self.year = number(match["y"])
            return self._set(match["m"], match["d"], at, end)
        if match["near"]:
            return self._near(match["near"], at, end)
        if match["bm"]:
            return self._set(match["bm"], match["bd"], at, end)
        return self._relative(match["rel"], match["rm"], match["rd"], at, end)

    def _near(self, word: str, at: int, end: int) -> Told | None:
        if self.last is None:
            return None
        if word[0] in "次翌第":
            if self.last >= dt.date(2999, 1, 1):
                return None
            self.last += dt.timedelta(days=1)
            self.year = self.last.year
        return Told(self.last, at, end)

    def _relative(self, word: str, month: str | None, day: str | None, at: int, end: int) -> Told | None:
        if word in ("次年", "翌年") and self.year:
            self.year += 1
        if word[1] == "月":
            if self.last is None:
                return None
            after = word == "次月"
            if after and self.last.month == 12:
                self.year = (self.year or self.last.year) + 1
            month = str(self.last.month % 12 + 1 if after else self.last.month)
        return self._set(month, day, at, end)

    def _set(self, month: str | None, day: str | None, at: int, end: int) -> Told | None:
        if month is None or self.year is None:
            return None
        on = dated(str(self.year), month, day or "1")
        if on is None:
            return None
        self.last = on
        return Told(on, at, end, day is not None)
