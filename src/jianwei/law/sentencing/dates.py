"""Whether the printed beginning and end of a term agree with the sentence and with everything else in the judgment.

What is reported is the contradiction, not which number is at fault: sometimes the header is the wrong one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jianwei.law.sentencing.counting import DAY, ends
from jianwei.law.sentencing.custody import CAPTURED, Event, Timeline, timeline
from jianwei.law.sentencing.term import Sentence, lawful_ends
from jianwei.law.sentencing.verdict import Finding, Verdict

CITE = "刑法第四十一条、第四十四条、第四十七条；刑诉法解释第二百零二条"

LONGEST_UNTOLD = 37
"""Days of custody that a header may leave out before a bail: 刑事拘留 up to 30 + 7 days (刑事诉讼法第九十一条)."""

LONGEST_ADMINISTRATIVE = 21
"""Days by which a term may begin before the first custody told: 行政拘留合并执行 up to 20, and the day of capture
(治安管理处罚法第十六条)."""

LONGEST_CUSTODY_UNTOLD = 300
"""Days of custody beyond which, with no header data and no date of the act, no deduction is thinkable (chosen)."""


@dataclass(frozen=True)
class Term:
    """One defendant's term as printed, and what is known around it.

    ``merged``: an earlier sentence is part of it (刑法第七十条、第七十一条、第七十七条、第八十六条), so the term may begin in the
    earlier case and be net of what was served. ``stated_days``: days the judgment says it deducts.
    """

    sentence: Sentence
    start_on: dt.date | None
    end_on: dt.date | None
    decided_on: dt.date | None = None
    crime_on: dt.date | None = None
    events: tuple[Event, ...] = ()
    stated_days: int | None = None
    merged: bool = False


def check(term: Term) -> list[Finding]:
    """Everything to be said about the printed dates; empty: nothing found and nothing in doubt."""
    if term.start_on is None or term.end_on is None:
        return [Finding("not_printed", Verdict.UNKNOWN, "判决书未写明刑期起止日期，或者起止日期未能读出。")]
    if term.sentence.months + term.sentence.extra_days <= 0:
        return [Finding("no_length", Verdict.UNKNOWN, "未能读出刑期长短。")]
    line = timeline(term.events)
    slip = _year_slip(term, line)
    if term.end_on < term.start_on:
        reason = f"刑期止日（{_day(term.end_on)}）早于起日（{_day(term.start_on)}）。"
        return [slip or _found("end_before_start", Verdict.CONTRADICTION, reason, term)]
    if term.merged:
        return _merged(term, line)
    if not line.told:
        return _untold(term)
    return _told(term, line, slip)


def expected_ends(term: Term) -> tuple[dt.date, ...]:
    """The lawful ends for the printed beginning, in order."""
    if term.start_on is None:
        return ()
    line = timeline(term.events)
    return tuple(sorted(lawful_ends(term.sentence, term.start_on, line, term.decided_on, term.stated_days)))


def _told(term: Term, line: Timeline, slip: Finding | None) -> list[Finding]:
    """The header tells the custody."""
    assert term.start_on is not None and term.end_on is not None
    lawful = lawful_ends(term.sentence, term.start_on, line, term.decided_on, term.stated_days)
    delta, near = _nearest(term.end_on, lawful)
    if delta == 0:
        doubt = slip if slip is not None and not _start_is_told(term, line) else _start_doubt(term, line)
        return [doubt] if doubt else []
    if slip is not None:
        return [slip]
    if abs(delta) == 1:
        return [_found("one_day", Verdict.DOUBT, _differs(term, near, delta), term, near, delta)]
    if delta < 0 and -delta <= _untold_credit(term, line):
        return [
            _found(
                "short_untold",
                Verdict.UNKNOWN,
                _differs(term, near, delta) + "首部可能未记载全部先行羁押。",
                term,
                near,
                delta,
            )
        ]
    if 0 < delta <= _untold_gap(term, line):
        return [
            _found(
                "long_untold",
                Verdict.UNKNOWN,
                _differs(term, near, delta) + "首部可能未记载中途释放。",
                term,
                near,
                delta,
            )
        ]
    if delta < 0 and _from_capture(term):
        reason = _differs(term, near, delta) + "刑期自抓获之日起算，抓获后的限制人身自由是否因同一行为未载明。"
        return [_found("from_capture", Verdict.UNKNOWN, reason, term, near, delta)]
    if delta < 0 and -delta <= LONGEST_ADMINISTRATIVE:
        return [
            _found(
                "short",
                Verdict.DOUBT,
                _differs(term, near, delta) + "如有首部未记载的先行羁押则不为误。",
                term,
                near,
                delta,
            )
        ]
    code = "long" if delta > 0 else "short_much"
    return [_found(code, Verdict.CONTRADICTION, _differs(term, near, delta), term, near, delta)]


def _untold(term: Term) -> list[Finding]:
    """The header tells no custody: a day or two cannot be judged, only what no custody could explain."""
    assert term.start_on is not None and term.end_on is not None
    plain = ends(term.start_on, term.sentence.months, term.sentence.extra_days, term.decided_on)
    if term.stated_days is not None:
        plain |= {end - dt.timedelta(days=term.stated_days) for end in plain}
    delta, near = _nearest(term.end_on, plain)
    if delta == 0:
        return _against_crime(term)
    if delta < 0:
        most = LONGEST_CUSTODY_UNTOLD
        if term.crime_on is not None and term.crime_on <= term.start_on:
            most = min((term.start_on - term.crime_on).days + 1, 5 * 366)
        gross = -delta > most or _whole_years(delta)
    else:
        at_large = (term.decided_on - term.start_on).days if term.decided_on else LONGEST_CUSTODY_UNTOLD
        gross = delta > max(at_large, 2) or (_whole_years(delta) and delta > at_large // 2)
    if gross:
        return [
            _found(
                "gross",
                Verdict.CONTRADICTION,
                _differs(term, near, delta) + "任何先行羁押或者中途释放都无法解释。",
                term,
                near,
                delta,
            )
        ]
    reason = _differs(term, near, delta) + "首部未记载羁押经过，无法判断。"
    return [_found("no_custody_told", Verdict.UNKNOWN, reason, term, near, delta)]


def _merged(term: Term, line: Timeline) -> list[Finding]:
    """An earlier sentence is in it: only an end later than the whole total from the printed beginning is impossible."""
    assert term.start_on is not None and term.end_on is not None
    lawful = lawful_ends(term.sentence, term.start_on, line, term.decided_on, term.stated_days)
    lawful |= ends(term.start_on, term.sentence.months, term.sentence.extra_days, term.decided_on)
    delta, near = _nearest(term.end_on, lawful)
    if delta == 0:
        return []
    if term.end_on > max(lawful) + dt.timedelta(days=31) or _whole_years(delta) and delta > 0:
        return [_found("long", Verdict.CONTRADICTION, _differs(term, near, delta), term, near, delta)]
    if abs(delta) == 1:
        return [_found("one_day", Verdict.DOUBT, _differs(term, near, delta), term, near, delta)]
    reason = _differs(term, near, delta) + "涉及与前罪并罚，已执行的刑期无从核对，无法判断。"
    return [_found("merged", Verdict.UNKNOWN, reason, term, near, delta)]


def _start_is_told(term: Term, line: Timeline) -> bool:
    """Whether the printed beginning is a day on which custody began, within the days a capture may take."""
    assert term.start_on is not None
    return any(abs((s.from_on - term.start_on).days) <= 3 for s in line.stretches)


def _start_doubt(term: Term, line: Timeline) -> Finding | None:
    """The end fits the beginning; does the beginning fit the header?"""
    assert term.start_on is not None
    first = min((s.from_on for s in line.stretches), default=None)
    if first is None or term.start_on >= first - dt.timedelta(days=3):
        return None
    early = (first - term.start_on).days
    reason = f"刑期自{_day(term.start_on)}起算，早于首部记载的最早羁押（{_day(first)}）{early}日。"
    if early <= LONGEST_ADMINISTRATIVE or not line.gaps_told:
        return Finding("start_early", Verdict.UNKNOWN, reason + "可能另有先行行政拘留等情形，无法判断。", CITE)
    return Finding("start_early", Verdict.DOUBT, reason, CITE)


def _against_crime(term: Term) -> list[Finding]:
    """No custody is told and the dates agree with each other: only a beginning long before the act stands out."""
    assert term.start_on is not None
    if term.crime_on is not None and term.start_on < term.crime_on - dt.timedelta(days=31):
        reason = f"刑期自{_day(term.start_on)}起算，早于认定的犯罪时间（{_day(term.crime_on)}）。"
        return [Finding("start_before_crime", Verdict.DOUBT, reason, CITE)]
    return []


def _year_slip(term: Term, line: Timeline) -> Finding | None:
    """Whether changing the year of one date, or of both alike, makes everything agree with the header."""
    assert term.start_on is not None and term.end_on is not None
    if line.told and not _start_is_told(term, line):
        for years in _near_years(term.start_on, {s.from_on for s in line.stretches}):
            moved = _shift(term.start_on, years)
            lawful = lawful_ends(term.sentence, moved, line, term.decided_on, term.stated_days)
            if _fits(term.end_on, lawful):
                return _slip_found(term, f"首部记载的羁押始于{_day(moved)}，起日年份如为{moved.year}年则起止与刑期相符")
            if _fits(_shift(term.end_on, years), lawful):
                return _slip_found(term, f"起止日期与首部记载的羁押（{_day(moved)}）年份相差{abs(years)}年")
    if line.told:
        lawful = lawful_ends(term.sentence, term.start_on, line, term.decided_on, term.stated_days)
    else:
        lawful = ends(term.start_on, term.sentence.months, term.sentence.extra_days, term.decided_on)
    years = 0 if _fits(term.end_on, lawful, 0) else _slip(term.end_on, lawful)
    if years and (line.told or term.end_on < term.start_on):
        return _slip_found(term, f"止日年份如为{term.end_on.year + years}年则与刑期及羁押经过相符")
    return None


def _fits(end_on: dt.date, lawful: Iterable[dt.date], allow: int = 1) -> bool:
    return any(abs((end_on - end).days) <= allow for end in lawful)


def _near_years(start_on: dt.date, starts: Iterable[dt.date]) -> list[int]:
    """Numbers of years that put the beginning on a day (or the day next to one) on which custody began."""
    found = {s.year - start_on.year for s in starts if s.year != start_on.year}
    return sorted(y for y in found if any(abs((_shift(start_on, y) - s).days) <= 1 for s in starts))


def _slip(end_on: dt.date, lawful: Iterable[dt.date]) -> int:
    """By how many whole years the end misses a lawful one; 0: it does not miss by whole years."""
    years = {end.year - end_on.year for end in lawful} - {0}
    return min((y for y in years if _fits(_shift(end_on, y), lawful)), key=abs, default=0)


def _from_capture(term: Term) -> bool:
    """Whether the term runs without deduction from the day of capture: courts often take that as its beginning."""
    assert term.start_on is not None and term.end_on is not None
    captured = any(event.on == term.start_on and event.kind in CAPTURED for event in term.events)
    return captured and term.end_on in ends(
        term.start_on, term.sentence.months, term.sentence.extra_days, term.decided_on
    )


def _untold_credit(term: Term, line: Timeline) -> int:
    """Days of custody that the header may have left out."""
    return 0 if line.gaps_told else LONGEST_UNTOLD


def _untold_gap(term: Term, line: Timeline) -> int:
    """Days at large that the header may have left out: a release after the printed beginning with no re-arrest told."""
    if line.released_on is None or term.start_on is None or term.decided_on is None:
        return 0
    return (
        max((term.decided_on - max(line.released_on, term.start_on)).days, 0)
        if term.start_on <= line.released_on
        else 0
    )


def _nearest(end_on: dt.date, lawful: Iterable[dt.date]) -> tuple[int, dt.date]:
    """Signed days from the nearest lawful end, and that end."""
    near = min(lawful, key=lambda end: (abs((end_on - end).days), end))
    return (end_on - near).days, near


def _whole_years(delta: int) -> bool:
    """A difference of a whole number of years, to two days."""
    years = round(abs(delta) / 365.25)
    return years >= 1 and abs(abs(delta) - years * 365.25) <= 2


def _shift(day: dt.date, years: int) -> dt.date:
    if day.month == 2 and day.day == 29:
        return dt.date(day.year + years, 3, 1) - DAY
    return day.replace(year=day.year + years)


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _differs(term: Term, near: dt.date, delta: int) -> str:
    assert term.start_on is not None and term.end_on is not None
    later = "晚" if delta > 0 else "早"
    return (
        f"判处{term.sentence}，自{_day(term.start_on)}起算，载明至{_day(term.end_on)}止，"
        f"比最接近的应有止日{_day(near)}{later}{abs(delta)}日。"
    )


def _slip_found(term: Term, how: str) -> Finding:
    assert term.start_on is not None and term.end_on is not None
    reason = f"判处{term.sentence}，载明自{_day(term.start_on)}起至{_day(term.end_on)}止，前后矛盾：{how}。"
    return Finding("year_slip", Verdict.CONTRADICTION, reason, CITE)


def _found(
    code: str, verdict: Verdict, reason: str, term: Term, near: dt.date | None = None, delta: int | None = None
) -> Finding:
    return Finding(code, verdict, reason, CITE, (near,) if near else (), delta)
