"""What happened when: the dates of a clue's rows as lanes, drawn as SVG on the server, and the same as a table."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from jianwei.desk.clues import evidence, source
from jianwei.records import columns, tables

MOST_LANES = 40
LANE, LEFT, WIDTH, TOP = 22, 132, 232, 26
"""Pixels of the picture's own coordinates: height of a lane, space for its name, width of the time axis, axis height."""
_WIDE, _NARROW = 12, 7
"""Pixels of a Chinese character and of any other in the name of a lane."""
_NOT_EVENTS = frozenset({"born_on", "as_of_on"})


@dataclass(frozen=True)
class Event:
    on: dt.date
    what: str
    lane: str
    row: str
    table: str


@dataclass(frozen=True)
class Dot:
    x: float
    event: Event


@dataclass(frozen=True)
class Lane:
    name: str
    y: float
    from_x: float
    to_x: float
    dots: tuple[Dot, ...]
    row: str

    @property
    def short(self) -> str:
        """The name as it fits beside the lane: a case number without its year and brackets."""
        plain = re.sub(r"^（\d{4}）", "", self.name)
        ends = list(accumulate(_WIDE if unicodedata.east_asian_width(sign) in "WF" else _NARROW for sign in plain))
        if not ends or ends[-1] <= Timeline.left:
            return plain
        return plain[: bisect_right(ends, Timeline.left - _WIDE)] + "…"

    @property
    def width(self) -> float:
        return max(self.to_x - self.from_x, 2)


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Timeline:
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    events: tuple[Event, ...]
    left_out: int

    @property
    def height(self) -> int:
        return TOP + LANE * len(self.lanes) + 8

    width = LEFT + WIDTH + 24
    left = LEFT - 8
    right = LEFT + WIDTH


def build(content: dict[str, Any]) -> Timeline:
    """The timeline of a clue's evidence rows."""
    return drawn(list(_events(content)))


def _events(content: dict[str, Any]) -> Iterable[Event]:
    for head in evidence.heads(content):
        record = tables().get(head.table)
        if record is None:
            continue
        dated = [c for c in columns(record) if c.type in (dt.date, dt.datetime) and c.name not in _NOT_EVENTS]
        for row in source.rows(head.table, list(head.row_ids[:500])):
            lane = _lane(record, row)
            for column in dated:
                value = row.get(column.name)
                if value is not None and value == value:
                    on = value.date() if isinstance(value, dt.datetime) else value
                    yield Event(
                        on, column.headers[0] if column.headers else column.name, lane, row["row_id"], head.table
                    )


def _lane(record: Any, row: dict[str, Any]) -> str:
    """A lane is a case, else a person, else a kind of row."""
    if row.get("case_no"):
        return str(row["case_no"])
    for identity in record.identities:
        if row.get(identity.name):
            return str(row[identity.name])
    return str(record.titles[0])


def drawn(events: list[Event]) -> Timeline:
    """Lay events out: one lane a name in order of its first day, time from left to right."""
    events = sorted(set(events), key=lambda e: (e.on, e.lane, e.what, e.row))
    if not events:
        return Timeline((), (), (), 0)
    first, last = events[0].on, events[-1].on
    days = max((last - first).days, 1)

    def x(on: dt.date) -> float:
        return round(LEFT + (on - first).days * WIDTH / days, 1)

    names = list(dict.fromkeys(e.lane for e in events))
    lanes = []
    for i, name in enumerate(names[:MOST_LANES]):
        own = [e for e in events if e.lane == name]
        dots = tuple(Dot(x(e.on), e) for e in own)
        lanes.append(Lane(name, TOP + LANE * i, dots[0].x, dots[-1].x, dots, own[0].row))
    return Timeline(tuple(lanes), tuple(_ticks(first, last, x)), tuple(events), max(len(names) - MOST_LANES, 0))


def _ticks(first: dt.date, last: dt.date, x: Any) -> Iterable[Tick]:
    """Whole years, quarters or months, whichever gives at most four, which is what fits; else the first day itself."""
    round_days = list(_round_ticks(first, last, x))
    return round_days or [Tick(x(first), first.isoformat())]


def _round_ticks(first: dt.date, last: dt.date, x: Any) -> Iterable[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in (1, 3, 6, 12, 24, 60, 120) if months / s <= 4), 240)
    year, month = first.year, first.month
    while dt.date(year, month, 1) <= last:
        if (year * 12 + month - 1) % step == 0 and dt.date(year, month, 1) >= first:
            yield Tick(x(dt.date(year, month, 1)), str(year) if step >= 12 else f"{year}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
