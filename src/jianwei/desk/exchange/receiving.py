"""收件: a package comes as a file or lies in the inbox; it is judged, and that it came goes into the log by itself.

Nothing is kept of what proves no sender, or is for somebody else. The same package again gives the same answer and changes
nothing; only one that was damaged on its way, and not answered yet, is judged anew from a better disc.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction

from jianwei.desk.evidence import fixing, ledger
from jianwei.desk.evidence.models import Material, Source
from jianwei.desk.evidence.receiving import Receiving
from jianwei.desk.exchange import checking, codes, container, counterparts, queries, sending
from jianwei.desk.exchange.checking import Judged
from jianwei.desk.exchange.codes import Finding, found
from jianwei.desk.exchange.errors import Conflict, NotFound, Refused, Rejected, TooLarge
from jianwei.desk.exchange.manifest import RECORD, Manifest
from jianwei.desk.exchange.models import Arrival, Package, Received, Stand, Taken
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import label
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import digests
from jianwei.seal.vault.manifest import Reference

BUNDLE = "application/vnd.jianwei.evb"


def stored(package_id: str) -> Path:
    """Where a package lies until it is answered; ``package_id`` is a ULID that was checked."""
    return sending.place() / f"{package_id}.jwx"


def upload(arrival: Arrival) -> Receiving:
    return Receiving(Path(settings.JIANWEI_HOME) / "uploads", arrival.pk, arrival.size)


@transaction.atomic
def begin(who: Acting, *, name: str, size: int) -> Arrival:
    """Open an upload in chunks."""
    _allowed(who, size)
    arrival = Arrival.objects.create(
        id=ledger.new_id(who.at), office_id=who.user.office_id, by_id=who.user.pk, at=who.at, name=name[:200], size=size
    )  # fmt: skip
    upload(arrival).begin()
    audit.record(who, "开始上传", kind="移送包", object_id=arrival.pk, size=size)
    return arrival


@transaction.atomic
def abandon(who: Acting, arrival_id: str) -> None:
    arrival = queries.arrival(who, arrival_id)
    if arrival is None:
        raise NotFound
    upload(arrival).discard()
    arrival.delete()
    audit.record(who, "放弃上传", kind="移送包", object_id=arrival_id)


def finish(who: Acting, arrival_id: str) -> Received:
    """Judge a package that came whole. Raise ``Rejected`` with codes; the upload is gone then too."""
    arrival = queries.arrival(who, arrival_id)
    if arrival is None:
        raise NotFound
    file = upload(arrival)
    if not file.complete:
        raise Conflict(f"文件还没有传完：共 {arrival.size} 字节，已收到 {file.received()} 字节。")
    try:
        return _taken_in(who, file.path)
    finally:
        file.discard()
        arrival.delete()


def of_file(who: Acting, file: BinaryIO, size: int) -> Received:
    """Judge a package that came with a form."""
    _allowed(who, size)
    with tempfile.NamedTemporaryFile(prefix="jianwei-in-", dir=sending.place(), delete=False) as held:
        path = Path(held.name)
        try:
            shutil.copyfileobj(file, held, 1 << 20)
            held.flush()
            return _taken_in(who, path)
        finally:
            path.unlink(missing_ok=True)


def open_waiting(who: Acting, package_id: str) -> Received:
    """Take a package out of the inbox and judge it as if it had come on a disc."""
    one = queries.received(who, package_id)
    if one is None:
        raise NotFound
    if not queries.answers(who, one):
        raise Refused(f"移送包由{one.office.name}有权受理的人员开启，您（{label(who.role)}）可以查看。")
    if one.state != Stand.WAITING or one.package is None:
        return one
    _allowed(who, 1)
    with tempfile.NamedTemporaryFile(prefix="jianwei-in-", dir=sending.place(), delete=False) as held:
        path = Path(held.name)
        try:
            sending.write(one.package, cast(BinaryIO, held))
            held.flush()
            return _taken_in(who, path)
        finally:
            path.unlink(missing_ok=True)


def _allowed(who: Acting, size: int) -> None:
    if not queries.may_receive(who):
        raise Refused(f"您的职责（{label(who.role)}）不能接收移送包。")
    if size <= 0:
        raise Refused("请选择移送包（.jwx）。", {"file": "请选择移送包（.jwx）"})
    if size > settings.JIANWEI_LARGEST_EVIDENCE:
        raise TooLarge(settings.JIANWEI_LARGEST_EVIDENCE)
    ledger.needed(who.user.office)


def _taken_in(who: Acting, path: Path) -> Received:
    office = who.user.office
    believed = partial(counterparts.believed, office)
    with path.open("rb") as file:
        first = checking.origin_of(file, believed, who.at)
        manifest = first.manifest
        if manifest is None or first.proof is None:
            raise _rejected(who, first.findings)
        if manifest.recipient.code != office.code:
            raise _rejected(who, checking.addressed(manifest, office.code))
        known = Received.objects.filter(pk=manifest.id).first()
        if known and known.sha256 != first.sha256:
            raise _rejected(who, (found(codes.TWICE, "这个包号已收到过，清单不同。"),))
        if known and known.state != Stand.WAITING and (not known.barred or known.state != Stand.CHECKED):
            audit.record(
                who, "再次收到移送包", kind="移送包", object_id=known.pk, result=str(known.get_state_display())
            )
            return known
        findings = (*checking.contents(file, first, believed, who.at), *_in_order(who, manifest, first.sha256))
        record = _record_bytes(file, first)
    one = _kept(who, path, first, findings)
    put_record(one, record)
    return one


def _rejected(who: Acting, findings: tuple[Finding, ...]) -> Rejected:
    audit.record(who, "接收移送包", kind="移送包", result="拒绝", codes=[one.code for one in findings])
    return Rejected(findings)


def _in_order(who: Acting, manifest: Manifest, sha256: str) -> Iterator[Finding]:
    """How the package stands among those of the same sender that came before."""
    others = Received.objects.filter(office=who.user.office_id, origin=manifest.sender.origin).exclude(pk=manifest.id)
    if same := others.filter(number=manifest.number).first():
        yield found(codes.TWICE, f"第 {manifest.number} 号已用于包 {same.pk}。")
    before, after = (others.filter(number=manifest.number + step).first() for step in (-1, 1))
    previous = manifest.previous
    if before and previous and (before.pk, before.sha256) != (previous.id, previous.sha256):
        yield found(codes.TWICE, f"清单所说的前一个包（{previous.id}）不是本院收到的第 {before.number} 号包。")
    if after and after.manifest.get("previous") != {"id": manifest.id, "sha256": sha256}:
        yield found(codes.TWICE, f"本院收到的第 {after.number} 号包所说的前一个包不是这一个。")
    if before and before.made_at > manifest.made_at:
        yield found(codes.CLOCK, "制作时间早于前一个包：发送方的时钟被拨回，或者包的先后有误。")
    if previous and before is None:
        yield found(codes.GAP, f"第 {manifest.number - 1} 号（{previous.id}）还没有收到，请向移送单位查明。")
    if others.filter(number__gt=manifest.number).exists():
        yield found(codes.LATE, "序号更大的包已经收到。请核对内容有没有被后来的包改变。")


def _record_bytes(file: BinaryIO, one: Judged) -> bytes:
    return container.small(file, one.members[RECORD], checking.MOST_RECORD)


@transaction.atomic
def _kept(who: Acting, path: Path, first: Judged, findings: tuple[Finding, ...]) -> Received:
    assert first.manifest and first.proof
    facts = sending.described(first.manifest, first.sha256) | {
        "office_id": who.user.office_id, "state": Stand.CHECKED, "findings": [one.as_json() for one in findings],
        "barred": any(one.bars for one in findings), "proof": vars(first.proof), "by_id": who.user.pk, "at": who.at, "updated_at": who.at,
    }  # fmt: skip
    sent = Package.objects.filter(pk=first.manifest.id, sha256=first.sha256, to_office=who.user.office_id)
    one, new = Received.objects.update_or_create(id=first.manifest.id, defaults=facts | {"package": sent.first()})
    Taken.objects.filter(received=one).delete()
    Taken.objects.bulk_create(
        Taken(received=one, place=place, path=item.path) for place, item in enumerate(first.manifest.items, 1)
    )
    audit.record(
        who, "接收移送包", kind="移送包", object_id=one.pk, result="核验不通过" if one.barred else "成功", purpose=one.purpose,
        sender=one.sender_name, number=one.number, again=not new, codes=[finding.code for finding in findings],
    )  # fmt: skip
    path.replace(stored(one.pk))
    return one


def put_record(one: Received, record: bytes) -> None:
    """Write into the log that the package came: the original is the sender's record of it, with its proof."""
    if one.record_id is not None:
        return
    size = digests(io.BytesIO(record))
    kept = Material(
        id=ledger.new_id(one.at), office=one.office, kind=Kind.EXCHANGE, source=Source.EXCHANGE, source_id=one.pk,
        name=f"收到{one}.evb"[:200], media_type=BUNDLE, size=size.size, sha256=size.sha256, sm3=size.sm3,
        case_ref=f"{one.case_number} {one.case_title}".strip()[:200], note=f"移送包 {one.pk}，移送事由：{one.purpose}", by=one.by,
        at=one.at, updated_at=one.at,
    )  # fmt: skip
    if one.restricted and one.matter is None:  # the desk shows it only to who sees the matter that it is taken into
        ledger.put(kept, io.BytesIO(record), prev=(leaf(one),))
        return
    kept.matter = one.matter
    one.record = fixing.keep(kept, record, prev=(leaf(one),), result="收到移送包，自动存证")
    Received.objects.filter(pk=one.pk).update(record=one.record)


def leaf(one: Received) -> Reference:
    """How records here name the sender's record of a package."""
    return Reference(int(one.proof["index"]), str(one.proof["leaf"]), "接收", str(one.proof["origin"]))


def missing() -> list[Callable[[], object]]:
    """For the background worker: records of what came that an interruption kept from the log."""
    waiting = Received.objects.filter(record=None, state=Stand.CHECKED, restricted=False).select_related("office", "by")
    return [partial(_put_again, one) for one in waiting[:100] if stored(one.pk).is_file()]


def _put_again(one: Received) -> None:
    with stored(one.pk).open("rb") as file:
        put_record(one, container.small(file, container.members(file)[RECORD], checking.MOST_RECORD))
