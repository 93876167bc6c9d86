"""A lake as it would have looked: only rows observed within a window. For back-tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.kit import Tables
from jianwei.records import Record


class Window:
    """``tables`` without what was observed before ``since`` or after ``until``.

    A row whose date of observation is empty stays, as does a table that has none. Derived tables are read as they are.
    """

    def __init__(self, tables: Tables, since: dt.date | None, until: dt.date) -> None:
        self._tables, self._since, self._until = tables, since, until

    def __getitem__(self, record: type[Record]) -> Any:
        table = self._tables[record]
        if record.observed is None:
            return table
        day = table[record.observed].cast("date")
        inside = day <= self._until
        if self._since is not None:
            inside &= day >= self._since
        return table.filter(day.isnull() | inside)

    def derived(self, name: str) -> Any:
        return self._tables.derived(name)

    def kept(self, expression: Any) -> Any:
        return self._tables.kept(expression)
