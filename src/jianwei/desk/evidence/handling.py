"""What is done with a material that is in the log: seen, taken out, handed over, corrected. Each leaves its line of custody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from jianwei.desk.evidence import custody, ledger, queries
from jianwei.desk.evidence.errors import Conflict, NotFound, Refused
from jianwei.desk.evidence.forms import FixForm
from jianwei.desk.evidence.models import Custody, Material, Stage
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import PIECE
from jianwei.seal.vault.manifest import Manifest

CORRECTABLE = ("name", "category", "doc_no", "collected_at", "place", "method", "collectors", "holder", "witness_person", "device", "device_sig", "note")  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """A file on its way out."""

    name: str
    media_type: str
    size: int | None
    pieces: Iterator[bytes]


def seen(who: Acting, material_id: str) -> Material:
    """Open a material to read; it is recorded. Raise ``NotFound``."""
    one = found(who, material_id)
    custody.record(who, one, Custody.Verb.LOOKED, before=one.sha256)
    return one


def found(who: Acting, material_id: str) -> Material:
    one = queries.material(who, material_id)
    if one is None:
        raise NotFound
    return one


def held(who: Acting, material_id: str) -> Material:
    """A material that is still there."""
    one = found(who, material_id)
    if one.stage == Stage.ERASED:
        raise Refused("这份材料已依法删除，原件和说明都已销毁。")
    return one


def writes(who: Acting, material_id: str) -> Material:
    """A material that is still there and that this person may act on."""
    one = held(who, material_id)
    if not queries.writable(who, one):
        raise Refused(f"这份材料由{one.office.name}办理，您可以查看，不能处理。")
    return one


def original(who: Acting, material_id: str, purpose: str) -> Taken:
    """The file as it was taken in. It is hashed on its way; that it was read to its end is a line of its own."""
    one = held(who, material_id)
    if not one.sha256:
        raise Refused("这条记录没有原件。")
    words = custody.purpose_given(Custody.Verb.DOWNLOADED, purpose)
    custody.record(who, one, Custody.Verb.DOWNLOADED, purpose=words, before=one.sha256)
    return Taken(one.name, one.media_type or "application/octet-stream", one.size, _read(who, one))


def _read(who: Acting, one: Material) -> Iterator[bytes]:
    state = hashlib.sha256()
    with ledger.holding(one.office, one.pk) as log, _stream(log.original(one.pk)) as stream:
        while piece := stream.read(PIECE):
            state.update(piece)
            yield piece
    after = state.hexdigest()
    result = "一致" if after == one.sha256 else "不一致"
    custody.record(who, one, Custody.Verb.READ, before=one.sha256, after=after, result=result)


def part(one: Material, begin: int, end: int) -> Iterator[bytes]:
    """Bytes ``begin`` to ``end`` of the file of a material that the caller was allowed to see; what is before them is not read."""
    left = end - begin
    with ledger.holding(one.office, one.pk) as log, _stream(log.original(one.pk, begin)) as stream:
        while left and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _stream(stream: BinaryIO | None) -> BinaryIO:
    if stream is None:
        raise Refused("这条记录没有原件。")
    return stream


@transaction.atomic
def hand_over(who: Acting, material_id: str, *, recipient: str, purpose: str) -> None:
    """Record in the log, too, that a material was handed over, and to whom."""
    one = writes(who, material_id)
    words = custody.purpose_given(Custody.Verb.TRANSFERRED, purpose)
    to = " ".join(recipient.split())[:200]
    if len(to) < 2:
        raise Refused("请写明接收单位和接收人。", {"recipient": "请写明接收单位和接收人"})
    said = Manifest(
        kind=Kind.TRANSFER, id=ledger.new_id(who.at), office=one.office.name, case_ref=one.case_ref or None,
        prev=(ledger.reference(one, "移送", one.office),),
        note=f"移送给：{to}\n目的：{words}\n经手：{who.user.office.name} {who.user.name}",
    )  # fmt: skip
    entry = ledger.put_manifest(one.office, said, None, who.at)
    custody.record(
        who, one, Custody.Verb.TRANSFERRED, purpose=words, recipient=to, before=one.sha256, result=f"移送记录 {entry}"
    )


@transaction.atomic
def belong(who: Acting, material_id: str, matter: Matter, why: str) -> Material:
    """Say which matter a material belongs to. That is the desk's word alone: what the log was told stays as it was first fixed."""
    one = writes(who, material_id)
    if not matters.writable(who, matter):
        raise Refused(f"该事项由{matter.office.name}办理，您可以查看，不能归入材料。")
    if matter.office_id != one.office_id:
        raise Refused(f"这份材料在{one.office.name}的存证日志里，只能归入该院办理的事项。")
    if one.matter_id == matter.pk:
        raise Refused("这份材料已经归入该事项。")
    reason = " ".join(why.split())[:120]
    if one.matter and len(reason) < 2:
        raise Refused("改归其他事项的，请写明理由。", {"why": "请写明理由"})
    before = f"由 {one.matter.number} 改归" if one.matter else "归入"
    moved = Material.objects.filter(pk=one.pk, matter=one.matter_id).update(matter=matter.pk, updated_at=who.at)
    if not moved:
        raise Conflict("这份材料刚刚已由他人归入别的事项，请刷新后核对。")
    custody.record(
        who, one, Custody.Verb.BELONGED, purpose=reason, before=one.sha256, result=f"{before} {matter.number}"
    )
    one.refresh_from_db()
    return one


def correct(who: Acting, material_id: str, form: FixForm, why: str) -> Material:
    """Put a corrected record of collection beside the first one, which stays. The form must have been found valid."""
    one = writes(who, material_id)
    reason = " ".join(why.split())[:200]
    if len(reason) < 2:
        raise Refused("请写明更正的理由。", {"why": "请写明更正的理由"})
    better = Material(
        id=ledger.new_id(who.at), office=one.office, matter=one.matter, kind=Kind.CORRECTION, source=one.source, source_id=one.source_id,
        media_type=one.media_type, size=one.size, sha256=one.sha256, sm3=one.sm3, case_ref=one.case_ref, corrects=one,
        warnings=[f"更正 {one.pk}，理由：{reason}", *form.warnings], by_id=who.user.pk, at=who.at, updated_at=who.at,
        **{name: form.cleaned_data[name] for name in CORRECTABLE},
    )  # fmt: skip
    better.name = better.name or one.name
    better.note = better.note.replace("\r", "")
    better.device_sig = better.device_sig.replace("\r", "")
    if all(getattr(one, name) == getattr(better, name) for name in CORRECTABLE):
        raise Refused("没有改动。请改正有误的项目后再提交。")
    named = ledger.reference(one, "更正", one.office)
    with ledger.holding(one.office, one.pk) as log:
        entry = ledger.put(better, log.original(one.pk), prev=(named,))
    if there := queries.material(who, entry):
        return there
    better.id = entry  # another than ours where the log took it and a crash kept the desk from writing it down
    with transaction.atomic():
        better.save(force_insert=True)
        custody.record(
            who, one, Custody.Verb.CORRECTED, purpose=reason, before=one.sha256, after=one.sha256, result=better.pk
        )
        custody.record(who, better, Custody.Verb.FIXED, purpose=reason, after=better.sha256)
    return better
