"""The set of lawful last days of a term, given where it is said to begin and how the person was held.

Two methods are in use and both are lawful: the term begins when the person was last taken in and earlier custody is
subtracted; or it begins with the first custody and the days at large are added. They can differ by some days, because
months differ in length; either end is accepted, whichever beginning is printed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from jianwei.law.sentencing.counting import DAY, ends
from jianwei.law.sentencing.credit import credits, days_held, sums
from jianwei.law.sentencing.custody import Counts, Stretch, Timeline


@dataclass(frozen=True)
class Sentence:
    """A sentence to be served: ``kind`` 有期徒刑, 拘役 or 管制, its months and odd days."""

    kind: str
    months: int
    extra_days: int = 0

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = (
            f"{years}年" if years else "",
            f"{months}个月" if months else "",
            f"{self.extra_days}日" if self.extra_days else "",
        )
        return self.kind + "".join(parts)


def lawful_ends(
    sentence: Sentence,
    start_on: dt.date,
    line: Timeline,
    decided_on: dt.date | None = None,
    stated_days: int | None = None,
) -> frozenset[dt.date]:
    """The lawful last days of the sentence for a term said to begin on ``start_on``.

    ``stated_days`` is a number of days that the judgment itself says it deducts.
    """
    if _held_from(line.stretches, start_on) and stated_days is None:
        return ends(start_on, sentence.months, sentence.extra_days, decided_on)
    stretches = _with_start(line.stretches, start_on)
    anchors = {start_on, *(s.from_on for s in stretches if s.counts is not Counts.NOT)}
    found: set[dt.date] = set()
    for anchor in anchors:
        shifts = sums(
            [*(_before(s, anchor, sentence.kind) for s in stretches), *_after(stretches, anchor, sentence.kind)]
        )
        for end in ends(anchor, sentence.months, sentence.extra_days, decided_on):
            found |= {end + dt.timedelta(days=shift) for shift in shifts}
    if stated_days is not None:
        found |= {
            end - dt.timedelta(days=stated_days)
            for end in ends(start_on, sentence.months, sentence.extra_days, decided_on)
        }
    return frozenset(found)


def _held_from(stretches: tuple[Stretch, ...], start_on: dt.date) -> bool:
    """The ordinary case: taken in on the first day of the term and never let go."""
    if len(stretches) != 1:
        return False
    (only,) = stretches
    return only.from_on == start_on and only.until_on is None and only.rate == "羁押" and only.counts is Counts.MUST


def _with_start(stretches: tuple[Stretch, ...], start_on: dt.date) -> tuple[Stretch, ...]:
    """The stretches with the beginning of the term in them: who is at large then is taken in then."""
    last = stretches[-1] if stretches else None
    if last is None or (last.until_on is not None and last.until_on < start_on):
        return (*stretches, Stretch("羁押", start_on, None, Counts.MUST))
    if last.counts is not Counts.MUST and last.until_on is None and last.from_on < start_on:
        return (*stretches[:-1], replace(last, until_on=start_on - DAY), Stretch("羁押", start_on, None, Counts.MUST))
    return stretches


def _before(stretch: Stretch, anchor: dt.date, kind: str) -> frozenset[int]:
    """What the stretch takes off the end for the part of it that lies before the anchor."""
    return frozenset(-n for n in credits(stretch, anchor, kind))


def _after(stretches: tuple[Stretch, ...], anchor: dt.date, kind: str) -> list[frozenset[int]]:
    """What lies behind the anchor adds: days at large, and days held that do not count in full."""
    found: list[frozenset[int]] = []
    for stretch, following in zip(stretches, stretches[1:], strict=False):
        if stretch.until_on is None or following.from_on <= anchor:
            continue
        at_large_from = max(stretch.until_on, anchor - DAY)
        gap = (following.from_on - at_large_from).days - 1
        released_late = stretch.released and stretch.until_on >= anchor
        found.append(frozenset((gap, gap + 1)) if released_late and gap > 0 else frozenset((gap,)))
        if stretch.until_on >= anchor and (stretch.counts is not Counts.MUST or stretch.rate != "羁押"):
            rest = replace(stretch, from_on=max(stretch.from_on, anchor))
            inside = days_held(rest, following.from_on)
            found.append(frozenset(max(inside - n, 0) for n in credits(rest, following.from_on, kind)))
    return found
