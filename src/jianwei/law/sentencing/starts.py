"""Whether the beginning of a term fits the act, the header and the judgment, when its end fits the beginning."""

from __future__ import annotations

import datetime as dt

from jianwei.law.sentencing.custody import Timeline
from jianwei.law.sentencing.printed import Term, day_words, found
from jianwei.law.sentencing.verdict import Finding, Verdict

LONGEST_ADMINISTRATIVE = 21
"""Days by which a term may begin before the first custody told: 行政拘留合并执行 up to 20, and the day of capture
(治安管理处罚法第十六条)."""

LATEST_START = 60
"""Days after the judgment within which a convict at large is taken in (chosen)."""

NEAR_CRIME = 31
"""Days by which the date of the act as read may be the less certain one (chosen)."""

CAPTURE = dt.timedelta(days=3)
"""A capture may lie so far before the first formal measure (chosen)."""


def is_told(term: Term, line: Timeline) -> bool:
    """Whether the printed beginning is a day on which custody began, within the days a capture may take."""
    return any(abs(s.from_on - term.start) <= CAPTURE for s in line.stretches)


def before_crime(term: Term) -> Finding | None:
    """Nobody serves a term before the act; by some days the date of the act may be the less certain one."""
    if term.crime_on is None or term.crime_on - term.start <= CAPTURE:
        return None
    early = (term.crime_on - term.start).days
    reason = f"刑期自{day_words(term.start)}起算，早于认定的犯罪时间（{day_words(term.crime_on)}）{early}日。"
    if early <= NEAR_CRIME:
        return found("start_near_crime", Verdict.DOUBT, reason)
    return found("start_before_crime", Verdict.CONTRADICTION, reason)


def doubt(term: Term, line: Timeline) -> Finding | None:
    """The end fits the beginning; does the beginning fit the rest?"""
    return long_after(term) or _before_custody(term, line) or _amid_custody(term, line)


def long_after(term: Term) -> Finding | None:
    """A beginning long after the judgment: who is at large is taken in within days or weeks of it."""
    if term.decided_on is None or (term.start - term.decided_on).days <= LATEST_START:
        return None
    late = (term.start - term.decided_on).days
    reason = f"刑期自{day_words(term.start)}起算，晚于判决日期（{day_words(term.decided_on)}）{late}日。"
    return found("start_late", Verdict.DOUBT, reason)


def _before_custody(term: Term, line: Timeline) -> Finding | None:
    """A beginning before the first custody told, earlier than a capture would be."""
    first = min((s.from_on for s in line.stretches), default=None)
    if first is None or term.start >= first - CAPTURE:
        return None
    early = (first - term.start).days
    reason = f"刑期自{day_words(term.start)}起算，早于首部记载的最早羁押（{day_words(first)}）{early}日。"
    if early <= LONGEST_ADMINISTRATIVE or not line.gaps_told:
        return found("start_early", Verdict.UNKNOWN, reason + "可能另有先行行政拘留等情形，无法判断。")
    return found("start_early", Verdict.DOUBT, reason)


def _amid_custody(term: Term, line: Timeline) -> Finding | None:
    """A beginning amid unbroken custody, on a day on which nothing is told to have happened."""
    told = {event.on for event in term.events} | {s.from_on for s in line.stretches}
    near = any(day is not None and abs((day - term.start).days) <= 1 for day in told)
    held = any(s.from_on < term.start and (s.until_on is None or term.start < s.until_on) for s in line.stretches)
    if near or not held or (term.decided_on is not None and term.start >= term.decided_on):
        return None
    reason = f"刑期自{day_words(term.start)}起算，该日在持续羁押期间，首部未记载当日有强制措施变动。"
    return found("start_odd", Verdict.DOUBT, reason)
