"""The only way to write matters: one verb, one transaction, one audit entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jianwei.desk.clues import actions as clues
from jianwei.desk.clues import queries as clue_queries
from jianwei.desk.matters import following, handling, numbering, queries, reading, recording
from jianwei.desk.matters.casebook import CORRECT, HANDOVER, REVOKE
from jianwei.desk.matters.errors import Conflict, NotFound, Refused
from jianwei.desk.matters.intake import Intake, least, receiving, told
from jianwei.desk.matters.models import Access, ActRow, Handover, Link, Matter, Restriction
from jianwei.desk.matters.roles import LEADERS, OPENERS, WRITERS
from jianwei.desk.people import audit
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.people.roles import label
from jianwei.law import case_types
from jianwei.procedures import Act, Procedure
from jianwei.procedures.shelf import procedures

__all__ = ["Conflict", "Intake", "NotFound", "Refused"]


@transaction.atomic
def open_matter(
    who: Acting, procedure_key: str, kind: str, typed: Mapping[str, Any], *, on: str, intake: Intake | None = None
) -> Matter:
    """Open a matter by an opening act of its procedure, in one's own office or one below; its 受案号 is allocated here.

    From a clue, the clue's evidence is carried along and the clue becomes 已成案. Raises ``Refused`` field by field, and
    the clue's ``Conflict`` when somebody else decided on it meanwhile.
    """
    intake = intake or Intake()
    procedure, today = procedures().get(procedure_key), queries.today(who)
    found = procedure.acts.get(kind) if procedure else None
    if who.role not in OPENERS:
        raise Refused(f"{label(who.role)}不能受理事项。")
    if procedure is None or found is None or not found.opens or intake.restriction not in Restriction.values:
        raise Refused("没有这种程序或受理行为。")
    new = [reading.read(procedure, found, typed, on, today=today)]
    office = receiving(who, intake.office)
    case_type = intake.case_type or procedure.case_type
    if case_type not in {one.name for one in case_types.of_procedure(procedure.key)}:
        raise Refused("请选择本程序的案件类别。", fields={"case_type": "请选择本程序的案件类别"})
    if intake.handler:
        person = handling.handlers(who, office.path).filter(username=intake.handler).first()
        if person is None:
            raise Refused(f"请选择一名{office.name}的承办人。", fields={"handler": f"请选择一名{office.name}的承办人"})
        new.append(reading.handing(procedure, person, today, "指定分案", "", first=True))
    new += told(procedure, intake, on, today)
    matter = Matter(
        office=office, procedure=procedure.key, line=procedure.line.value, case_type=case_type,
        number=numbering.intake_number(office, reading.day(new[0].on).year, procedure.code),
        title=(intake.title.strip() or reading.title(found, new[0].facts) or procedure.title)[:200],
        department=intake.department.strip()[:40], restriction=intake.restriction or least(procedure),
    )  # fmt: skip
    recording.append(who, matter, procedure, new)
    _tied(who, matter, intake)
    _recorded(who, matter, "受理事项", procedure=procedure.key, clue=intake.clue[0] if intake.clue else "")
    return matter


def _tied(who: Acting, matter: Matter, intake: Intake) -> None:
    """Tie a new matter to what it came from."""
    made = {"by_id": who.user.pk, "at": who.at}
    if intake.clue:
        clue_id, version = intake.clue
        content = clue_queries.content(who, clue_id) or {}
        clues.become_matter(who, clue_id, version=version, number=matter.number)
        Link.objects.create(matter=matter, clue_id=clue_id, kind=Link.Kind.FROM_CLUE, carried=content, **made)
    if intake.from_matter:
        source = _written(who, intake.from_matter)
        Link.objects.create(matter=source, other=matter, kind=Link.Kind.LED_TO, **made)


@transaction.atomic
def record_act(
    who: Acting, matter_id: int, expected_seq: int, kind: str, typed: Mapping[str, Any], *, on: str, alone: bool = False
) -> ActRow:
    """Record one act of ``kind`` done on ``on``, with facts as typed, on the matter as the writer saw it.

    Rooms that follow the acts are told, unless ``alone``: then the caller does what belongs to it.
    Raises ``NotFound``, ``Conflict`` when an act was recorded meanwhile, ``Refused`` field by field or with the article.
    """
    matter = held(who, matter_id, expected_seq)
    procedure = procedure_of(matter)
    found = procedure.acts.get(kind)
    if found is None or found.opens:
        raise Refused(f"“{procedure.title}”没有这种行为。")
    acts = recording.acts_of(matter, procedure)
    new = reading.read(procedure, found, typed, on, today=queries.today(who), acts=acts)
    _is_no_handover(matter, new, acts)
    row = recording.append(who, matter, procedure, [new])[-1]
    if not alone:
        following.tell(who, matter, found, row)
    _recorded(who, matter, "录入行为", act=found.title, on=row.on.isoformat())
    return row


@transaction.atomic
def assign(who: Acting, matter_id: int, expected_seq: int, username: str, way: str, why: str = "") -> ActRow:
    """Give a matter to a handler of its office or above: 分派承办人 the first time, 变更承办人 after that.

    ``way`` is one of the choices of the act: 随机分案 / 指定分案, or the reason for the change.
    """
    matter = held(who, matter_id, expected_seq)
    procedure = procedure_of(matter)
    person = handling.handlers(who, matter.office.path).filter(username=username).first()
    if person is None:
        raise Refused("请选择一名能办理本事项的承办人。", fields={"username": "请选择一名能办理本事项的承办人"})
    today = queries.today(who)
    new = reading.handing(procedure, person, today, way, why, first=matter.handler_id is None)
    row = recording.append(who, matter, procedure, [new])[-1]
    _recorded(who, matter, new.kind.title, handler=person.username)
    return row


@transaction.atomic
def restrict(who: Acting, matter_id: int, restriction: str, why: str) -> None:
    """Narrow (or open again) the circle of those who see a matter. For its handler and the leaders."""
    matter = _led(who, matter_id)
    if restriction not in Restriction.values or not why.strip():
        raise Refused("请选择知悉范围并写明理由。")
    before, matter.restriction = matter.restriction, restriction
    matter.updated_at = who.at
    matter.save(update_fields=["restriction", "updated_at"])
    audit.record(
        who, "限定知悉范围", kind="事项", object_id=matter.number, purpose=why.strip(), before=before, after=restriction
    )


@transaction.atomic
def admit(who: Acting, matter_id: int, username: str, *, writes: bool, why: str) -> None:
    """Put somebody, of whatever office, on the list of those who see (and with ``writes`` work on) a matter."""
    matter = _led(who, matter_id)
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None or user.role not in WRITERS or not why.strip():
        raise Refused("请给出一名办案人员的登录名，并写明理由。")
    facts = {"writes": writes, "why": why.strip()[:200], "by_id": who.user.pk, "at": who.at}
    Access.objects.update_or_create(matter=matter, user=user, defaults=facts)
    audit.record(
        who,
        "列入知悉名单",
        kind="事项",
        object_id=matter.number,
        purpose=why.strip(),
        user=user.username,
        writes=writes,
    )


@transaction.atomic
def dismiss(who: Acting, matter_id: int, access_id: int) -> None:
    """Take somebody off the list."""
    matter = _led(who, matter_id)
    found = Access.objects.filter(matter=matter, pk=access_id).select_related("user").first()
    if found is None:
        raise NotFound
    found.delete()
    audit.record(who, "移出知悉名单", kind="事项", object_id=matter.number, user=found.user.username)


@transaction.atomic
def link(who: Acting, matter_id: int, number: str, note: str = "", *, kind: str = Link.Kind.RELATED) -> Link:
    """Tie a matter to another one in scope."""
    matter = _written(who, matter_id)
    other = queries.by_number(who, number)
    if other is None or other.pk == matter.pk:
        raise Refused("没有这个受案号的事项，或不在您的管辖范围内。", fields={"number": "没有这个受案号的事项"})
    if (
        Link.objects.filter(matter=matter, other=other).exists()
        or Link.objects.filter(matter=other, other=matter).exists()
    ):
        raise Refused("两个事项已经关联。", fields={"number": "已经关联"})
    made = Link.objects.create(
        matter=matter, other=other, kind=kind, note=note.strip()[:200], by_id=who.user.pk, at=who.at
    )
    audit.record(who, "关联事项", kind="事项", object_id=matter.number, other=other.number)
    return made


@transaction.atomic
def unlink(who: Acting, matter_id: int, link_id: int) -> None:
    """Untie two matters. A tie to the clue a matter came from stays."""
    matter = _written(who, matter_id)
    found = Link.objects.filter(matter=matter, pk=link_id, kind=Link.Kind.RELATED).select_related("other").first()
    if found is None or found.other is None:
        raise NotFound
    found.delete()
    audit.record(who, "取消关联", kind="事项", object_id=matter.number, other=found.other.number)


@transaction.atomic
def reveal(who: Acting, matter_id: int, purpose: str) -> None:
    """Allow personal numbers of a matter to be shown once; the reason is recorded."""
    matter = queries.matter(who, matter_id)
    if matter is None:
        raise NotFound
    if who.role not in WRITERS:
        raise Refused(f"证件号码由办案人员查看，{label(who.role)}不能查看。")
    if not audit.record_reveal(who, purpose, kind="事项", object_id=matter.number, what="行为记录"):
        raise Refused(audit.NO_PURPOSE)


def looked(who: Acting, action: str, number: str = "", **detail: Any) -> None:
    """Record that personal data were shown."""
    audit.record(who, action, kind="事项", object_id=number, purpose="办案", **detail)


def refused(who: Acting, action: str, number: str, error: Exception) -> None:
    """Record that a write was refused; the refused transaction is over by then."""
    audit.record(who, action, kind="事项", object_id=number, result="拒绝", why=str(error)[:200])


def held(who: Acting, matter_id: int, expected_seq: int) -> Matter:
    """The matter, locked, if that person may write it and saw its latest act."""
    matter = _written(who, matter_id)
    if matter.seq != expected_seq:
        since = ActRow.objects.filter(matter=matter, seq__gt=expected_seq).select_related("by").order_by("seq")
        raise Conflict(matter, tuple(since))
    return matter


def _is_no_handover(matter: Matter, new: reading.NewAct, acts: Sequence[Act]) -> None:
    """What hands a matter over within this installation is done by ``handing_over``, and stays as it was recorded."""
    if new.kind.key in HANDOVER:
        raise Refused("移送、接收在“移送其他人民检察院”中办理。")
    named = str(new.facts.get("act", ""))
    if new.kind.key in (CORRECT, REVOKE) and any(act.id == named and act.kind in HANDOVER for act in acts):
        raise Refused("移送和接收的记录不能更正或者撤销；移送错误的，由现在承办的院另行移送。")
    target = next((act.kind for act in acts if act.id == named), "") if new.kind.key == REVOKE else ""
    if (
        target
        and matter.handovers.filter(act=target, state__in=(Handover.State.WAITING, Handover.State.TAKEN)).exists()
    ):
        raise Refused("事项据此移送，不能撤销；等待接收的，请先撤回移送。")
    office = people.office_named(str(new.facts.get(new.kind.moves, ""))) if new.kind.moves else None
    if office is not None and office.pk != matter.office_id:
        says = f"{office.name}在本系统内，请用“移送其他人民检察院”移送，由该院接收"
        raise Refused(f"{says}。", fields={new.kind.moves: says})


def _written(who: Acting, matter_id: int) -> Matter:
    """The matter, locked, if that person may write it."""
    # Nothing is joined: the office and the handler may change while one waits for the lock.
    matter = queries.visible(who).select_for_update(of=("self",)).filter(pk=matter_id).first()
    if matter is None:
        raise NotFound
    if not queries.writable(who, matter):
        raise Refused(f"本事项由{matter.office.name}办理，您（{label(who.role)}）可以查看，不能录入。")
    return matter


def _led(who: Acting, matter_id: int) -> Matter:
    matter = _written(who, matter_id)
    if who.role not in LEADERS and matter.handler_id != who.user.pk:
        raise Refused("知悉范围由承办人或者部门负责人决定。")
    return matter


def procedure_of(matter: Matter) -> type[Procedure]:
    """The procedure of a matter that is to be written. Raises ``Refused`` when it is no longer on the shelf."""
    procedure = queries.procedure_of(matter)
    if procedure is None:
        raise Refused(f"程序“{matter.procedure}”已不在本系统中，不能录入。")
    return procedure


def _recorded(who: Acting, matter: Matter, action: str, **detail: Any) -> None:
    audit.record(who, action, kind="事项", object_id=matter.number, seq=matter.seq, stage=matter.stage, **detail)
