"""签收 and 退回: a person decides; what came becomes materials here, and the answer a record of kind 3 that the sender verifies.

The decision is written first. Taking the items into the log, the receipt, telling a sender of this installation, and clearing
the file follow, each step harmless when repeated; the background worker finishes what an interruption left.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any, BinaryIO

from django.db import transaction

from jianwei.desk.evidence import fixing, ledger
from jianwei.desk.evidence.models import Material, Source
from jianwei.desk.exchange import checking, codes, container, queries, receipts, receiving
from jianwei.desk.exchange.container import Held
from jianwei.desk.exchange.errors import Conflict, NotFound, Refused
from jianwei.desk.exchange.manifest import RECORD, Item
from jianwei.desk.exchange.models import Package, Received, Stand, State, Taken
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import label
from jianwei.seal import bundle
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import digests
from jianwei.seal.vault.manifest import Reference
from jianwei.seal.verifier import verify

_LENGTHS = {
    "place": 200,
    "method": 200,
    "holder": 120,
    "witness_person": 120,
    "device": 200,
    "device_sig": 2000,
}


def accept(who: Acting, package_id: str, *, number: str = "", why: str = "") -> Received:
    """签收, into the matter of that number or into none. Raise ``NotFound``, ``Refused`` by field, ``Conflict``."""
    one = _open(who, package_id)
    reason = " ".join(why.split())[:500]
    if one.barred:
        raise Refused("核验没有通过，不能签收。请退回，或者请对方重新送来完好的介质。")
    if one.findings and len(reason) < 4:
        raise Refused("有须由人判断的发现，签收的请写明理由。", {"why": "请写明签收的理由"})
    matter = _matter(who, one, number)
    if one.restricted and matter is None:
        raise Refused("对方限定了知悉范围，须归入本院同样限定的事项后签收。", {"number": "请先受理或选择事项"})
    _decided(who, one, Stand.ACCEPTED, "", reason, matter)
    complete(one, who.at)
    return one


def send_back(who: Acting, package_id: str, *, code: str, why: str) -> Received:
    """退回, with a code and the reasons. Raise ``NotFound``, ``Refused`` by field, ``Conflict``."""
    one = _open(who, package_id)
    reason = " ".join(why.split())[:500]
    faults = {finding["code"] for finding in one.findings}
    if code not in codes.BY_A_PERSON and code not in faults:
        raise Refused("请选择退回的原因。", {"code": "请选择退回的原因"})
    if code in codes.BY_A_PERSON and len(reason) < 4:
        raise Refused("请写明退回的理由，对方据此补正。", {"why": "请写明退回的理由"})
    _decided(who, one, Stand.RETURNED, code, reason, None)
    complete(one, who.at)
    return one


def _open(who: Acting, package_id: str) -> Received:
    one = queries.received(who, package_id)
    if one is None:
        raise NotFound
    if not queries.answers(who, one):
        raise Refused(f"由{one.office.name}有权受理的人员答复，您（{label(who.role)}）可以查看。")
    if one.state == Stand.WAITING:
        raise Refused("请先开启并核验。")
    if one.state != Stand.CHECKED:
        raise Conflict(f"这个包{one.get_state_display()}，不能再次答复。")
    return one


def _matter(who: Acting, one: Received, number: str) -> Matter | None:
    if not number.strip():
        return None
    matter = matters.by_number(who, number)
    if matter is None or matter.office_id != one.office_id or not matters.writable(who, matter):
        raise Refused("本院没有您可以办理的这个受案号的事项。", {"number": "没有您可以办理的这个受案号的事项"})
    if one.restricted and not matter.restriction:
        raise Refused(
            "对方限定了知悉范围，本院的这个事项没有限定。请先限定知悉范围。", {"number": "这个事项没有限定知悉范围"}
        )
    return matter


@transaction.atomic
def _decided(who: Acting, one: Received, state: Stand, code: str, why: str, matter: Matter | None) -> None:
    decided = {
        "state": state, "answer_code": code, "answer_why": why, "matter": matter, "answered_by_id": who.user.pk, "answered_at": who.at,
        "updated_at": who.at,
    }  # fmt: skip
    if not Received.objects.filter(pk=one.pk, state=Stand.CHECKED).update(**decided):
        raise Conflict("这个包刚刚已由他人答复。")
    if state == Stand.ACCEPTED:
        for taken in one.items.all():
            Taken.objects.filter(pk=taken.pk).update(material_id_ahead=ledger.new_id(who.at))
    one.refresh_from_db()
    audit.record(
        who, "签收移送包" if state == Stand.ACCEPTED else "退回移送包", kind="移送包", object_id=one.pk, purpose=why[:200],
        sender=one.sender_name, number=one.number, code=code, matter=matter.number if matter else "",
    )  # fmt: skip


def complete(one: Received, at: dt.datetime) -> None:
    """Do what the decision asks for and is not done yet."""
    file = receiving.stored(one.pk)
    if one.state == Stand.ACCEPTED and one.items.filter(material=None).exists():
        with file.open("rb") as whole:
            members = container.members(whole)
            receiving.put_record(one, container.small(whole, members[RECORD], checking.MOST_RECORD))
            for taken in one.items.filter(material=None):
                _take_in(one, taken, whole, members[taken.path])
    if one.receipt is None:
        _put_receipt(one)
    if one.package:
        _told(one.package, one)
    file.unlink(missing_ok=True)


def _take_in(one: Received, taken: Taken, whole: BinaryIO, held: Held) -> None:
    """One item becomes a material of this office; of a bundle its original does, and what proves it is kept beside."""
    assert one.answered_at
    item = Item(**one.manifest["items"][taken.place - 1])
    prev: tuple[Reference, ...] = (receiving.leaf(one),)
    said: dict[str, Any] = {}
    body = container.window(whole, held)
    if item.sort == "evidence":
        told, place = checking.record_of(body), checking.placed(body)
        prev, said = (*prev, Reference(place.index, place.leaf, "接收", place.origin)), _collected(told)
        taken.proof = _without_original(body)
        offset, size = verify.open_zip(body)["original"]
        body = container.window(whole, Held(held.offset + offset, size, 0))
    material = Material(
        id=taken.material_id_ahead, office=one.office, matter=one.matter, kind=Kind.MATERIAL, source=Source.EXCHANGE,
        source_id=f"{one.pk}/{taken.place}", name=item.title[:200], media_type=item.media_type[:100], size=item.size, sha256=item.sha256,
        sm3=item.sm3, case_ref=f"{one.case_number} {one.case_title}".strip()[:200], doc_no=(item.number or "")[:80],
        note=f"由{one.sender_name}以第 {one.number} 号移送包（{one.pk}）移送，第 {taken.place} 件"[:1000], by=one.answered_by,
        at=one.answered_at, updated_at=one.answered_at, **said,
    )  # fmt: skip
    taken.material = fixing.keep(material, body, prev=prev, result=f"随移送包 {one.pk} 签收")
    taken.save(update_fields=["material", "proof"])


def _collected(told: dict[str, Any]) -> dict[str, Any]:
    """The record of collection, in the sender's words."""
    collected = told.get("collected") or {}
    said: dict[str, Any] = {name: str(collected.get(name, ""))[:most] for name, most in _LENGTHS.items()}
    said["category"], said["collectors"] = str(told.get("category", ""))[:40], list(map(str, collected.get("by", [])))
    return said | {"collected_at": _moment(str(collected.get("at", "")))}


def _moment(text: str) -> dt.datetime | None:
    """None for what is no time, and at the ends of the calendar, where no other zone has a time for it."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo and dt.MINYEAR < at.year < dt.MAXYEAR else None


def _without_original(file: BinaryIO) -> bytes:
    out = io.BytesIO()
    names = [name for name in verify.open_zip(file) if name != "original"]
    bundle.pack(out, ((name, len(content), (content,)) for name in names for content in (checking.member(file, name),)))
    return out.getvalue()


def their_bundle(taken: Taken, out: BinaryIO) -> None:
    """The sender's own bundle of a material that was taken in, byte for byte as it came."""
    if taken.material is None or taken.proof is None:
        raise NotFound
    proof = io.BytesIO(bytes(taken.proof))
    with ledger.holding(taken.material.office, taken.material.pk) as log, ExitStack() as kept:
        stream = log.original(taken.material.pk)
        if stream is None:
            raise NotFound
        original = kept.enter_context(stream)
        first = [("original", taken.material.size or 0, iter(lambda: original.read(bundle.CHUNK), b""))]
        others = (
            (name, len(body), (body,)) for name in verify.open_zip(proof) for body in (checking.member(proof, name),)
        )
        bundle.pack(out, (*first, *others))


def their_file(taken: Taken, out: BinaryIO) -> None:
    """A file that was taken in, as it came."""
    if taken.material is None:
        raise NotFound
    with ledger.holding(taken.material.office, taken.material.pk) as log, ExitStack() as kept:
        if stream := log.original(taken.material.pk):
            shutil.copyfileobj(kept.enter_context(stream), out, bundle.CHUNK)


def _put_receipt(one: Received) -> None:
    assert one.answered_at and one.answered_by
    content = receipts.Receipt(
        package=one.pk, sha256=one.sha256, number=one.number, sender=one.sender_code, recipient=one.office.code, recipient_name=one.office.name,
        answer=one.state, code=one.answer_code, why=one.answer_why, by=one.answered_by.name, at=one.answered_at,
        findings=tuple(f"{f['code']} {f['says']}" for f in one.findings),
    ).encode()  # fmt: skip
    found = digests(io.BytesIO(content))
    kept = Material(
        id=ledger.new_id(one.answered_at), office=one.office, matter=one.matter, kind=Kind.RECEIPT, source=Source.EXCHANGE, source_id=one.pk,
        name=f"{one.get_state_display()}{one.sender_name}第{one.number}号移送包的回执.json"[:200], media_type="application/json",
        size=found.size, sha256=found.sha256, sm3=found.sm3, note=receipts.verdict(one), by=one.answered_by, at=one.answered_at,
        updated_at=one.answered_at,
    )  # fmt: skip
    one.receipt = fixing.keep(kept, content, prev=(receiving.leaf(one),), result="答复移送包，自动存证")
    Received.objects.filter(pk=one.pk).update(receipt=one.receipt)


def _told(package: Package, one: Received) -> None:
    """The sender is an office of this installation: it is told at once; what proves it follows when others have signed."""
    assert one.answered_by and one.answered_at
    Package.objects.filter(pk=package.pk, state__in=(State.MADE, State.SENT)).update(
        state=State.ACCEPTED if one.state == Stand.ACCEPTED else State.RETURNED, answered_at=one.answered_at,
        answered_by=f"{one.office.name} {one.answered_by.name}", answer_code=one.answer_code, answer_why=one.answer_why,
        updated_at=one.answered_at,
    )  # fmt: skip


def missing(at: dt.datetime) -> list[Callable[[], object]]:
    """For the background worker: answers that an interruption left half done."""
    answered = Received.objects.filter(state__in=(Stand.ACCEPTED, Stand.RETURNED), receipt=None)
    return [
        partial(complete, one, at) for one in answered.select_related("office", "package", "answered_by", "matter")[:50]
    ]


def attach(who: Acting, package_id: str, number: str) -> None:
    """Put what was accepted without a matter into one. The log's records stay as they are: they name the sender's matter."""
    one = queries.received(who, package_id)
    if one is None:
        raise NotFound
    if not queries.answers(who, one) or one.state != Stand.ACCEPTED or one.matter_id is not None:
        raise Refused("只有签收了而没有归入事项的包，由本院有权受理的人员归入。")
    matter = _matter(who, one, number)
    if matter is None:
        raise Refused("请写明受案号。", {"number": "请写明受案号"})
    with transaction.atomic():
        Received.objects.filter(pk=one.pk).update(matter=matter, updated_at=who.at)
        mine = Material.objects.filter(pk__in=one.items.values("material"), matter=None)
        mine.update(matter=matter, updated_at=who.at)
        audit.record(who, "移送包归入事项", kind="移送包", object_id=one.pk, matter=matter.number)
