"""What a trail is: rows that are only ever added. Adding one is adding an entry to ``TRAILS``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from jianwei.desk.evidence.models import Custody
from jianwei.desk.matters.models import ActRow
from jianwei.desk.people.models import AuditEntry
from jianwei.seal.suites import SHA256

READ_AT_ONCE = 2000

Span = tuple[dt.datetime, dt.datetime]
"""From a moment to another, which is not part of it."""


@dataclass(frozen=True)
class Trail:
    """``columns`` are all that a row says; one not among them could be changed unnoticed."""

    key: str
    title: str
    table: type[Model]
    columns: tuple[str, ...]
    written: str
    """The column that says when a row was written."""
    office: str
    """The path to the row's office."""
    matter: str = ""
    """The path to the row's matter, where it has one."""

    def hashed(self, first: int, last: int, young: Span | None = None) -> Iterator[tuple[int, bytes]]:
        """Key and hash of every row with ``first`` ≤ key ≤ ``last``, in order, up to the first one written while ``young``.

        Later ones are left even if they say that they are older: what was long on its way is written late. One from
        beyond, where only a wrong clock or a hand can have put it, holds up nothing.
        """
        rows = self.table._default_manager.filter(pk__gte=first, pk__lte=last).order_by("pk")
        written = self.columns.index(self.written)
        for key, *values in rows.values_list("pk", *self.columns).iterator(chunk_size=READ_AT_ONCE):
            if young and young[0] <= values[written] < young[1]:
                return
            yield key, SHA256.leaf(self.said(key, values))

    def said(self, key: int, values: list[Any]) -> bytes:
        """The one way in which a row is written down to be hashed: JSON, keys in order, moments in UTC."""
        told = {"trail": self.key, "id": key, **dict(zip(self.columns, values, strict=True))}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"no plain form of {type(value).__name__}")


TRAILS: Mapping[str, Trail] = {
    one.key: one
    for one in (
        Trail(
            "audit",
            "审计记录",
            AuditEntry,
            (
                "at", "user_id", "username", "office_id", "role", "ip", "action", "object_kind", "object_id", "result", "purpose",
                "detail",
            ),
            written="at",
            office="office",
        ),
        Trail(
            "acts",
            "办案行为",
            ActRow,
            ("matter_id", "seq", "kind", "on", "time_of_day", "facts", "version", "by_id", "recorded_at"),
            written="recorded_at",
            office="matter__office",
            matter="matter",
        ),
        Trail(
            "custody",
            "保管记录",
            Custody,
            # the two digests are not said: a lawful deletion empties them, and nobody could hash the row again
            ("material_id", "verb", "at", "by_id", "office_id", "purpose", "recipient", "result"),
            written="at",
            office="office",
            matter="material__matter",
        ),
    )
}  # fmt: skip
