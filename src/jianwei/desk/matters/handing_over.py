"""A matter goes to another office of this installation: sent, received or sent back. One verb, one transaction.

Until it is received the sender handles it and its clocks go on. The act by which the law moves it is recorded on the day
it is received, from which the new time is counted; where that act ends the matter (移送有管辖权的人民检察院), it is
recorded when sent, and the receiver begins a matter of its own with the same opening facts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jianwei.desk.matters import actions, casebook, handling, numbering, queries, reading, recording
from jianwei.desk.matters.errors import NotFound, Refused
from jianwei.desk.matters.models import Access, Handover, Link, Matter
from jianwei.desk.matters.roles import OPENERS
from jianwei.desk.people import audit
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import label
from jianwei.procedures import Act, ActKind, Procedure, check
from jianwei.procedures.kernel.fold import in_force
from jianwei.procedures.shelf import procedures

State = Handover.State


def moving(procedure: type[Procedure]) -> ActKind | None:
    """The act of the procedure by which a matter goes to another office."""
    return next((kind for kind in procedure.acts.values() if kind.moves), None)


def ends_here(procedure: type[Procedure], kind: ActKind | None) -> bool:
    """Whether that act ends the matter, so that the receiver begins its own."""
    return kind is not None and kind.to in procedure.ends


@transaction.atomic
def send(who: Acting, matter_id: int, expected_seq: int, receiver: str, *, on: str, why: str = "") -> Handover:
    """Hand a matter over to the office named (by its name or code). Raises ``Refused`` field by field or with the article."""
    matter = actions.held(who, matter_id, expected_seq)
    procedure = actions.procedure_of(matter)
    office = _receiver(matter, receiver)
    if matter.handovers.filter(state=State.WAITING).exists():
        raise Refused("本事项已经移送，等待接收；要改送其他院的，先撤回。")
    if matter.closed:
        raise Refused("本事项已经办结，不能移送。")
    today, acts = queries.today(who), recording.acts_of(matter, procedure)
    sent = reading.read(
        procedure, procedure.acts["forward"], {"receiver": office.name, "why": why}, on, today=today, acts=acts
    )
    new, kind = [sent], moving(procedure)
    if kind is not None:
        act = _moving(procedure, kind, office, why, on, today, acts)
        if ends_here(procedure, kind):
            new.append(act)
        elif refusal := check(procedure, acts, Act(kind.key, act.on, act.facts)):
            raise Refused(refusal.says, cite=refusal.cite, fields=dict(refusal.fields))
    recording.append(who, matter, procedure, new)
    made = Handover.objects.create(
        matter=matter, sender=matter.office, receiver=office, number=matter.number, act=kind.key if kind else "",
        why=why.strip()[:400], sent_on=reading.day(sent.on), sent_by_id=who.user.pk, sent_at=who.at,
    )  # fmt: skip
    _told(who, matter, "移送事项", receiver=office.code)
    return made


@dataclass(frozen=True)
class Reception:
    """How a matter is received: on which day, by whom it is to be handled, in which department."""

    on: str
    handler: str = ""
    department: str = ""


@transaction.atomic
def receive(who: Acting, handover_id: int, how: Reception) -> Matter:
    """Receive what was handed over to one's own office. Returns the matter that the office handles from now on."""
    one = _answering(who, handover_id)
    matter, procedure, today = one.matter, actions.procedure_of(one.matter), queries.today(who)
    acts = recording.acts_of(matter, procedure)
    typed = {"sender": one.sender.name, "sender_number": one.number}
    took = reading.read(procedure, procedure.acts["take_over"], typed, how.on, today=today, acts=acts)
    if reading.day(took.on) < one.sent_on:
        raise Refused("接收日期早于移送日期。", fields={"on": f"不能早于移送日期{one.sent_on.isoformat()}"})
    new = [took]
    if how.handler:
        person = handling.handlers(who, one.receiver.path).filter(username=how.handler).first()
        if person is None:
            raise Refused("请选择一名本院的承办人。", fields={"handler": "请选择一名本院的承办人"})
        new.append(reading.handing(procedure, person, today, "指定分案", "", first=True))
    kind = procedure.acts.get(one.act)
    if ends_here(procedure, kind):
        assert kind is not None
        received = one.became = _begun(who, one, procedure, kind, acts, new, how)
    else:
        if matter.closed:
            raise Refused("移送以后本事项已由移送院办结，不能接收，可以退回。")
        if kind is not None:
            new.insert(0, _moving(procedure, kind, one.receiver, one.why, how.on, today, acts))
        received = _moved(who, one, procedure, new, how)
    one.state, one.answered_on, one.answered_by_id = State.TAKEN, reading.day(took.on), who.user.pk
    one.save()
    _told(who, received, "接收移送的事项", sender=one.sender.code, former=one.number)
    return received


@transaction.atomic
def give_back(who: Acting, handover_id: int, why: str) -> Handover:
    """Send back, with a reason, what was handed over to one's own office."""
    return _undone(who, _answering(who, handover_id), State.RETURNED, "受移送的人民检察院退回", why)


@transaction.atomic
def recall(who: Acting, handover_id: int, why: str) -> Handover:
    """Take back, with a reason, what one's office handed over and nobody has received."""
    one = _locked(who, handover_id)
    if not queries.writable(who, one.matter):
        raise Refused(f"本事项由{one.sender.name}移送，由该院撤回。")
    return _undone(who, one, State.RECALLED, "移送的人民检察院撤回", why)


def _undone(who: Acting, one: Handover, state: str, outcome: str, why: str) -> Handover:
    """The matter stays with its office; an act that had ended it is revoked."""
    if not why.strip():
        raise Refused("请写明理由。", fields={"why": "请写明理由"})
    matter, procedure, today = one.matter, actions.procedure_of(one.matter), queries.today(who)
    acts, on = recording.acts_of(matter, procedure), today.isoformat()
    told = {"outcome": outcome, "why": why.strip()}
    new = [reading.read(procedure, procedure.acts["give_back"], told, on, today=today, acts=acts)]
    if ends_here(procedure, procedure.acts.get(one.act)):
        ended = next((act for act in reversed(list(in_force(acts))) if act.kind == one.act), None)
        if ended is not None:
            typed = {"act": ended.id, "because": f"{outcome}：{why.strip()}"}
            new.append(reading.read(procedure, procedure.acts[casebook.REVOKE], typed, on, today=today, acts=acts))
    recording.append(who, matter, procedure, new)
    one.state, one.answer = state, why.strip()[:400]
    one.answered_on, one.answered_by_id = today, who.user.pk
    one.save()
    _told(who, matter, State(state).label.removeprefix("已") + "移送的事项", why=one.answer)
    return one


def _moved(who: Acting, one: Handover, procedure: type[Procedure], new: list[Any], how: Reception) -> Matter:
    """The matter itself goes to the receiver, who gives it a number of its own; those of the sender only read it."""
    matter, former = one.matter, one.matter.handler
    matter.office, matter.department = one.receiver, how.department.strip()[:40]
    matter.number = numbering.intake_number(one.receiver, reading.day(new[0].on).year, procedure.code)
    recording.append(who, matter, procedure, new)
    Access.objects.filter(matter=matter, writes=True).update(writes=False)
    if former and matter.restriction:
        facts = {"why": "移送前的承办人", "by_id": who.user.pk, "at": who.at}
        Access.objects.get_or_create(matter=matter, user=former, defaults=facts)
    return matter


def _begun(
    who: Acting, one: Handover, procedure: type[Procedure], kind: ActKind, acts: list[Act], new: list[Any], how: Reception
) -> Matter:  # fmt: skip
    """The receiver's own matter: opened with what the sender's was opened with, the persons registered there too."""
    begins = procedures().get(kind.leads_to[0], procedure) if kind.leads_to else procedure
    carried = []
    for act in in_force(acts):
        own = begins.acts.get(act.kind)
        if own is not None and (own.opens or own.key == "party"):
            carried.append(reading.NewAct(own, reading.moment(how.on), dict(act.facts)))
    source = one.matter
    matter = Matter(
        office=one.receiver, procedure=begins.key, line=begins.line.value, case_type=source.case_type,
        number=numbering.intake_number(one.receiver, reading.day(new[0].on).year, begins.code), title=source.title,
        department=how.department.strip()[:40], restriction=source.restriction,
    )  # fmt: skip
    recording.append(who, matter, begins, [*carried, *new])
    Link.objects.create(matter=source, other=matter, kind=Link.Kind.LED_TO, by_id=who.user.pk, at=who.at)
    return matter


def _moving(
    procedure: type[Procedure], kind: ActKind, office: Office, why: str, on: str, today: dt.date, acts: list[Act]
) -> reading.NewAct:
    typed = {kind.moves: office.name} | ({"reason": why} if kind.fact("reason") and why.strip() else {})
    return reading.read(procedure, kind, typed, on, today=today, acts=acts)


def _receiver(matter: Matter, named: str) -> Office:
    office = people.office_named(named.strip())
    if office is None:
        raise Refused(
            "本系统内没有这个人民检察院。",
            fields={"receiver": "本系统内没有这个人民检察院，请从列出的名称中选择；不在本系统内的，见下方说明"},
        )
    if office.pk == matter.office_id:
        raise Refused("本事项就由该院办理。", fields={"receiver": "本事项就由该院办理"})
    return office


def _answering(who: Acting, handover_id: int) -> Handover:
    """The handover, locked, if it waits for the office of that person, who may accept matters there."""
    one = _locked(who, handover_id)
    if one.receiver_id != who.user.office_id or who.role not in OPENERS:
        raise Refused(f"由{one.receiver.name}受理事项的人员接收或者退回，您（{label(who.role)}）可以查看。")
    return one


def _locked(who: Acting, handover_id: int) -> Handover:
    """The handover with its matter, both locked, while it still waits."""
    found = queries.handovers(who).filter(pk=handover_id).values_list("matter_id", flat=True).first()
    if found is None:
        raise NotFound
    matter = Matter.objects.select_for_update().get(pk=found)  # nothing joined: its office may change meanwhile
    waiting = queries.handovers(who).select_for_update(of=("self",)).select_related("sender", "receiver")
    one = waiting.filter(pk=handover_id).first()
    if one is None:
        raise NotFound
    one.matter = matter
    if one.state != State.WAITING:
        when = f"{one.answered_on.isoformat()} " if one.answered_on else ""
        raise Refused(f"这次移送{when}{one.get_state_display()}，不能再处理。")
    return one


def _told(who: Acting, matter: Matter, action: str, **detail: Any) -> None:
    audit.record(who, action, kind="事项", object_id=matter.number, seq=matter.seq, stage=matter.stage, **detail)
