"""Values that hold from one day to another: the form of everything in the law that moves."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from jianwei.errors import JianweiError

T = TypeVar("T")


class NotInForce(JianweiError):
    """No version was in force on the day asked for."""

    def __init__(self, what: str, on: dt.date) -> None:
        super().__init__(f"{what}在{on.isoformat()}没有有效版本")
        self.what, self.on = what, on


class VersionsOverlap(JianweiError):
    """Two versions start on the same day, or one ends after the next begins."""


@dataclass(frozen=True)
class Version(Generic[T]):
    """``value`` holds from ``from_on`` to the day before the next version (or ``to_on`` inclusive, if ended)."""

    from_on: dt.date
    value: T
    to_on: dt.date | None = None


class Dated(Generic[T]):
    """Versions in order; on every day from the first on, at most one is in force."""

    def __init__(self, what: str, versions: Iterable[Version[T]]) -> None:
        self.what = what
        self.versions = tuple(sorted(versions, key=lambda v: v.from_on))
        self._starts = [v.from_on for v in self.versions]
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            if earlier.from_on == later.from_on or (earlier.to_on and earlier.to_on >= later.from_on):
                raise VersionsOverlap(f"{what}的两个版本在{later.from_on.isoformat()}重叠")

    def version(self, on: dt.date) -> Version[T] | None:
        """The version in force on ``on``, or None before the first and after an ended last one."""
        place = bisect_right(self._starts, on) - 1
        if place < 0:
            return None
        found = self.versions[place]
        return None if found.to_on and found.to_on < on else found

    def on(self, on: dt.date) -> T:
        """The value in force on ``on``. Raises ``NotInForce``."""
        found = self.version(on)
        if found is None:
            raise NotInForce(self.what, on)
        return found.value
