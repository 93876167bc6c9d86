"""What people do on the pages: make, take out, bring a file, answer, begin a matter, register an organ and its paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from exchange_packages import CONTENT, Sender
from sealed_homes import SIBLING, SealedHome

from jianwei.desk.evidence.models import Material
from jianwei.desk.exchange import answering, receiving, sending, summary, tasks
from jianwei.desk.exchange.models import Arrival, Counterpart, Package, Received, Stand, State
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Visitor = Callable[..., Client]
Make = Callable[..., Package]


@pytest.fixture
def court(acting: Who) -> Counterpart:
    """A court without a system."""
    who = acting("security_admin")
    return Counterpart.objects.create(
        office=who.user.office, code="FY1", name="越城区人民法院", kind="court", by=who.user, updated_at=who.at
    )


def test_the_form_offers_what_there_is_and_keeps_what_was_typed(
    visitor: Visitor, matter: Matter, material: Material, court: Counterpart
) -> None:
    address = f"/matters/{matter.pk}/exchange/new/"
    said = visitor().get(address).content.decode()
    assert "转账记录.pdf" in said and "越城区人民法院" in said and "绍兴市柯桥区人民检察院" in said
    refused = visitor().post(address, {"purpose": "改变管辖", "material": material.pk})
    assert refused.status_code == 422 and "请选择接收单位" in refused.content.decode()
    assert 'value="改变管辖"' in refused.content.decode() and not Package.objects.exists()
    nothing = visitor().post(address, {"recipient": "office:330603", "purpose": "改变管辖"})
    assert "至少选择" in nothing.content.decode()
    late = visitor().post(
        address, {"recipient": "office:330603", "purpose": "改变管辖", "tells": "1", "reply_by": "2020-01-01"}
    )
    assert "已经过去" in late.content.decode()
    foreign = visitor().post(
        address, {"recipient": "office:330603", "purpose": "改变管辖", "material": "01" + "A" * 24}
    )
    assert foreign.status_code == 422 and not Package.objects.exists()
    done = visitor().post(
        address, {"recipient": f"organ:{court.pk}", "purpose": "移送起诉", "material": material.pk, "tells": "1"}
    )
    assert done.status_code == 302
    package = Package.objects.get()
    assert [item.sort for item in package.items.all()] == ["summary", "acts", "evidence"]
    assert package.record and package.record.kind == Kind.EXCHANGE


def test_an_organ_without_a_system_signs_on_paper(
    visitor: Visitor, make: Make, sealed: SealedHome, court: Counterpart, acting: Who
) -> None:
    package = make(f"organ:{court.pk}")
    sealed.witnessed()
    address = f"/exchange/{package.pk}/signed/"
    today = str(timezone.localdate())
    said = {"answer": "accepted", "by": "容怀远", "on": today, "paper": "送达回证第3号"}
    assert visitor().post(address, said).status_code == 409, "not before it went out"
    assert visitor().post(f"/exchange/{package.pk}/file/").status_code == 200
    refused = visitor().post(address, said | {"paper": "", "on": "2020-01-01"})
    assert (
        refused.status_code == 422
        and "编号" in refused.content.decode()
        and 'value="容怀远"' in refused.content.decode()
    )
    assert visitor().post(address, said).status_code == 302
    package.refresh_from_db()
    assert (package.state, package.by_hand, package.answered_by) == (State.ACCEPTED, True, "容怀远")
    with EvidenceLog.open(sealed.folder()) as log:
        (entry,) = log.entries(kinds=(Kind.RECEIPT,))
    assert entry.manifest and "容怀远" in str(entry.manifest.note) and entry.manifest.prev
    assert visitor().post(address, said).status_code == 409


def test_a_package_without_a_receipt_in_time_is_seen(visitor: Visitor, make: Make, matter: Matter) -> None:
    package = make()
    Package.objects.filter(pk=package.pk).update(reply_by="2020-01-01")
    client = visitor()
    for address in ("/exchange/", f"/exchange/{package.pk}/", f"/matters/{matter.pk}/exchange/"):
        assert "逾期无回执" in client.get(address).content.decode()
    assert package.recipient_name in client.get("/exchange/?mark=overdue").content.decode()
    assert "没有符合条件" in client.get("/exchange/?mark=hand").content.decode()


def test_a_file_comes_in_chunks_and_is_judged_at_its_end(visitor: Visitor, sender: Sender) -> None:
    content, client = sender.of(), visitor()
    begun = client.post("/api/exchange/uploads", {"file_name": "某包.jwx", "file_size": str(len(content))})
    assert begun.status_code == 201
    upload = begun.json()
    assert client.post(upload["finish"]).status_code == 409
    put = client.put(f"{upload['url']}?offset=0", content, content_type="application/octet-stream")
    assert put.json()["received"] == len(content)
    done = client.post(upload["finish"])
    assert done.status_code == 200 and done.json()["findings"] == []
    assert Received.objects.get().state == Stand.CHECKED and not Arrival.objects.exists()


def test_what_proves_no_sender_is_shown_with_its_code_and_leaves_an_entry_alone(
    visitor: Visitor, sender: Sender
) -> None:
    refused = visitor().post("/exchange/receive/", {"file": SimpleUploadedFile("坏包.jwx", sender.of()[:-10])})
    assert refused.status_code == 422 and "11" in refused.content.decode() and "没有接收" in refused.content.decode()
    assert not Received.objects.exists() and not list(sending.place().iterdir())
    entry = AuditEntry.objects.get(action="接收移送包")
    assert (entry.result, entry.detail["codes"]) == ("拒绝", ["11"])


def test_the_answer_is_given_on_the_page_with_code_and_reason(
    visitor: Visitor, sender: Sender, receive: Callable[..., Received]
) -> None:
    one, client = receive(sender.of()), visitor()
    address = f"/exchange/in/{one.pk}/answer/"
    assert "请写明退回的理由" in client.post(address, {"answer": "return", "code": "42"}).content.decode()
    assert (
        "请选择退回的原因"
        in client.post(address, {"answer": "return", "code": "17", "why": "不合要求"}).content.decode()
    )
    assert client.post(address, {"answer": "return", "code": "42", "why": "缺少移送函"}).status_code == 302
    said = client.get(f"/exchange/in/{one.pk}/").content.decode()
    assert "已退回" in said and "42 手续不全" in said
    assert client.post(address, {"answer": "accept"}).status_code == 409
    assert client.post(f"/exchange/in/{one.pk}/receipt/").status_code == 409, "nobody outside has signed it yet"


def test_a_matter_is_begun_with_what_came_and_the_package_is_accepted_into_it(
    visitor: Visitor, make: Make, sealed: SealedHome, acting: Who
) -> None:
    package = make()
    sealed.witnessed()
    content = b"".join(sending.take_out(acting(), package.pk).pieces)
    there = acting("prosecutor", "sibling")
    receiving.of_file(there, io.BytesIO(content), len(content))
    client = visitor("prosecutor", "sibling")
    address = f"/exchange/in/{package.pk}/matter/criminal/prosecution_review/"
    form = client.get(address)
    said = form.content.decode()
    assert "虞见山" in said and "诈骗罪" in said and "改变管辖" in said
    typed = {f["name"]: f["value"] for f in _fields(form)}
    assert typed["f.charge"] == "诈骗罪"
    wrong = client.post(address, typed | {"act": "accept", "done_on": "不是日期", "f.suspects": "虞见山、闻知秋"})
    assert wrong.status_code == 422 and Received.objects.get().state == Stand.CHECKED
    fields = {
        "act": "accept",
        "done_on": str(timezone.localdate()),
        "f.suspects": "虞见山、闻知秋",
        "f.charge": "诈骗罪",
        "f.in_custody": "是",
    }
    fields |= {"source": "由越城区院移送", "case_type": typed.get("case_type", "")}
    done = client.post(address, fields)
    assert done.status_code == 302, done.content.decode()[:3000]
    one = Received.objects.get()
    assert one.state == Stand.ACCEPTED and one.matter and one.matter.office.code == SIBLING
    assert done.url == one.matter.get_absolute_url()
    assert set(one.items.values_list("material__matter", flat=True)) == {one.matter.pk}
    assert "越城区院移送" in str(ActRow.objects.get(matter=one.matter, kind="remark").facts)
    assert client.get(address).status_code == 404, "once is enough"


def _fields(form: Any) -> list[dict[str, str]]:
    shown = form.context["fields"]
    return [{"name": one.name, "value": one.value} for one in shown] + [
        {"name": "case_type", "value": form.context["intake"].get("case_type", "")}
    ]


def test_a_package_accepted_without_a_matter_is_taken_into_one_later(
    visitor: Visitor, sender: Sender, receive: Callable[..., Received], matter: Matter, acting: Who
) -> None:
    one = receive(sender.of())
    answering.accept(acting(), one.pk)
    client, address = visitor(), f"/exchange/in/{one.pk}/matter/"
    assert client.post(address, {"number": "没有的号"}).status_code == 422
    assert client.post(address, {"number": matter.number}).status_code == 302
    assert set(Received.objects.get().items.values_list("material__matter", flat=True)) == {matter.pk}
    assert client.post(address, {"number": matter.number}).status_code == 422


def test_items_are_looked_at_before_and_after_the_answer(
    visitor: Visitor, sender: Sender, receive: Callable[..., Received], acting: Who
) -> None:
    one, client = receive(sender.of()), visitor()
    for _ in range(2):
        got = client.post(f"/exchange/in/{one.pk}/items/1/")
        assert b"".join(got.streaming_content) == CONTENT  # type: ignore[attr-defined]
        if one.state == Stand.CHECKED:
            one = answering.accept(acting(), one.pk)
    assert client.post(f"/exchange/in/{one.pk}/items/2/").status_code == 404
    Material.objects.filter(source_id=f"{one.pk}/1").update(stage="erased")
    assert tasks.sweep(timezone.localdate(), timezone.now()) == 1
    assert "清单.txt" not in client.get(f"/exchange/in/{one.pk}/").content.decode()
    assert client.post(f"/exchange/in/{one.pk}/items/1/").status_code == 404


def test_a_policy_is_registered_only_if_it_is_one_and_how_it_was_checked_is_said(
    visitor: Visitor, sealed: SealedHome
) -> None:
    policy = (sealed.folder(SIBLING) / "policy.txt").read_bytes()
    with EvidenceLog.open(sealed.folder(SIBLING)) as log:
        origin = log.folder.settings.origin
    said = {
        "code": "330800",
        "name": "外地某院",
        "kind": "procuratorate",
        "origin": origin,
        "active": "1",
        "note": "当面交付，逐位核对",
    }
    client = visitor("security_admin")

    def saved(content: bytes, **other: str) -> Any:
        return client.post(
            "/exchange/counterparts/new/", said | other | {"policy_file": SimpleUploadedFile("policy.txt", content)}
        )

    assert "没有名为" in saved(policy, origin="elsewhere/log").content.decode()
    assert saved(b"nonsense").status_code == 422
    assert "核对过指纹" in saved(policy, note="").content.decode()
    alone = b"".join(line for line in policy.splitlines(True) if line.startswith((b"log ", b"#:"))) + b"quorum none\n"
    assert "不要求见证" in saved(alone).content.decode()
    assert "不必登记" in saved(policy, code="330603").content.decode()
    assert not Counterpart.objects.exists()
    assert saved(policy).status_code == 302
    assert Counterpart.objects.get().policy.encode() == policy
    entry = AuditEntry.objects.filter(action="登记移送单位").get()
    assert entry.detail["policy_after"] and entry.detail["policy_before"] == ""


def test_the_summary_is_read_by_people_and_the_acts_by_programs(matter: Matter, acting: Who) -> None:
    book = matters.casebook_of(matter)
    assert book
    text = summary.readable(book, timezone.localdate()).decode("utf-8-sig")
    assert matter.number in text and "虞见山" in text and "受理移送起诉" in text
    told = summary.opening_of(summary.as_json(book))
    assert (told["procedure"], told["kind"], told["facts"]["charge"]) == (
        "criminal/prosecution_review",
        "accept",
        "诈骗罪",
    )
    assert {person["name"] for person in told["parties"]} == {"虞见山", "闻知秋"}
    for broken in (
        b"",
        b"[]",
        b"{}",
        b'{"acts": [1]}',
        b"[" * 200_000,
        summary.as_json(book).replace(b'"facts": {', b'"facts": ["'),
    ):
        assert summary.opening_of(broken) == {}


@pytest.mark.parametrize("address", ["/exchange/export.xlsx", "/exchange/export.csv", "/exchange/in/export.csv", "/exchange/filters/mark/", "/exchange/in/filters/mark/"])  # fmt: skip
def test_lists_answer_with_files_and_menus(
    address: str, visitor: Visitor, make: Make, sender: Sender, receive: Any
) -> None:
    make()
    receive(sender.of())
    assert visitor().get(address).status_code == 200
