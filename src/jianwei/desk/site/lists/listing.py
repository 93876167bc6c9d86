"""The state of a list: words, filters, days, order, columns and page, all in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

if TYPE_CHECKING:
    from jianwei.desk.site.lists.plan import Column, Plan


@dataclass(frozen=True)
class Listing:
    """What an address asks for. Unknown values are dropped, so that a bent address still shows a list."""

    plan: Plan
    text: str
    chosen: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, str]
    days: Mapping[str, dt.date]
    sort: str
    columns: tuple[str, ...]
    page: str

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.asked or self.days or any(self.chosen.values()))

    def query(self, **changes: Any) -> str:
        """The address of this list with ``changes``: ``status=("new",)``, ``sort="-score"``, ``page=2`` …"""
        params = QueryDict(mutable=True)
        for key, value in self._parts(changes):
            params.appendlist(key, value)
        return params.urlencode()

    def fields(self, *but: str) -> list[tuple[str, str]]:
        """What a form must carry along that asks for something else: all parts but these, and not the page."""
        return [(key, value) for key, value in self._parts({}) if key not in but]

    def _parts(self, changes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if text := changes.get("q", self.text):
            yield "q", str(text)
        for one in self.plan.filters:
            yield from ((one.key, value) for value in changes.get(one.key, self.chosen.get(one.key, ())))
        for key in self.plan.asks or ():
            if value := changes.get(key, self.asked.get(key)):
                yield key, str(value)
        for key in day_keys(self.plan):
            if day := changes.get(key, self.days.get(key)):
                yield key, day.isoformat()
        if sort := changes.get("sort", self.sort):
            yield "sort", str(sort)
        if (columns := tuple(changes.get("cols", self.columns))) != self.plan.usual:
            yield "cols", ",".join(columns)
        if page := changes.get("page"):
            yield "page", str(page)

    def toggled(self, key: str, value: str) -> str:
        """The address with one filter value added, or taken away."""
        now = self.chosen.get(key, ())
        return self.query(**{key: tuple(v for v in now if v != value) if value in now else (*now, value)})

    def sorted_by(self, column: Column) -> str:
        """The address sorted by a column; the second click turns the order round."""
        first, second = (f"-{column.key}", column.key) if column.descending else (column.key, f"-{column.key}")
        return self.query(sort=second if self.sort == first else first)

    def direction(self, column: Column) -> str:
        """How the list is sorted by a column now, in the words of ``aria-sort``."""
        sort = self.sort or self.plan.first
        if sort.lstrip("-") != column.key:
            return ""
        return "descending" if sort.startswith("-") else "ascending"

    def order(self) -> tuple[str, ...]:
        """The fields to sort by, the plan's own order among equals."""
        column = self.plan.by_key.get(self.sort.lstrip("-"))
        if column is None:
            return self.plan.order
        return (f"{'-' if self.sort.startswith('-') else ''}{column.sort}", *self.plan.order)


def read(plan: Plan, params: QueryDict) -> Listing:
    """Read an address. Bounded: 200 characters of text, 50 values a filter, 120 characters a condition."""
    chosen = {}
    for one in plan.filters:
        values = dict.fromkeys(v for v in params.getlist(one.key)[:50] if v and "\x00" not in v)
        chosen[one.key] = tuple(v[:80] for v in values if one.knows(v))
    asked = {key: _clean(params.get(key, ""), 120) for key in plan.asks or ()}
    days = {key: day for key in day_keys(plan) if (day := _day(params.get(key, "")))}
    columns = tuple(c for c in dict.fromkeys(params.get("cols", "").split(",")) if c in plan.by_key)
    sort = plan.by_key.get(params.get("sort", "").lstrip("-"))
    always = plan.columns[0].key
    return Listing(
        plan=plan,
        text=_clean(params.get("q", ""), 200),
        chosen=chosen,
        asked={key: value for key, value in asked.items() if value},
        days=days,
        sort=params.get("sort", "") if sort and sort.sort else "",
        columns=(always, *(c for c in columns if c != always)) if columns else plan.usual,
        page=params.get("page", "1"),
    )


def day_keys(plan: Plan) -> list[str]:
    return [f"{one.key}_{end}" for one in plan.days for end in ("from", "until")]


def _clean(text: str, most: int) -> str:
    return text.replace("\x00", "").strip()[:most]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
