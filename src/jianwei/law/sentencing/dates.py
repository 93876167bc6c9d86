"""Whether the printed beginning and end of a term agree with the sentence and with everything else in the judgment.

What is reported is the contradiction, not which number is at fault: sometimes the header is the wrong one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jianwei.law.sentencing import starts
from jianwei.law.sentencing.counting import ends
from jianwei.law.sentencing.custody import CAPTURED, Timeline, timeline
from jianwei.law.sentencing.printed import Term, day_words, differs, found
from jianwei.law.sentencing.slips import whole_years, year_slip
from jianwei.law.sentencing.term import lawful_ends
from jianwei.law.sentencing.verdict import Finding, Verdict

LONGEST_UNTOLD = 37
"""Days of custody that a header may leave out before a bail: 刑事拘留 up to 30 + 7 days (刑事诉讼法第九十一条)."""

LEAST_UNTOLD = 15
"""Days of custody that may be untold even where the act is told to be nearer: its date may be read wrongly (chosen)."""

LONGEST_CUSTODY_UNTOLD = 300
"""Days of custody beyond which, with no header data and no date of the act, no deduction is thinkable (chosen)."""


def check(term: Term) -> list[Finding]:
    """Everything to be said about the printed dates; empty: nothing found and nothing in doubt."""
    if term.start_on is None or term.end_on is None:
        return [Finding("not_printed", Verdict.UNKNOWN, "判决书未写明刑期起止日期，或者起止日期未能读出。")]
    if term.sentence.months + term.sentence.extra_days <= 0:
        return [Finding("no_length", Verdict.UNKNOWN, "未能读出刑期长短。")]
    line = timeline(term.events)
    if term.end < term.start:
        reason = f"刑期止日（{day_words(term.end)}）早于起日（{day_words(term.start)}）。"
        return [year_slip(term, line) or found("end_before_start", Verdict.CONTRADICTION, reason)]
    if term.merged:
        finding = _merged(term, line)
    elif line.told:
        finding = _told(term, line)
    else:
        finding = _untold(term)
    return [finding] if finding else []


def expected_ends(term: Term) -> tuple[dt.date, ...]:
    """The lawful ends for the printed beginning, in order."""
    if term.start_on is None:
        return ()
    line = timeline(term.events)
    return tuple(sorted(lawful_ends(term.sentence, term.start_on, line, term.decided_on, term.stated_days)))


def _told(term: Term, line: Timeline) -> Finding | None:
    """The header tells the custody."""
    lawful = lawful_ends(term.sentence, term.start, line, term.decided_on, term.stated_days)
    delta, near = _nearest(term.end, lawful)
    if delta != 0 or not starts.is_told(term, line):
        slip = year_slip(term, line)
        if slip is not None:
            return slip
    impossible = starts.before_crime(term)
    if impossible is not None:
        return impossible
    if delta == 0:
        return starts.doubt(term, line)
    words = differs(term, near, delta)
    if abs(delta) == 1:
        return found("one_day", Verdict.DOUBT, words, near, delta)
    return _late(term, line, words, near, delta) if delta > 0 else _early(term, line, words, near, delta)


def _late(term: Term, line: Timeline, words: str, near: dt.date, delta: int) -> Finding:
    """The end is later than any lawful one: only days at large that the header leaves out would explain it."""
    released, decided = line.released_on, term.decided_on
    at_large = (decided - released).days if released and decided and term.start <= released else 0
    if delta <= at_large:
        return found("long_untold", Verdict.UNKNOWN, words + "首部可能未记载再次羁押的日期。", near, delta)
    return found("long", Verdict.CONTRADICTION, words, near, delta)


def _early(term: Term, line: Timeline, words: str, near: dt.date, delta: int) -> Finding:
    """The end is earlier than any lawful one: only custody that the header leaves out would explain it."""
    if not line.gaps_told and -delta <= LONGEST_UNTOLD:
        return found("short_untold", Verdict.UNKNOWN, words + "首部可能未记载全部先行羁押。", near, delta)
    if _from_capture(term):
        reason = words + "刑期自抓获之日起算，抓获后的限制人身自由是否因同一行为未载明。"
        return found("from_capture", Verdict.UNKNOWN, reason, near, delta)
    if -delta <= starts.LONGEST_ADMINISTRATIVE:
        return found("short", Verdict.DOUBT, words + "如有首部未记载的先行羁押则不为误。", near, delta)
    return found("short_much", Verdict.CONTRADICTION, words, near, delta)


def _untold(term: Term) -> Finding | None:
    """The header tells no custody: a day or two cannot be judged, only what no custody could explain."""
    plain = ends(term.start, term.sentence.months, term.sentence.extra_days, term.decided_on)
    if term.stated_days is not None:
        plain |= {end - dt.timedelta(days=term.stated_days) for end in plain}
    impossible = starts.before_crime(term)
    if impossible is not None:
        return impossible
    delta, near = _nearest(term.end, plain)
    if delta == 0:
        return starts.long_after(term)
    words = differs(term, near, delta)
    if _gross(term, delta):
        reason = words + "任何先行羁押或者中途释放都无法解释。"
        return found("gross", Verdict.CONTRADICTION, reason, near, delta)
    return found("no_custody_told", Verdict.UNKNOWN, words + "首部未记载羁押经过，无法判断。", near, delta)


def _gross(term: Term, delta: int) -> bool:
    """Whether the difference exceeds all custody since the act, or all days at large before the judgment."""
    if delta > 0:
        at_large = (term.decided_on - term.start).days if term.decided_on else LONGEST_CUSTODY_UNTOLD
        return delta > max(at_large, 2) or (whole_years(delta) and delta > at_large // 2)
    most = LONGEST_CUSTODY_UNTOLD
    if term.crime_on is not None and term.crime_on <= term.start:
        most = max((term.start - term.crime_on).days + 1, LEAST_UNTOLD)
    return -delta > most or whole_years(delta)


def _merged(term: Term, line: Timeline) -> Finding | None:
    """An earlier sentence is in it: only an end later than the whole total from the printed beginning is impossible."""
    lawful = lawful_ends(term.sentence, term.start, line, term.decided_on, term.stated_days)
    lawful |= ends(term.start, term.sentence.months, term.sentence.extra_days, term.decided_on)
    delta, near = _nearest(term.end, lawful)
    if delta == 0:
        return None
    words = differs(term, near, delta)
    if term.end > max(lawful) + dt.timedelta(days=31) or (whole_years(delta) and delta > 0):
        return found("long", Verdict.CONTRADICTION, words, near, delta)
    if abs(delta) == 1:
        return found("one_day", Verdict.DOUBT, words, near, delta)
    return found("merged", Verdict.UNKNOWN, words + "涉及与前罪并罚，已执行的刑期无从核对，无法判断。", near, delta)


def _nearest(end_on: dt.date, lawful: Iterable[dt.date]) -> tuple[int, dt.date]:
    """Signed days from the nearest lawful end, and that end."""
    near = min(lawful, key=lambda end: (abs((end_on - end).days), end))
    return (end_on - near).days, near


def _from_capture(term: Term) -> bool:
    """Whether the term runs without deduction from the day of capture: courts often take that as its beginning."""
    captured = any(event.on == term.start_on and event.kind in CAPTURED for event in term.events)
    return captured and term.end in ends(term.start, term.sentence.months, term.sentence.extra_days, term.decided_on)
