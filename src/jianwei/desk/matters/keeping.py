"""Writing what is derived: one matter after an act, many in a rebuild."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jianwei.desk.matters.derive import CLOCK_COLUMNS, PARTY_COLUMNS, Derived
from jianwei.desk.matters.models import Matter, MatterClock, Party


def apply(matter: Matter, derived: Derived, handler_id: int | None) -> None:
    """Set the derived columns of a matter; the caller saves it."""
    for name, value in derived.matter.items():
        setattr(matter, name, value)
    matter.handler_id = handler_id


def replace_rows(kept: Iterable[tuple[int, Derived]]) -> None:
    """Put clocks and parties of these matters (by id) in the place of those kept now."""
    pairs = list(kept)
    ids = [pk for pk, _ in pairs]
    MatterClock.objects.filter(matter__in=ids).delete()
    Party.objects.filter(matter__in=ids).delete()
    add_rows(pairs)


def add_rows(pairs: Iterable[tuple[int, Derived]]) -> None:
    """Add clocks and parties of matters that have none yet."""
    pairs = list(pairs)
    MatterClock.objects.bulk_create(
        (MatterClock(matter_id=pk, **row) for pk, derived in pairs for row in derived.clocks), batch_size=1000
    )
    Party.objects.bulk_create(
        (Party(matter_id=pk, **row) for pk, derived in pairs for row in derived.parties), batch_size=2000
    )


def clocks_of(rows: Iterable[MatterClock]) -> tuple[dict[str, Any], ...]:
    """Kept clocks as ``derive`` gives them."""
    return tuple({name: getattr(row, name) for name in CLOCK_COLUMNS} for row in rows)


def parties_of(rows: Iterable[Party]) -> tuple[dict[str, Any], ...]:
    return tuple({name: getattr(row, name) for name in PARTY_COLUMNS} for row in rows)
