"""示证: a list of materials for a hearing, in order, each with what it proves and who gave it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from jianwei.desk.evidence import custody, queries
from jianwei.desk.evidence.errors import Conflict, NotFound, Refused
from jianwei.desk.evidence.models import Custody, Exhibit, Material, Presentation, Stage
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting

MOST_EXHIBITS = 300
HEADS = ("序号", "材料", "证据种类", "证明目的", "提供人", "文书编号", "存证编号", "可证明时间", "SHA-256", "SM3")


@transaction.atomic
def begin(who: Acting, *, title: str, number: str, hearing_on: dt.date | None) -> Presentation:
    """A new list; of a matter it takes in all its materials, in the order in which they were fixed."""
    matter = None
    if number.strip():
        matter = matters.by_number(who, number)
        if matter is None:
            raise Refused(
                "没有这个受案号的事项，或不在您的管辖范围内。", {"matter": "没有这个受案号，或不在您的管辖范围内"}
            )
        if not matters.writable(who, matter):
            raise Refused("您可以查看该事项，不能为它准备示证。", {"matter": "不能为该事项准备示证"})
    elif not queries.may_fix(who):
        raise Refused("您的职责不能准备示证清单。")
    name = " ".join(title.split())[:120]
    if not name:
        raise Refused("请填写名称。", {"title": "请填写名称，例如“一审开庭示证”"})
    made = Presentation.objects.create(
        office=matter.office if matter else who.user.office, matter=matter, title=name, hearing_on=hearing_on, by_id=who.user.pk, at=who.at,
        updated_at=who.at,
    )  # fmt: skip
    if matter:
        whole = (
            queries.of_matter(who, matter.pk).exclude(stage=Stage.ERASED).filter(corrections=None).exclude(sha256="")
        )
        chosen = whole.order_by("at", "pk")[:MOST_EXHIBITS]
        Exhibit.objects.bulk_create(
            Exhibit(presentation=made, material=one, place=place, holder=one.holder)
            for place, one in enumerate(chosen, 1)
        )
    audit.record(
        who, "拟定示证清单", kind="示证清单", object_id=str(made.pk), title=name, matter=matter.number if matter else ""
    )
    return made


@transaction.atomic
def save(who: Acting, presentation_id: int, revision: int, typed: Mapping[int, Mapping[str, str]]) -> Presentation:
    """``typed``: by exhibit its ``place`` (a number; empty drops it), ``proves`` and ``holder``."""
    one = _held(who, presentation_id, revision)
    kept = []
    for exhibit in one.exhibits.all():
        said = typed.get(exhibit.pk)
        if said is None:
            kept.append((exhibit.place, exhibit))
            continue
        place = said.get("place", "").strip()
        if not place:
            exhibit.delete()
            continue
        exhibit.proves, exhibit.holder = said.get("proves", "").strip()[:500], said.get("holder", "").strip()[:120]
        kept.append((int(place) if place.isdecimal() and len(place) < 6 else exhibit.place, exhibit))
    for nth, (_, exhibit) in enumerate(sorted(kept, key=lambda pair: (pair[0], pair[1].place)), 1):
        exhibit.place = nth
        exhibit.save(update_fields=["place", "proves", "holder"])
    _touched(who, one, "修改示证清单")
    return one


@transaction.atomic
def add(who: Acting, presentation_id: int, revision: int, material_ids: Iterable[str]) -> int:
    """Put materials in sight at the end of a list; how many were new."""
    one = _held(who, presentation_id, revision)
    there = set(one.exhibits.values_list("material", flat=True))
    wanted = [name for name in dict.fromkeys(material_ids) if name not in there]
    found = {x.pk: x for x in queries.visible(who).filter(pk__in=wanted).exclude(stage=Stage.ERASED)}
    chosen = [found[name] for name in wanted if name in found][: MOST_EXHIBITS - len(there)]
    last = one.exhibits.aggregate(last=Max("place"))["last"] or 0
    Exhibit.objects.bulk_create(
        Exhibit(presentation=one, material=x, place=last + place, holder=x.holder) for place, x in enumerate(chosen, 1)
    )
    _touched(who, one, "修改示证清单")
    return len(chosen)


def _held(who: Acting, presentation_id: int, revision: int) -> Presentation:
    if queries.presentation(who, presentation_id) is None:
        raise NotFound
    one = Presentation.objects.select_for_update(of=("self",)).get(pk=presentation_id)
    if not queries.presents(who, one):
        raise Refused("您可以查看这份清单，不能修改。")
    if one.revision != revision:
        raise Conflict("您打开本页之后，他人已修改过这份清单。请刷新后再改；您填写的内容可在上一页找回。")
    return one


def _touched(who: Acting, one: Presentation, what: str) -> None:
    one.revision += 1
    one.updated_at = who.at
    one.save(update_fields=["revision", "updated_at"])
    audit.record(who, what, kind="示证清单", object_id=str(one.pk), exhibits=one.exhibits.count())


def exhibits(who: Acting, one: Presentation) -> list[Exhibit]:
    """Those of a list that the asker sees, in order: one whose matter was sealed since is not among them."""
    seen = queries.visible(who).order_by().values("pk")
    found = one.exhibits.filter(material__in=seen).select_related("material__office", "material__matter")
    return list(found)


@transaction.atomic
def shown(who: Acting, one: Presentation, material: Material) -> None:
    """A material was shown at the hearing: a line of its custody."""
    custody.record(who, material, Custody.Verb.SHOWN, purpose=f"示证：{one.title}", before=material.sha256)


def lines(found: Sequence[Exhibit]) -> list[list[str | int]]:
    """The list as a table."""
    return [
        [
            place, x.material.name, x.material.category, x.proves, x.holder, x.material.doc_no, x.material.pk,
            f"{x.material.proven_at:%Y-%m-%d %H:%M}" if x.material.proven_at else "", x.material.sha256, x.material.sm3,
        ]
        for place, x in enumerate(found, 1)
    ]  # fmt: skip
