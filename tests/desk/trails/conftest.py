"""A log that is a list, and a database administrator who can do what the desk cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.utils import timezone

from jianwei.desk.people.acting import Acting
from jianwei.desk.people.audit import record
from jianwei.desk.trails import checking, sealing
from jianwei.desk.trails.checking import Sealed
from jianwei.desk.trails.models import Check, Finding, Segment


@dataclass
class Log:
    """Stands for the evidence log: what was entered cannot be changed."""

    entries: list[Sealed] = field(default_factory=list)
    names: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    def enter(self, segment: Segment) -> None:
        held = Sealed(segment.trail, segment.n, segment.rows, segment.root, str(segment.first), str(segment.last))
        self.entries.append(held)

    def seal(self, at: dt.datetime) -> int:
        return sealing.seal(at, lambda: f"{next(self.names):026d}", self.enter)

    def check(self) -> list[tuple[str, str, int | None]]:
        at = timezone.now()
        checking.check(Check.objects.create(asked_at=at), lambda: self.entries, timezone.now)
        open_ones = Finding.objects.filter(gone_at__isnull=True).order_by("trail", "row", "what")
        return [(one.trail, one.what, one.row) for one in open_ones]


@pytest.fixture
def log(db: None) -> Log:
    return Log()


@pytest.fixture
def trail(acting: Callable[..., Acting]) -> Callable[..., list[int]]:
    """Leave so many audit entries in the past, and get their keys."""
    from jianwei.desk.people.models import AuditEntry

    def leave(count: int = 5, minutes_ago: int = 10, place: str = "county") -> list[int]:
        who = acting("prosecutor", place)
        at = timezone.now() - dt.timedelta(minutes=minutes_ago)
        for n in range(count):
            record(
                Acting(who.user, who.ip, at), "查看线索", kind="线索", object_id=f"{place}-{n}", q={"b": n, "a": 1.5}
            )
        return list(AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[:count])[::-1]

    return leave


@pytest.fixture
def force(db: None) -> Callable[..., None]:
    """Run SQL with the triggers that guard a table out of the way, as who owns the database can."""

    def run(table: str, sql: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # not ALTER TABLE … DISABLE TRIGGER: refused while foreign keys of the same transaction wait to be checked
                cursor.execute(
                    f"SET LOCAL session_replication_role = replica; {sql}; SET LOCAL session_replication_role = origin"
                )
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
                cursor.execute(sql)

    return run
