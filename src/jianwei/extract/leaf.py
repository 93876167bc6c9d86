"""One value read from a text, and where it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Leaf(NamedTuple, Generic[T]):
    """A value and its span ``[start, end)``: character offsets into the text that was given."""

    value: T
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    def as_json(self) -> dict[str, Any]:
        value, start, end = self
        if isinstance(value, dt.date):
            return {"value": value.isoformat(), "span": [start, end]}
        return {"value": value, "span": [start, end]}


def json_of(leaf: Leaf[Any] | None) -> dict[str, Any] | None:
    """An absent leaf is ``null``."""
    if leaf is None:
        return None
    value, start, end = leaf
    if value.__class__ is dt.date:
        value = value.isoformat()
    return {"value": value, "span": [start, end]}
