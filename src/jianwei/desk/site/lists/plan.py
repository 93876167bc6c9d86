"""What a room says of a list: its columns, filters and order. Nothing here knows a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists.listing import Listing, read

MOST_VALUES = 300
"""Values of a filter that its menu offers; with more one searches (chosen: what a menu can be scrolled through)."""


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    sort: str = ""
    """The field that a click on the header sorts by; none where it is empty."""
    descending: bool = False
    """Which way the first click sorts."""
    says: Callable[[Any], Any] | None = None
    """What a file says of a row in this column, and the page where it has no cell of its own."""
    number: bool = False
    """Whether it is set in figures, to the right."""


@dataclass(frozen=True)
class Filter:
    """One filter: on a field, or with ``each`` on conditions of its own."""

    key: str
    title: str
    field: str = ""
    """The field it looks at; the key itself where it is empty."""
    values: Mapping[str, str] | None = None
    """The values there are, with their names; None where any may occur."""
    label: str = ""
    """The field that names the value of ``field``."""
    name: Callable[[str], str] | None = None
    """How a value is called, where no field says so."""
    each: Callable[[Acting], Mapping[str, Q]] | None = None
    """A condition for each of ``values``, by who looks and when."""
    where: Callable[[tuple[str, ...]], Q] | None = None
    """What is let through, where it is more than the value itself."""
    usual: tuple[str, ...] = ()
    """What holds while none is chosen."""
    coded: bool = False
    """Whether the value stands behind its name, which may be that of several."""
    digits: bool = False
    """Whether its values are whole numbers."""
    menu: bool = True
    """Whether it has a menu of its own in the bar."""

    def knows(self, value: str) -> bool:
        """Whether a value of an address may be one of its own."""
        if self.values is not None:
            return value in self.values
        return not self.digits or value.isdecimal() and len(value) < 10

    def wanted(self, who: Acting, values: tuple[str, ...]) -> Q:
        """What the chosen values let through."""
        if self.where:
            return self.where(values)
        if self.each is None:
            return Q(**{f"{self.field or self.key}__in": values})
        conditions, either = self.each(who), Q()
        for value in values:
            either |= conditions[value]
        return either

    def tally(self, who: Acting, found: QuerySet[Any]) -> list[tuple[str, str, int]]:
        """Of these rows how many each value would show: ``(value, title, number)``, in one statement."""
        if self.each is not None and self.values is not None:
            each = {f"n_{key}": Count("pk", filter=wanted) for key, wanted in self.each(who).items()}
            sums = found.order_by().aggregate(**each)
            return [(key, title, sums[f"n_{key}"]) for key, title in self.values.items()]
        field = self.field or self.key
        counted = found.order_by().values_list(field, self.label or field).annotate(n=Count("pk")).order_by(field)
        return [(str(v), self.named(str(v), str(t)), n) for v, t, n in counted[:MOST_VALUES] if v not in (None, "")]

    def named(self, value: str, label: str) -> str:
        """The name of a value whose label is known."""
        if not self.label:
            return self.title_of(value)
        return f"{label}（{value}）" if self.coded else label

    def title_of(self, value: str) -> str:
        """The name of a value; the value itself when nothing has it."""
        return self.name(value) if self.name else (self.values or {}).get(value, value)


@dataclass(frozen=True)
class Days:
    """A range of days, asked for as ``<key>_from`` and ``<key>_until``."""

    key: str
    title: str
    field: str = ""


@dataclass(frozen=True)
class Plan:
    """One list. ``name`` is that of its address; ``looks`` and ``exports`` are what the audit trail calls them."""

    name: str
    title: str
    unit: str
    about: str
    looks: str
    exports: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    """The order where nothing is asked, and among equals."""
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    """Lookups of which one must hold for every word typed; ``finds`` says so on the page."""
    word: Callable[[str], Q] | None = None
    """What must hold for a word typed, where lookups do not say it."""
    finds: str = ""
    days: tuple[Days, ...] = ()
    asks: Mapping[str, str] | None = None
    """Further conditions, each a single word, with their names."""
    in_files: tuple[Column, ...] = ()
    """Columns that only a file has room for."""
    shown: tuple[str, ...] = ()
    """The columns shown until others are chosen; all where it is empty."""
    first: str = ""
    """The column that the order begins with, marked in the head."""
    link: Callable[[Any], str] | None = None
    """The address of a row."""
    purpose: str = "办案"
    size: int = 50
    most: int = 0
    """A longer list is not counted to its end, but narrowed; 0 for none."""

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def filter_by_key(self) -> dict[str, Filter]:
        return {one.key: one for one in self.filters}

    def typed(self, word: str) -> Q:
        """What must hold for a word typed."""
        either = self.word(word) if self.word else Q()
        for lookup in self.search:
            either |= Q(**{lookup: word})
        return either

    @property
    def usual(self) -> tuple[str, ...]:
        """The keys of the columns shown until others are chosen."""
        return self.shown or tuple(self.by_key)

    def read(self, params: QueryDict) -> Listing:
        """What an address asks for."""
        return read(self, params)
