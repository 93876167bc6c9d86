"""Putting whole matters in at once, already moved: for demonstration and for measuring. Not a way of working."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.db import transaction
from django.utils import timezone

from jianwei.desk.matters import casebook, derive, keeping, numbering, reading
from jianwei.desk.matters.models import ActRow, Matter, Restriction
from jianwei.desk.people.models import Office, User
from jianwei.procedures import COMMON, Act, Procedure

BATCH = 500


@dataclass(frozen=True)
class Seedling:
    """A matter to put in: where, who handles it, its acts as the kernel admits them."""

    office: Office
    handler: User
    procedure: type[Procedure]
    acts: tuple[Act, ...]
    department: str = ""
    restriction: str = Restriction.NONE


@transaction.atomic
def plant(seedlings: Sequence[Seedling], at: dt.datetime) -> int:
    """Put matters in with their numbers, acts and everything derived. Returns how many."""
    ordered = sorted(seedlings, key=_shelf)
    for (office_id, year, word), group in groupby(ordered, key=_shelf):
        ones = list(group)
        del office_id
        serial = numbering.allocate(ones[0].office, year, numbering.intake_word(word), len(ones))
        rest = iter(enumerate(ones, serial))
        while batch := list(islice(rest, BATCH)):
            _put(batch, year, word, at)
    return len(ordered)


def _shelf(one: Seedling) -> tuple[int, int, str]:
    return one.office.pk, one.acts[0].day.year, one.procedure.code


def _put(batch: list[tuple[int, Seedling]], year: int, word: str, at: dt.datetime) -> None:
    made = []
    for serial, one in batch:
        acts = list(_handed(one))
        derived = derive.derive(one.procedure, acts)
        matter = Matter(
            office=one.office, procedure=one.procedure.key, line=one.procedure.line.value, case_type=one.procedure.case_type,
            number=numbering.intake_form(one.office, year, word, serial), department=one.department, restriction=one.restriction,
            title=reading.title(one.procedure.acts[acts[0].kind], acts[0].facts) or one.procedure.title,
            seq=len(acts), updated_at=at,
        )  # fmt: skip
        keeping.apply(matter, derived, one.handler.pk)
        made.append((matter, one, acts, derived))
    Matter.objects.bulk_create([matter for matter, *_ in made], batch_size=200)
    ActRow.objects.bulk_create(
        (row for matter, one, acts, _ in made for row in _rows(matter, one, acts)), batch_size=1000
    )
    keeping.add_rows((matter.pk, derived) for matter, _, _, derived in made)


def _handed(one: Seedling) -> Iterator[Act]:
    """The acts with 分派承办人 behind the first, numbered by place."""
    facts = {"handler": one.handler.name, "username": one.handler.username, "way": "随机分案"}
    allot = Act("allot", one.acts[0].on, facts, version=one.procedure.version)
    for place, act in enumerate((one.acts[0], allot, *one.acts[1:]), 1):
        yield Act(act.kind, act.on, act.facts, id=str(place), version=one.procedure.version)


def _rows(matter: Matter, one: Seedling, acts: list[Act]) -> Iterator[ActRow]:
    for place, act in enumerate(acts, 1):
        kind = one.procedure.acts.get(act.kind, COMMON["remark"])
        day, time_of_day = casebook.parted(act.on)
        recorded_at = timezone.make_aware(
            dt.datetime.combine(day, time_of_day or dt.time(17)), timezone.get_default_timezone()
        )
        yield ActRow(
            matter=matter, seq=place, kind=act.kind, on=day, time_of_day=time_of_day, facts=casebook.stored(kind, act.facts),
            version=act.version, by=one.handler, recorded_at=recorded_at,
        )  # fmt: skip
