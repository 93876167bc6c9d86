"""The custody timeline: from the measures that a judgment's header lists to the stretches a person was held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

DAY = dt.timedelta(days=1)

HELD = ("羁押", "刑事拘留", "逮捕", "收监", "拘留")
CAPTURED = ("抓获", "传唤", "拘传", "投案", "到案")
AT_LARGE = ("取保候审", "释放", "监视居住")
BY_RULE = {
    "行政拘留": "行政拘留",
    "司法拘留": "行政拘留",
    "留置": "留置",
    "管护": "管护",
    "指定居所监视居住": "指定居所监视居住",
}
UNCOUNTED = ("强制隔离戒毒", "社区戒毒")

LONGEST_CAPTURE = 10
"""Days between capture and detention that may still be one arrest (chosen: capture far away, then transfer)."""

LONGEST_SUMMONS = 3
"""Days between capture and bail through which the person may have been held (chosen: 传唤、拘传 ≤ 24 h and the ends)."""

OTHER_MATTER_DAYS = 120
"""An administrative detention that ended longer before the first criminal measure is another matter (chosen)."""


@dataclass(frozen=True)
class Event:
    """One measure: see ``records.CustodyEvent``."""

    kind: str
    on: dt.date | None
    until: dt.date | None = None
    same_act: bool | None = None


class Counts(Enum):
    """Whether a stretch must be deducted from the term, may be, or is not."""

    MUST = "应当折抵"
    MAY = "可能折抵"
    NOT = "不折抵"


@dataclass(frozen=True)
class Stretch:
    """A stretch of being held, both ends counted. ``until_on`` None: still held, as far as told.

    ``rate`` names the rule of ``data/credit.yaml``. ``released`` is true where a release closed it: courts then differ
    on counting the last day.
    """

    rate: str
    from_on: dt.date
    until_on: dt.date | None
    counts: Counts
    released: bool = False
    from_kind: str = ""


@dataclass(frozen=True)
class Timeline:
    """Stretches in order. ``told`` is false where no dated measure is known at all.

    ``gaps_told`` is false where a release is told without the custody it ended: there may be custody that is not told.
    """

    stretches: tuple[Stretch, ...]
    told: bool
    gaps_told: bool
    released_on: dt.date | None = None
    """The day of the last release where nobody took the person in again."""


def timeline(events: Iterable[Event]) -> Timeline:
    """Order the dated events and join them into stretches."""
    dated = sorted((e for e in events if e.on is not None), key=lambda e: (e.on, _rank(e.kind)))
    dated = _own_matter(dated)
    if not dated:
        return Timeline((), told=False, gaps_told=True)
    told = any(e.kind not in UNCOUNTED for e in dated)
    found: list[Stretch] = []
    gaps_told, held_before, released = True, False, None
    for event, following in zip(dated, [*dated[1:], None], strict=True):
        assert event.on is not None
        current = found[-1] if found and found[-1].until_on is None else None
        if event.kind in AT_LARGE:
            if current:
                found[-1] = replace(current, until_on=max(event.on, current.from_on), released=True)
            elif not held_before:
                gaps_told = False
            released = event.on
            if event.kind == "监视居住" and (following is None or following.kind not in AT_LARGE):
                found.append(Stretch("指定居所监视居住", event.on, None, Counts.MAY, from_kind=event.kind))
            continue
        stretch = _stretch(event, following)
        if stretch is None:
            continue
        if current:
            if not _replaces(current, stretch):
                continue
            found[-1] = replace(current, until_on=max(stretch.from_on - DAY, current.from_on))
            if found[-1].from_on == stretch.from_on:
                found.pop()
        found.append(stretch)
        held_before = True
        released = None
    return Timeline(tuple(_trim(found)), told, gaps_told, released)


def _rank(kind: str) -> int:
    """On one day: capture before detention before arrest; a release closes what the same day opened, a re-arrest follows."""
    if kind in CAPTURED:
        return 0
    if kind in BY_RULE or kind in UNCOUNTED:
        return 1
    return 2


def _own_matter(events: list[Event]) -> list[Event]:
    """Leave out detentions for other matters that lie long before the first criminal measure."""
    first = next((e.on for e in events if e.kind in HELD or e.kind in AT_LARGE or e.kind in CAPTURED), None)
    if first is None:
        return events
    near = first - dt.timedelta(days=OTHER_MATTER_DAYS)
    return [e for e in events if e.same_act or e.on is None or e.on >= near or e.kind in HELD]


def _stretch(event: Event, following: Event | None) -> Stretch | None:
    """The stretch that a measure opens."""
    assert event.on is not None
    until = event.until if event.until and event.until >= event.on else None
    if event.kind in HELD:
        return Stretch("羁押", event.on, None, Counts.MUST, from_kind=event.kind)
    if event.kind in CAPTURED:
        return _capture(event, following)
    if event.kind in BY_RULE:
        administrative = event.kind in ("行政拘留", "司法拘留")
        sure = event.same_act or not administrative
        counts = Counts.MUST if sure else Counts.NOT if event.same_act is False else Counts.MAY
        return Stretch(BY_RULE[event.kind], event.on, until, counts, from_kind=event.kind)
    if event.kind in UNCOUNTED:
        return Stretch(event.kind, event.on, until, Counts.NOT, from_kind=event.kind)
    return None


def _capture(event: Event, following: Event | None) -> Stretch | None:
    """A capture is a stretch of a day or so; followed at once by detention it is the beginning of that."""
    assert event.on is not None
    if following is None or following.on is None:
        return Stretch("羁押", event.on, None, Counts.MAY, from_kind=event.kind)
    longest = LONGEST_SUMMONS if following.kind in AT_LARGE else LONGEST_CAPTURE
    if (following.on - event.on).days > longest:
        return Stretch("羁押", event.on, event.on, Counts.MAY, released=True, from_kind=event.kind)
    return Stretch("羁押", event.on, None, Counts.MAY, from_kind=event.kind)


def _replaces(current: Stretch, new: Stretch) -> bool:
    """Whether ``new`` ends ``current``: not where it only goes on under another name."""
    if current.rate == new.rate == "羁押":
        return current.counts is not Counts.MUST and new.counts is Counts.MUST
    lesser = new.rate == "行政拘留" or new.counts is Counts.NOT
    return not (lesser and current.counts is Counts.MUST and current.rate == "羁押")


def _trim(stretches: list[Stretch]) -> list[Stretch]:
    """No day twice: a stretch ends the day before the next one begins at the latest."""
    found: list[Stretch] = []
    for place, stretch in enumerate(stretches):
        following = stretches[place + 1] if place + 1 < len(stretches) else None
        if following and (stretch.until_on is None or stretch.until_on >= following.from_on):
            if stretch.from_on >= following.from_on:
                continue
            stretch = replace(stretch, until_on=following.from_on - DAY)
        found.append(stretch)
    return found
