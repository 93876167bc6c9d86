"""Whether changing the year of one printed date, or of both alike, makes everything agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jianwei.law.sentencing import starts
from jianwei.law.sentencing.counting import DAY, ends
from jianwei.law.sentencing.custody import Timeline
from jianwei.law.sentencing.printed import Term, day_words, found
from jianwei.law.sentencing.term import lawful_ends
from jianwei.law.sentencing.verdict import Finding, Verdict


def year_slip(term: Term, line: Timeline) -> Finding | None:
    """A wrong year in the beginning, in both dates, or in the end; the header may be the wrong one, so none is blamed."""
    if line.told and not starts.is_told(term, line):
        for years in _near_years(term.start, {s.from_on for s in line.stretches}):
            moved = shift(term.start, years)
            lawful = lawful_ends(term.sentence, moved, line, term.decided_on, term.stated_days)
            if fits(term.end, lawful):
                return _slip(term, f"首部记载的羁押始于{day_words(moved)}，起日年份如为{moved.year}年则起止与刑期相符")
            if fits(shift(term.end, years), lawful):
                return _slip(term, f"起止日期与首部记载的羁押（{day_words(moved)}）年份相差{abs(years)}年")
    if line.told:
        lawful = lawful_ends(term.sentence, term.start, line, term.decided_on, term.stated_days)
    else:
        lawful = ends(term.start, term.sentence.months, term.sentence.extra_days, term.decided_on)
    years = 0 if fits(term.end, lawful, 0) else _years_off(term.end, lawful)
    if years and (line.told or term.end < term.start):
        return _slip(term, f"止日年份如为{term.end.year + years}年则与刑期及羁押经过相符")
    return None


def fits(end_on: dt.date, lawful: Iterable[dt.date], allow: int = 1) -> bool:
    return any(abs((end_on - end).days) <= allow for end in lawful)


def shift(day: dt.date, years: int) -> dt.date:
    if day.month == 2 and day.day == 29:
        return dt.date(day.year + years, 3, 1) - DAY
    return day.replace(year=day.year + years)


def whole_years(delta: int) -> bool:
    """A difference of a whole number of years, to two days."""
    years = round(abs(delta) / 365.25)
    return years >= 1 and abs(abs(delta) - years * 365.25) <= 2


def _near_years(start_on: dt.date, told: Iterable[dt.date]) -> list[int]:
    """Numbers of years that put the beginning on a day (or the day next to one) on which custody began."""
    days = list(told)
    years = {s.year - start_on.year for s in days if s.year != start_on.year}
    return sorted(y for y in years if any(abs((shift(start_on, y) - s).days) <= 1 for s in days))


def _years_off(end_on: dt.date, lawful: Iterable[dt.date]) -> int:
    """By how many whole years the end misses a lawful one; 0: it does not miss by whole years."""
    days = list(lawful)
    years = {end.year - end_on.year for end in days} - {0}
    return min((y for y in years if fits(shift(end_on, y), days)), key=abs, default=0)


def _slip(term: Term, how: str) -> Finding:
    reason = f"判处{term.sentence}，载明自{day_words(term.start)}起至{day_words(term.end)}止，前后矛盾：{how}。"
    return found("year_slip", Verdict.CONTRADICTION, reason)
