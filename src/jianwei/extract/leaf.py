"""One value read from a text, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(slots=True)
class Leaf(Generic[T]):
    """A value and its span ``[start, end)``: character offsets into the text that was given.

    A leaf stands in several places at once and is never altered; :meth:`as_value` makes another.
    """

    value: T
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    def as_value(self, value: U) -> Leaf[U]:
        """The same words, read as ``value``."""
        return Leaf(value, self.start, self.end)


def json_of(leaf: Leaf[Any] | None) -> dict[str, Any] | None:
    """An absent leaf is ``null``."""
    if leaf is None:
        return None
    value = leaf.value
    return {"value": value.isoformat() if value.__class__ is date else value, "span": [leaf.start, leaf.end]}
