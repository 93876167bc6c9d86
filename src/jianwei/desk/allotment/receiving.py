"""Writing tables of received cases, and opening their rows: each row once, each in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jianwei.desk.allotment import intake, queries
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.models import Batch, Row
from jianwei.desk.allotment.roles import ALLOTTERS
from jianwei.desk.errors import DeskError
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters import queries as matter_queries
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import label
from jianwei.procedures import ActKind, Procedure
from jianwei.procedures.shelf import procedures


@dataclass(frozen=True)
class Outcome:
    """What came of one row: opened now, or why not."""

    row: Row
    says: str
    opened: bool


def opening(procedure_key: str, kind_key: str) -> tuple[type[Procedure], ActKind]:
    """A procedure and one of its opening acts; the first where none is named. Raises ``NotFound``."""
    procedure = procedures().get(procedure_key)
    kinds = procedure.opening() if procedure else ()
    kind = next((one for one in kinds if one.key == kind_key), kinds[0] if kinds and not kind_key else None)
    if procedure is None or kind is None:
        raise NotFound
    return procedure, kind


@transaction.atomic
def upload(who: Acting, file: UploadedFile[Any], procedure_key: str, kind_key: str) -> Batch:
    """Keep the rows of a table of received cases. Nothing is opened yet."""
    if who.role not in ALLOTTERS:
        raise Refused(f"{label(who.role)}不能批量受理。")
    procedure, kind = opening(procedure_key, kind_key)
    table = intake.read(file, procedure, kind, matter_queries.today(who))
    batch = Batch.objects.create(
        office_id=who.user.office_id, by_id=who.user.pk, at=who.at, file=(file.name or "")[:120], procedure=procedure.key,
        kind=kind.key, unread=list(table.unread),
    )  # fmt: skip
    Row.objects.bulk_create(
        Row(
            batch=batch,
            n=line.n,
            typed=line.typed,
            on=line.own["on"][:40],
            title=line.own["title"][:200],
            department=line.own["department"][:40],
            restriction=line.own["restriction"][:20],
            errors=line.errors,
        )  # fmt: skip
        for line in table.lines
    )
    wrong = sum(bool(line.errors) for line in table.lines)
    audit.record(
        who, "上传收案表", kind="收案表", object_id=str(batch.pk), file=batch.file, rows=len(table.lines), wrong=wrong
    )
    return batch


def open_rows(who: Acting, batch: Batch, places: list[int]) -> list[Outcome]:
    """Open these rows of a table; what goes wrong with one leaves the others."""
    found = []
    for row in queries.rows(batch).filter(n__in=places):
        try:
            found.append(_opened(who, batch, row.pk))
        except DeskError as error:
            found.append(Outcome(row, str(error), False))
    return found


@transaction.atomic
def _opened(who: Acting, batch: Batch, row_id: int) -> Outcome:
    """Open one row as a matter. A row that was opened meanwhile stays as it is."""
    row = Row.objects.select_for_update(of=("self",)).get(pk=row_id)
    if row.matter_id is not None:
        raise Refused(f"已经受理为{row.number}，没有再次受理。")
    if row.errors:
        raise Refused("本行有错误，没有受理。")
    told = matters.Intake(title=row.title, department=row.department, restriction=intake.restriction(row.restriction))
    matter = matters.open_matter(who, batch.procedure, batch.kind, row.typed, on=row.on, intake=told)
    row.matter, row.number = matter, matter.number
    row.save(update_fields=["matter", "number"])
    return Outcome(row, "", True)
