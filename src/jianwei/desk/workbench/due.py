"""Running clocks as one reads them: the same last day of many persons of one matter is one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Min, QuerySet, Value, When
from django.urls import reverse

from jianwei.desk.matters.models import MatterClock
from jianwei.desk.workbench.deeds import deed

KINDS = {"custody": "羁押期限", "case": "办案期限", "notice": "告知送达期限", "others": "对方期限"}
"""In the order in which they are shown."""
_SAME = ("matter_id", "clock", "start_on", "due_on")
_MATTER = ("matter__title", "matter__number", "matter__procedure", "matter__stage")


@dataclass(frozen=True)
class Due:
    """One last day, and those it concerns."""

    kind: str
    title: str
    due_on: dt.date
    about: str
    number: str
    url: str
    start_on: dt.date | None = None
    cite: str = ""
    deed: str = ""
    persons: tuple[str, ...] = ()
    due_at: dt.datetime | None = None
    """Where the limit counts hours."""

    @property
    def whose(self) -> str:
        """``虞见山``, ``虞见山等3人``, or nothing."""
        if not self.persons:
            return ""
        return self.persons[0] if len(self.persons) == 1 else f"{self.persons[0]}等{len(self.persons)}人"


def count(clocks: QuerySet[MatterClock]) -> int:
    """How many last days there are, those of many persons taken as one."""
    return int(clocks.order_by().values(*_SAME).distinct().count())


def first(clocks: QuerySet[MatterClock], most: int, *, by_day: bool = False) -> list[Due]:
    """The first of these last days: custody first, then whatever else by the time left; or by day alone. Two statements."""
    rank = Case(*(When(kind=kind, then=Value(n)) for n, kind in enumerate(KINDS)), output_field=IntegerField())
    free = Case(When(kind="custody", then=Value(0)), default=Value(1), output_field=IntegerField())
    order = ("due_on", "rank") if by_day else ("free", "due_on", "rank")
    grouped = clocks.order_by().values(*_SAME, "title", "kind", "cite", *_MATTER)
    grouped = grouped.annotate(rank=rank, free=free, at=Min("place"), due_at=Min("due_at"))
    rows = list(grouped.order_by(*order[:-1], F("due_at").asc(nulls_last=True), order[-1], "matter_id", "at")[:most])
    persons = _persons(clocks, [row["matter_id"] for row in rows])
    return [
        Due(
            kind=row["kind"],
            title=row["title"],
            due_on=row["due_on"],
            about=row["matter__title"],
            number=row["matter__number"],
            url=reverse("matter", args=[row["matter_id"]]),
            start_on=row["start_on"],
            cite=row["cite"],
            deed=deed(row["matter__procedure"], row["clock"], row["matter__stage"]),
            persons=tuple(persons.get(tuple(row[key] for key in _SAME), ())),
            due_at=row["due_at"],
        )
        for row in rows
    ]


def _persons(clocks: QuerySet[MatterClock], matter_ids: list[int]) -> dict[tuple[object, ...], list[str]]:
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    named = clocks.filter(matter__in=matter_ids).exclude(person="").order_by("matter_id", "place")
    for *key, person in named.values_list(*_SAME, "person"):
        found[tuple(key)].append(person)
    return found
