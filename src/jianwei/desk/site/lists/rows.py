"""The rows of a list from one query: narrowed, ordered, counted, and paged as the address asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, Model, QuerySet

from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists.listing import Listing
from jianwei.desk.site.lists.plan import Plan
from jianwei.desk.site.lists.saying import said

MOST_ROWS = 50_000
"""Rows of a file."""

Tally = Sequence[tuple[str, str, int]]
"""``(value, title, number)`` in the order offered."""


class Rows:
    """``found`` is scoped to ``who`` already; everything here narrows it further. A room may override a step."""

    def __init__(self, plan: Plan, who: Acting, found: QuerySet[Any]) -> None:
        self.plan, self.who, self.found = plan, who, found

    def narrowed(self, listing: Listing, leaving_out: str = "") -> QuerySet[Any]:
        """The rows that the filters let through; ``leaving_out`` one filter, to count what its other values would show."""
        found = self.found
        for word in listing.text.split()[:8]:
            found = found.filter(self.plan.typed(word))
        for one in self.plan.filters:
            if (values := listing.chosen.get(one.key) or one.usual) and one.key != leaving_out:
                found = found.filter(one.wanted(self.who, values))
        for days in self.plan.days:
            for end, lookup in (("from", "gte"), ("until", "lte")):
                if day := listing.days.get(f"{days.key}_{end}"):
                    found = found.filter(**{f"{days.field}__{lookup}": day})
        return found

    def ordered(self, listing: Listing) -> QuerySet[Any]:
        """The rows in the order asked for; where a field may be empty, the empty ones come last."""
        found = self.narrowed(listing)
        return found.order_by(*(_towards(found, name) for name in listing.order()))

    def count(self, listing: Listing) -> int:
        """How many rows there are; of a list with a ``most`` at most one more than that."""
        found = self.narrowed(listing).order_by()
        return found[: self.plan.most + 1].count() if self.plan.most else found.count()

    def page(self, listing: Listing, start: int, size: int) -> Sequence[Any]:
        return list(self.ordered(listing)[start : start + size])

    def every(self, listing: Listing) -> Iterable[Any]:
        """The rows of a file."""
        return self.ordered(listing)[:MOST_ROWS]

    def values(self, listing: Listing, key: str) -> Tally:
        """What one filter offers, with the number of rows each value would show."""
        return self.plan.filter_by_key[key].tally(self.who, self.narrowed(listing, leaving_out=key))

    def title(self, key: str, value: str) -> str:
        """How the value of a filter is called."""
        one = self.plan.filter_by_key[key]
        if not one.label:
            return one.title_of(value)
        named = self.found.order_by().filter(**{one.field or key: value}).values_list(one.label, flat=True)
        return one.named(value, str(named.first() or value))

    def condition(self, listing: Listing, key: str) -> str:
        """How a condition of the address is called."""
        return listing.asked[key]

    def lines(self, listing: Listing) -> tuple[list[str], Iterator[list[str | int]]]:
        """A file: its heads, and its rows in the columns shown."""
        shown = [*(self.plan.by_key[key] for key in listing.columns), *self.plan.in_files]
        told = [column for column in shown if column.says]
        rows = ([said(column, row) for column in told] for row in self.every(listing))
        return [column.title for column in told], rows


def _towards(found: QuerySet[Any], name: str) -> Any:
    if not _nullable(found, found.model, name.lstrip("-").split("__")):
        return name
    return F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True)


def _nullable(found: QuerySet[Any], model: type[Model], path: list[str]) -> bool:
    if path[0] == "pk" or path[0] in found.query.annotations:
        return False
    field: Any = model._meta.get_field(path[0])
    return bool(field.null) or (len(path) > 1 and _nullable(found, field.related_model, path[1:]))
