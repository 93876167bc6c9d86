"""Lawful deletion and correction: two persons, an order, nothing left of the content, neighbours as they were."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from evidence_samples import CONTENT, TYPED
from sealed_homes import SealedHome

from jianwei.desk.evidence import erasing, verifying
from jianwei.desk.evidence.errors import Conflict, Refused
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Custody, Erasure, Material, Verification
from jianwei.desk.people.acting import Acting
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind

pytestmark = pytest.mark.django_db
Fix = Callable[..., Fixed]
Who = Callable[..., Acting]
Visitor = Callable[..., Client]


@pytest.fixture
def one(sealed: SealedHome, fix: Fix) -> Material:
    made = fix().material
    sealed.witnessed()
    return made


def erased(one: Material, acting: Who) -> Erasure:
    asked = erasing.ask(acting(), one.pk, order_no="越检封〔2026〕1号", reason="犯罪记录封存")
    return erasing.decide(acting("head"), one.pk, asked.pk, agrees=True, why="")


def test_an_order_and_a_reason_are_needed(one: Material, visitor: Visitor) -> None:
    answer = visitor().post(f"/evidence/{one.pk}/erasure/", {"order_no": "", "reason": "试"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "请写明决定文号" in said and 'value="试"' in said
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(("role", "place"), [("prosecutor", "county"), ("assistant", "county"), ("head", "city")])
def test_only_another_leader_of_the_office_decides(
    role: str, place: str, one: Material, acting: Who, sealed: SealedHome
) -> None:
    asked = erasing.ask(acting(), one.pk, order_no="1号", reason="犯罪记录封存")
    with pytest.raises(Refused):
        erasing.decide(acting(role, place), one.pk, asked.pk, agrees=True, why="")
    with EvidenceLog.open(sealed.folder()) as log:
        assert log.entry(one.pk).erased_at is None


def test_a_leader_who_asked_does_not_decide(one: Material, acting: Who) -> None:
    asked = erasing.ask(acting("head"), one.pk, order_no="1号", reason="犯罪记录封存")
    with pytest.raises(Refused):
        erasing.decide(acting("head"), one.pk, asked.pk, agrees=True, why="")
    assert erasing.decide(acting("chief"), one.pk, asked.pk, agrees=False, why="依据不足").outcome == "refused"
    with pytest.raises(Conflict):
        erasing.decide(acting("chief"), one.pk, asked.pk, agrees=True, why="")


def test_nothing_of_the_content_stays_and_neighbours_still_verify(
    one: Material, fix: Fix, sealed: SealedHome, acting: Who, visitor: Visitor
) -> None:
    """Attack 24, on the desk: what was logged can no longer be shown to have been logged."""
    neighbour = fix(content="另一份".encode(), name="另一份.txt", place="别处").material
    sealed.witnessed()
    client = visitor()
    kept = b"".join(client.get(f"/api/evidence/{one.pk}/bundle?purpose=移送法院").streaming_content)
    assert kept
    client.get(f"/evidence/{one.pk}/")
    verifying.of_material(acting(), one.pk)
    sealed.drain()
    digest = one.sha256
    assert digest.encode() in whole(sealed)
    erased(one, acting)
    one.refresh_from_db()
    assert (one.stage, one.sha256, one.name, one.place) == ("erased", "", "（已依法删除）", "")
    assert not Custody.objects.filter(material=one).exclude(before="", after="").exists()
    assert Verification.objects.get(material=one).report == {}
    page = client.get(f"/evidence/{one.pk}/").content.decode()
    assert "已依法删除" in page and digest not in page and "转账记录" not in page and "塔下弄3号" not in page
    assert client.post(f"/evidence/{one.pk}/take/", {"what": "original", "purpose": "试一试"}).status_code == 422
    answer = client.post("/api/verify", {"file": SimpleUploadedFile("甲.evb", kept)})
    assert answer.status_code == 422 and "已依法删除" in answer.json()["error"]
    sealed.witnessed()
    assert client.get(f"/api/evidence/{one.pk}").json()["state"] == "erased"
    assert verifying.of_material(acting(), neighbour.pk).ok
    left = whole(sealed)
    assert CONTENT not in left and digest.encode() not in left and "转账记录".encode() not in left
    with EvidenceLog.open(sealed.folder()) as log:
        assert list(log.check()) == []


def whole(sealed: SealedHome) -> bytes:
    """Every byte of the home."""
    return b"".join(file.read_bytes() for file in sealed.path.rglob("*") if file.is_file())


def test_an_erasure_that_was_interrupted_goes_on(one: Material, acting: Who, sealed: SealedHome) -> None:
    asked = erasing.ask(acting(), one.pk, order_no="1号", reason="犯罪记录封存")
    with EvidenceLog.open(sealed.folder()) as log:  # the desk was killed between the vault and its own row
        log.erase(one.pk, order_no="1号", reason="x", by=("甲", "乙"), now=1_800_000_000, entropy=lambda n: bytes(n))
    assert erasing.decide(acting("head"), one.pk, asked.pk, agrees=True, why="").outcome == "done"
    one.refresh_from_db()
    assert one.stage == "erased" and one.sha256 == ""


def test_what_another_office_verified_of_it_goes_too_and_does_not_come_back(
    one: Material, acting: Who, visitor: Visitor, sealed: SealedHome
) -> None:
    evb = b"".join(visitor().get(f"/api/evidence/{one.pk}/bundle?purpose=移送法院").streaming_content)
    policy = (sealed.folder("330603") / "policy.txt").read_bytes()
    other = visitor("prosecutor", "sibling")

    def verified(client: Client, **more: Any) -> Any:
        return client.post("/api/verify", {"file": SimpleUploadedFile("a.evb", evb), **more})

    assert verified(other).json()["ok"]
    sealed.drain()
    with pytest.raises(Conflict, match="尚未写入日志"):  # nothing is called erased while a copy cannot be
        erased(one, acting)
    digest = one.sha256.encode()
    sealed.drain("330603")
    assert digest in whole(sealed)
    asked = one.erasures.get()
    assert erasing.decide(acting("head"), one.pk, asked.pk, agrees=True, why="").outcome == "done"
    assert digest not in whole(sealed)
    sealed.drain("330603")
    with EvidenceLog.open(sealed.folder("330603")) as log:
        assert [each.kind for each in log.entries()] == [Kind.VERIFICATION, Kind.DELETION]
        assert list(log.check()) == []
    for again in (verified(other), verified(visitor(), policy=SimpleUploadedFile("p.txt", policy))):
        assert again.status_code == 422 and "已依法删除" in again.json()["error"]
    left = "".join(f"{made.name}{made.report}" for made in Verification.objects.all())
    assert one.sha256 not in left and "转账记录" not in left


def test_what_the_command_erased_or_an_old_database_brought_back_is_emptied_here_too(
    one: Material, fix: Fix, sealed: SealedHome, acting: Who
) -> None:
    neighbour = fix(place="别处").material
    sealed.witnessed()
    verifying.of_material(acting(), one.pk)
    with EvidenceLog.open(sealed.folder()) as log:
        log.erase(one.pk, order_no="1号", reason="x", by=("甲", "乙"), now=1_800_000_000, entropy=os.urandom)
    assert erasing.follow(timezone.localdate(), timezone.now()) == 1
    one.refresh_from_db()
    assert (one.stage, one.sha256, one.name, one.place) == ("erased", "", "（已依法删除）", "")
    assert Verification.objects.get().report == {}
    assert one.custody.filter(verb=Custody.Verb.ERASED, by=None).count() == 1
    assert erasing.follow(timezone.localdate(), timezone.now()) == 0
    neighbour.refresh_from_db()
    assert neighbour.stage != "erased" and neighbour.sha256


def test_another_record_of_the_same_file_is_told_of(one: Material, fix: Fix, sealed: SealedHome, acting: Who) -> None:
    other = fix(place="别处").material
    sealed.witnessed()
    erased(one, acting)
    assert "另有 1 条记录" in one.custody.get(verb=Custody.Verb.ERASED).result
    assert verifying.of_material(acting(), other.pk).ok


def correction(client: Client, one: Material, **typed: str) -> Any:
    return client.post(f"/evidence/{one.pk}/correct/", {**TYPED, "name": one.name, "why": "地点误写", **typed})


def test_a_correction_stands_beside_the_first_record(one: Material, sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    assert correction(client, one).status_code == 422  # nothing changed
    assert correction(client, one, place="塔下弄5号", why="").status_code == 422
    assert correction(client, one, place="塔下弄5号").status_code == 302
    sealed.witnessed()
    better = Material.objects.get(corrects=one)
    assert "塔下弄5号" in client.get(f"/evidence/{better.pk}/").content.decode()
    assert "取代" in client.get(f"/evidence/{one.pk}/").content.decode()
    for record in (one, better):
        answer = client.get(f"/api/evidence/{record.pk}/bundle?purpose=移送法院")
        evb = b"".join(answer.streaming_content)
        assert client.post("/api/verify", {"file": SimpleUploadedFile("a.evb", evb)}).status_code == 200


def test_the_same_correction_twice_is_one_record(one: Material, sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    for _ in range(2):
        assert correction(client, one, place="塔下弄5号").status_code == 302
    sealed.witnessed()
    better = Material.objects.get(corrects=one)
    assert client.get(f"/api/evidence/{better.pk}").json()["state"] == "witnessed"
