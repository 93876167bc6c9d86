"""The only way to allot: one verb, one transaction, one audit entry beside that of the matter."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jianwei.desk.allotment import drawing, queries
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.models import Draw
from jianwei.desk.allotment.pool import Pool, pool
from jianwei.desk.allotment.roles import ALLOTTERS, CHANGERS
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.actions import Conflict
from jianwei.desk.matters.actions import Refused as RefusedAct
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import label

__all__ = ["Conflict", "NotFound", "Refused", "RefusedAct"]

Way = Draw.Way


@transaction.atomic
def draw(who: Acting, matter_id: int, expected_seq: int, seed: str, *, reason: str = "") -> Draw:
    """Give a matter to one of its pool by lot. ``reason`` is that of a change of handler, "" the first time.

    Raises ``NotFound``, ``Refused`` when nobody is left in the pool, ``Conflict`` when an act was recorded meanwhile.
    """
    matter, found = _begun(who, matter_id, expected_seq, reason)
    if not found.inside:
        raise Refused(f"{matter.number}没有可以抽取的人：全部候选人均被排除，请指定或者先登记专长、解除不参加分案。")
    outcome = drawing.drawn(found.names, seed, matter.number)
    return _given(who, matter, found, expected_seq, outcome, Way.RANDOM, seed=seed, reason=reason)


@transaction.atomic
def name(who: Acting, matter_id: int, expected_seq: int, username: str, why: str, *, reason: str = "") -> Draw:
    """Give a matter to a named person, with a reason. Somebody who must avoid it is refused."""
    matter, found = _begun(who, matter_id, expected_seq, reason)
    if not why.strip():
        raise Refused("指定分案须写明理由。", {"why": "请写明指定的理由"})
    everybody = {one.username: one for one in (*found.inside, *(one for one, _ in found.outside))}
    named = everybody.get(username)
    if named is None:
        raise Refused("请选择一名本院的承办人。", {"username": "请选择一名本院的承办人"})
    if recused := named.recused(queries.case(matter)):
        raise Refused(f"{named.name}须{recused[0]}，不能承办{matter.number}。", {"username": recused[0]})
    return _given(who, matter, found, expected_seq, username, Way.NAMED, why=why.strip()[:400], reason=reason)


def _begun(who: Acting, matter_id: int, expected_seq: int, reason: str) -> tuple[Matter, Pool]:
    """The matter and its pool, if that person may allot it now. Draws and recusals of one office take turns."""
    Office.objects.select_for_update().get(pk=who.user.office_id)
    matter = next(iter(queries.chosen(who, [matter_id])), None)
    if matter is None:
        raise NotFound
    if who.role not in (CHANGERS if reason else ALLOTTERS):
        raise Refused(f"{label(who.role)}不能{'变更承办人' if reason else '分案'}。")
    if matter.seq != expected_seq:
        raise Conflict(matter, tuple(act for act in matter.acts.all() if act.seq > expected_seq))
    if not reason and matter.handler_id is not None:
        raise Refused(f"{matter.number}已有承办人，请用“变更承办人”。")
    return matter, pool(queries.candidates(who), queries.case(matter))


def _given(
    who: Acting, matter: Matter, found: Pool, expected_seq: int, outcome: str, way: Way, *, reason: str, **more: Any
) -> Draw:
    """Record the act on the matter and the draw beside it."""
    said = "；".join(
        part for part in (str(more.get("why", "")), f"种子 {more['seed']}" if "seed" in more else "") if part
    )
    row = matters.assign(who, matter.pk, expected_seq, outcome, reason or str(way.label), said)
    person = {one.username: one.name for one in (*found.inside, *(one for one, _ in found.outside))}[outcome]
    made = Draw.objects.create(
        matter=matter, number=matter.number, office_id=matter.office_id, way=way, first=not reason, seq=row.seq,
        pool=found.inside_record(), left_out=found.outside_record(), version=drawing.VERSION, outcome=outcome,
        outcome_name=person, by_id=who.user.pk, at=who.at, **{**more, "why": more.get("why") or reason},
    )  # fmt: skip
    detail: dict[str, Any] = {
        "draw": made.pk,
        "outcome": outcome,
        "pool": len(found.inside),
        "left_out": len(found.outside),
    }
    audit.record(who, str(way.label), kind="事项", object_id=matter.number, purpose=made.why, **detail, seed=made.seed)
    return made


def looked(who: Acting, action: str, object_id: str = "", **detail: Any) -> None:
    """Record that pools, draws or recusals were shown."""
    audit.record(who, action, kind="分案", object_id=object_id, purpose="办案", **detail)


def refused(who: Acting, action: str, number: str, error: Exception) -> None:
    """Record that an allotment was refused; the refused transaction is over by then."""
    audit.record(who, action, kind="事项", object_id=number, result="拒绝", why=str(error)[:200])
