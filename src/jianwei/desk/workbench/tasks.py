"""Write the warnings that last days call for. May be killed at any moment and run again; run twice it changes nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db import transaction

from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import MatterClock
from jianwei.desk.people.models import User
from jianwei.desk.workbench import warning
from jianwei.desk.workbench.models import Notice

BATCH = 500
"""Rows written in one transaction."""

_OWN = ("custody", "case", "notice")
"""Clocks of the office itself; what others owe is pressed for on the workbench, not warned of."""


def warn(day: dt.date, at: dt.datetime) -> int:
    """Write the warnings that last days call for on ``day`` and that are not there yet. Returns how many."""
    people = _leaders()
    made = 0
    batch: list[Notice] = []
    for clock in _near(day):
        batch += _of(clock, day, at, people)
        if len(batch) >= BATCH:
            made += _write(batch)
            batch = []
    return made + _write(batch)


def _near(day: dt.date) -> Iterator[MatterClock]:
    """Running clocks of open matters whose last day is near or over."""
    yield from matters.all_running(kinds=_OWN, due_until=warning.horizon(day)).iterator(chunk_size=2000)


def _leaders() -> dict[tuple[int, str], list[User]]:
    """Active heads, case managers and chiefs by office and role."""
    found: dict[tuple[int, str], list[User]] = defaultdict(list)
    roles = {role for rung in warning.rungs() for role in rung.tells} - {warning.HANDLER}
    for user in User.objects.filter(is_active=True, role__in=roles):
        found[user.office_id, user.role].append(user)
    return found


def _of(
    clock: MatterClock, day: dt.date, at: dt.datetime, people: Mapping[tuple[int, str], list[User]]
) -> Iterator[Notice]:
    if clock.due_on is None or (rung := warning.rung_on(clock.due_on, day)) is None:
        return
    told = {user.pk: user for role in rung.tells for user in people.get((clock.matter.office_id, role), ())}
    if warning.HANDLER in rung.tells and clock.matter.handler:
        told[clock.matter.handler.pk] = clock.matter.handler
    for user in told.values():
        yield Notice(
            user=user,
            matter=clock.matter,
            clock=clock.clock,
            title=clock.title,
            kind=clock.kind,
            person=clock.person,
            start_on=clock.start_on,
            due_on=clock.due_on,
            rung=rung.days,
            says=rung.says,
            at=at,
        )


@transaction.atomic
def _write(batch: list[Notice]) -> int:
    """The new ones of a batch; those that are there already stay as they are."""
    if not batch:
        return 0
    matters_of = {notice.matter_id for notice in batch}
    key = ("user_id", "matter_id", "clock", "person", "due_on", "rung")
    there = set(Notice.objects.filter(matter__in=matters_of).values_list(*key))
    new = [notice for notice in batch if tuple(getattr(notice, name) for name in key) not in there]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
