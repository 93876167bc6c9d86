"""移送 from one office to another: made, witnessed, sent, checked, answered; both can prove it afterwards."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sealed_homes import SIBLING, SealedHome

from jianwei.desk.evidence import inspecting, ledger, trust, watching
from jianwei.desk.evidence.models import Custody, Inspection, Material, Source
from jianwei.desk.evidence.packing import packed as bundled
from jianwei.desk.exchange import answering, making, receipts, receiving, sending, tasks
from jianwei.desk.exchange.errors import Conflict, Refused
from jianwei.desk.exchange.models import Package, Received, Stand, State
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.verifier import verify

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Make = Callable[..., Package]


def judged(bundle: bytes, home: SealedHome, code: str) -> dict[str, Any]:
    """What the stand-alone verifier says, under the policy of that office's log."""
    believed = trust.of(home.folder(code))
    assert believed
    return verify.verify(io.BytesIO(bundle), believed.policy, believed.policy_sm, now=int(time.time()))


def bundle_of(one: Material) -> bytes:
    with bundled(one, allow_fixed=False) as file:
        return file.read()


def taken_out(who: Acting, package: Package) -> bytes:
    return b"".join(sending.take_out(who, package.pk).pieces)


def test_a_package_goes_to_an_office_beside_and_its_receipt_comes_back(
    make: Make, sealed: SealedHome, acting: Who, material: Material
) -> None:
    package = make()
    assert package.record and package.pending is None
    assert making.waits(package)
    with pytest.raises(Conflict):
        taken_out(acting(), package)
    sealed.witnessed()
    assert tasks.sweep(acting().at.date(), acting().at) == 0, "the desk does not know yet that others have signed"
    watching.refresh(acting().at.date(), acting().at)
    tasks.sweep(acting().at.date(), acting().at)
    waiting = Received.objects.get()
    assert (waiting.state, waiting.office.code) == (Stand.WAITING, SIBLING)

    there = acting("prosecutor", "sibling")
    one = receiving.open_waiting(there, package.pk)
    assert (one.state, one.findings) == (Stand.CHECKED, [])
    answered = answering.accept(there, package.pk)
    package.refresh_from_db()
    assert (answered.state, package.state) == (Stand.ACCEPTED, State.ACCEPTED)
    assert package.answered_by.endswith(there.user.name)

    copy = answered.items.get(path=f"evidence/{material.pk}.evb").material
    assert copy and (copy.sha256, copy.source, copy.office.code) == (material.sha256, Source.EXCHANGE, SIBLING)
    assert copy.collectors == material.collectors and copy.collected_at == material.collected_at
    sealed.witnessed(SIBLING)
    watching.refresh(there.at.date(), there.at)
    assert tasks.sweep(there.at.date(), there.at) == 1
    package.refresh_from_db()
    assert package.answer and package.receipt_id == answered.receipt_id
    assert not receiving.stored(package.pk).exists()


def test_list_and_answer_are_records_of_the_logs_and_verify_without_the_desk(
    make: Make, sealed: SealedHome, acting: Who
) -> None:
    package = make()
    sealed.witnessed()
    content = taken_out(acting(), package)
    there = acting("prosecutor", "sibling")
    one = receiving.of_file(there, io.BytesIO(content), len(content))
    answered = answering.send_back(there, one.pk, code="42", why="缺少移送函，请补送")
    sealed.witnessed(SIBLING)
    assert package.record and one.record and answered.receipt
    sent = judged(bundle_of(package.record), sealed, "330602")
    came, receipt = (judged(bundle_of(x), sealed, SIBLING) for x in (one.record, answered.receipt))
    assert [x["ok"] for x in (sent, came, receipt)] == [True] * 3, [sent, came, receipt]
    assert [x["facts"]["kind"] for x in (sent, came, receipt)] == ["交换包", "交换包", "接收回执"]
    assert sent["facts"]["manifest"]["sha256"] == package.sha256
    named = receipt["facts"]["manifest"]["prev"][0]
    assert (named["index"], named["relation"]) == (sent["facts"]["log"]["index"], "接收")
    assert named["origin"] == sent["facts"]["log"]["origin"] and named["leaf"] == sent["facts"]["log"]["leaf_hash"]


def test_the_same_receipt_twice_is_one_answer_and_another_is_refused(
    make: Make, sealed: SealedHome, acting: Who
) -> None:
    package, second = make(), make()
    sealed.witnessed()
    there = acting("prosecutor", "sibling")
    for each in (package, second):
        content = taken_out(acting(), each)
        receiving.of_file(there, io.BytesIO(content), len(content))
    one, other = (answering.accept(there, each.pk) for each in (package, second))
    assert one.receipt and other.receipt
    sealed.drain(SIBLING)
    with pytest.raises(Refused, match="见证"), bundled(one.receipt, allow_fixed=True) as early:
        receipts.take_in(acting(), package.pk, early)
    sealed.witnessed(SIBLING)
    proofs = [bundle_of(x.receipt) for x in (one, other) if x.receipt]
    with pytest.raises(Refused, match="另一个移送包"):
        receipts.take_in(acting(), package.pk, io.BytesIO(proofs[1]))
    receipts.take_in(acting(), package.pk, io.BytesIO(proofs[0]))
    before = (Material.objects.count(), Custody.objects.count(), Package.objects.get(pk=package.pk).updated_at)
    receipts.take_in(acting(), package.pk, io.BytesIO(proofs[0]))
    assert before == (Material.objects.count(), Custody.objects.count(), Package.objects.get(pk=package.pk).updated_at)
    with pytest.raises(Refused):
        receipts.take_in(acting(), package.pk, io.BytesIO(proofs[0][:-100]))
    own = bundle_of(package.record) if package.record else b""
    with pytest.raises(Refused, match="不是.*日志"):
        receipts.take_in(acting(), package.pk, io.BytesIO(own))


def test_what_goes_out_leaves_its_line_of_custody_and_its_entries(
    make: Make, sealed: SealedHome, acting: Who, material: Material
) -> None:
    package = make()
    sealed.witnessed()
    taken_out(acting(), package)
    lines = material.custody.order_by("pk").values_list("verb", "recipient", "purpose")
    assert list(lines)[1:] == [
        ("transferred", "绍兴市柯桥区人民检察院", package.purpose), ("bundled", "绍兴市柯桥区人民检察院", package.purpose),
    ]  # fmt: skip
    did = AuditEntry.objects.filter(object_id=package.pk).order_by("pk").values_list("action", flat=True)
    assert list(did) == ["制作移送包", "取出移送包"]


def test_the_receiver_gives_out_the_bundle_of_the_sender_byte_for_byte(
    make: Make, sealed: SealedHome, acting: Who, material: Material
) -> None:
    package = make()
    sealed.witnessed()
    content = taken_out(acting(), package)
    there = acting("prosecutor", "sibling")
    receiving.of_file(there, io.BytesIO(content), len(content))
    taken = answering.accept(there, package.pk).items.get(path=f"evidence/{material.pk}.evb")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None, "any tool opens it"
    out = io.BytesIO()
    answering.their_bundle(taken, out)
    assert out.getvalue() == bundle_of(material)
    assert judged(out.getvalue(), sealed, "330602")["ok"]


def test_an_interruption_is_made_good_by_the_worker(
    make: Make, sealed: SealedHome, acting: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "put", lambda package: None)
    package = make()
    monkeypatch.undo()
    assert package.record is None
    with EvidenceLog.open(sealed.folder()) as log:
        assert not log.entries(kinds=(Kind.EXCHANGE,))
    assert tasks.sweep(acting().at.date(), acting().at) == 1
    sealed.witnessed()
    package.refresh_from_db()
    content = taken_out(acting(), package)
    there = acting("prosecutor", "sibling")
    receiving.of_file(there, io.BytesIO(content), len(content))
    monkeypatch.setattr(answering, "complete", lambda one, at: None)
    one = answering.accept(there, package.pk)
    monkeypatch.undo()
    assert one.receipt is None and not one.items.exclude(material=None).exists()
    assert len(answering.missing(there.at)) == tasks.sweep(there.at.date(), there.at) == 1
    assert not answering.missing(there.at)
    one.refresh_from_db()
    assert one.receipt and not one.items.filter(material=None).exists()
    with EvidenceLog.open(sealed.folder(SIBLING)) as log:
        assert len(log.entries(kinds=(Kind.EXCHANGE,))) == len(log.entries(kinds=(Kind.RECEIPT,))) == 1


def test_a_package_with_an_erased_material_goes_out_no_more(
    make: Make, sealed: SealedHome, acting: Who, material: Material
) -> None:
    package = make()
    sealed.witnessed()
    Material.objects.filter(pk=material.pk).update(stage="erased")
    with pytest.raises(Conflict, match="依法删除"):
        taken_out(acting(), package)
    assert tasks.sweep(acting().at.date(), acting().at) == 1
    assert package.items.get(material=material).title == tasks.ERASED
    assert material not in making.materials(acting(), package.matter)


def test_the_daily_inspection_finds_nothing_wrong_in_what_exchange_put_into_the_logs(
    make: Make, sealed: SealedHome, acting: Who
) -> None:
    package = make()
    sealed.witnessed()
    content = taken_out(acting(), package)
    there = acting("prosecutor", "sibling")
    receiving.of_file(there, io.BytesIO(content), len(content))
    answering.accept(there, package.pk)
    sealed.witnessed(SIBLING)
    watching.refresh(there.at.date(), there.at)
    tasks.sweep(there.at.date(), there.at)
    sealed.witnessed()
    assert Package.objects.get().answer
    assert inspecting.inspect(there.at.date(), there.at) == 0, [one.findings for one in Inspection.objects.all()]


def test_a_log_that_is_not_there_holds_up_nobody_else(
    make: Make, sealed: SealedHome, acting: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "put", lambda package: None)
    lost, kept = make(), make()
    monkeypatch.undo()
    Package.objects.filter(pk=lost.pk).update(office=acting("prosecutor", "other_city").user.office)
    assert tasks.sweep(acting().at.date(), acting().at) == 1
    assert Package.objects.get(pk=kept.pk).record and not Package.objects.get(pk=lost.pk).record


def test_numbers_run_for_each_recipient_and_name_the_package_before(make: Make, sealed: SealedHome) -> None:
    first, second, other = make(), make(), make("office:330603")
    assert [one.number for one in (first, second, other)] == [1, 2, 3]
    said = json.loads(sending.listed(second))
    assert said["previous"] == {"id": first.pk, "sha256": first.sha256}
    assert said["sender"]["origin"] == ledger.origin(first.office)


def test_what_came_is_taken_into_a_matter_of_the_receiver(
    make: Make, sealed: SealedHome, acting: Who, matter: Matter
) -> None:
    package = make()
    sealed.witnessed()
    content = taken_out(acting(), package)
    there = acting("prosecutor", "sibling")
    receiving.of_file(there, io.BytesIO(content), len(content))
    with pytest.raises(Refused, match="受案号"):
        answering.accept(there, package.pk, number=matter.number)
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    own = matter_actions.open_matter(there, "criminal/prosecution_review", "accept", facts, on=str(there.at.date()))
    one = answering.accept(there, package.pk, number=own.number)
    assert {taken.material.matter for taken in one.items.all() if taken.material} == {own}
    with pytest.raises(Conflict):
        answering.accept(there, package.pk, number=own.number)


def test_without_a_signature_from_outside_it_waits_or_says_so(make: Make, sealed: SealedHome, acting: Who) -> None:
    package = make(unwitnessed=True)
    sealed.drain()
    content = taken_out(acting(), package)
    there = acting("prosecutor", "sibling")
    one = receiving.of_file(there, io.BytesIO(content), len(content))
    assert {finding["code"] for finding in one.findings} == {"33"} and not one.barred
    with pytest.raises(Refused, match="理由"):
        answering.accept(there, package.pk)
    assert answering.accept(there, package.pk, why="情况紧急，先行签收").state == Stand.ACCEPTED
