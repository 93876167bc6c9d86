"""The only way to write the register and to draw from it: one verb, one transaction, one audit entry."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jianwei.desk.allotment import drawing
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.roles import ALLOTTERS
from jianwei.desk.listeners import queries
from jianwei.desk.listeners.models import Kind, Listener, ListenerDraw
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters import queries as matter_queries
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import label


@transaction.atomic
def enrol(who: Acting, kind: str, name: str, trade: str) -> Listener:
    """Put somebody on the register of the own office."""
    _may(who, "登记听证员")
    if kind not in Kind.values or not name.strip():
        raise Refused("请选择名库并写明姓名。", {"name": "请写明姓名"})
    try:
        with transaction.atomic():
            made = Listener.objects.create(
                office=who.user.office, kind=kind, name=name.strip()[:40], trade=trade.strip()[:80], by_id=who.user.pk, at=who.at
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(f"“{name.strip()}”已在{kind}中；同名的请加注区别。", {"name": "已在库中"}) from error
    audit.record(who, "听证员入库", kind="听证员", object_id=made.name, register=kind)
    return made


@transaction.atomic
def strike(who: Acting, listener_id: int) -> None:
    """Take somebody off the register; what was drawn before stays."""
    _may(who, "登记听证员")
    found = queries.register(who).filter(pk=listener_id).first()
    if found is None:
        raise NotFound
    found.left_at = who.at
    found.save(update_fields=["left_at"])
    audit.record(who, "听证员出库", kind="听证员", object_id=found.name, register=found.kind)


@transaction.atomic
def draw(
    who: Acting, matter_id: int, seq: int, kind: str, count: int, recused: tuple[str, ...], seed: str, *, why: str, witness: str
) -> ListenerDraw:  # fmt: skip
    """Draw ``count`` people for a hearing and record the act on the matter.

    Raises ``NotFound``, ``Refused``, and the matters' own ``Refused`` and ``Conflict``.
    """
    _may(who, "抽选听证员")
    matter = queries.hearing(who, matter_id)
    if matter is None:
        raise NotFound
    everybody = set(queries.register(who).filter(kind=kind).values_list("name", flat=True))
    if unknown := sorted(set(recused) - everybody):
        raise Refused(f"{'、'.join(unknown)}不在{kind}中。", {"recused": "不在库中"})
    left_out = set(recused) | (queries.drawn_before(who, matter_id) & everybody)
    pool = sorted(everybody - left_out)
    if not 0 < count <= len(pool):
        raise Refused(f"可抽选的人只有{len(pool)}名，不能抽选{count}名。", {"count": f"可抽选的人有{len(pool)}名"})
    drawn = drawing.several(pool, count, seed, matter.number)
    typed = {"seed": seed, "drawn": "、".join(drawn), "recused": "、".join(recused)}
    first = matter.stage == queries.FIRST
    if first:
        typed |= {"pool": kind, "pool_size": str(len(everybody)), "drawn_by": who.user.name, "witness": witness}
    else:
        typed["why"] = why
    on = matter_queries.today(who).isoformat()
    row = matters.record_act(who, matter_id, seq, "draw" if first else "redraw", typed, on=on)
    made = ListenerDraw.objects.create(
        matter=matter, number=matter.number, seq=row.seq, kind=kind, pool=pool, left_out=sorted(left_out), seed=seed,
        version=drawing.VERSION, drawn=list(drawn), by_id=who.user.pk, at=who.at,
    )  # fmt: skip
    audit.record(
        who, "抽选听证员", kind="事项", object_id=matter.number, draw=made.pk, pool=len(pool), drawn=len(drawn)
    )
    return made


def _may(who: Acting, what: str) -> None:
    if who.role not in ALLOTTERS:
        raise Refused(f"{label(who.role)}不能{what}。")
