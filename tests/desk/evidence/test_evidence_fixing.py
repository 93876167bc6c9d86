"""固证: what is typed and the file go into the log; refused field by field; repeated without harm."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from evidence_samples import CONTENT, TYPED
from sealed_homes import SealedHome

from jianwei.desk.evidence.errors import Refused
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import AuditEntry
from jianwei.seal.evidence_log import EvidenceLog

pytestmark = pytest.mark.django_db
Fix = Callable[..., Fixed]
Visitor = Callable[..., Client]


def posted(client: Client, content: bytes = CONTENT, name: str = "转账记录.pdf", key: str = "", **typed: str) -> Any:
    file = SimpleUploadedFile(name, content, "application/pdf")
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/evidence", {**TYPED, **typed, "file": file}, headers=headers)


def test_a_material_goes_through_every_state(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    one = fix().material
    client = visitor()
    at = f"/api/evidence/{one.pk}"
    assert client.get(at).json()["state"] == "received"
    assert client.get(f"{at}/bundle?purpose=移送法院").status_code == 409
    sealed.drain()
    assert client.get(at).json()["state"] == "fixed"
    sealed.witness(at=1_800_000_000)
    told = client.get(at).json()
    assert told["state"] == "witnessed" and {"公安局", "法院"} <= set(told["proven_by"])
    sealed.stamp()
    told = client.get(at).json()
    assert [step["state"] for step in told["steps"]] == ["received", "fixed", "witnessed", "stamped"]
    one.refresh_from_db()
    assert (one.stage, one.index) == ("stamped", 0) and one.proven_at


def test_one_witness_alone_proves_nothing(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    one = fix().material
    sealed.drain()
    sealed.witness("330602", "公安局")
    told = visitor().get(f"/api/evidence/{one.pk}").json()
    assert told["state"] == "fixed" and told["proven_at"] is None


def test_the_page_asks_again_until_the_state_is_final(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    one, client = fix().material, visitor()
    asked = re.search(r'hx-get="([^"]+)"', client.get(f"/evidence/{one.pk}/").content.decode())
    assert asked and client.get(asked[1]).status_code == 204  # nothing new, nothing drawn
    sealed.drain()
    assert "hx-trigger" in client.get(asked[1]).content.decode()
    sealed.witness()
    body = client.get(asked[1]).content.decode()
    assert "公安局" in body and "hx-trigger" not in body  # no time authority is configured here: this is the end


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("collected_at", "昨天", "2026-11-22 09:30"),
        ("collected_at", "2026-03-01", "写到时、分"),
        ("collected_at", "2099-01-01 00:00", "晚于现在"),
        ("collectors", "", "请填写提取人"),
        ("collectors", "闻知秋、闻知秋", "两次"),
        ("category", "传闻", ""),
        ("place", "", "请填写提取地点"),
        ("matter", "无此号", "没有这个受案号"),
        ("note", "好\u202e.exe", "控制字符"),
    ],
)
def test_bad_input_is_refused_by_field(field: str, value: str, says: str, sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    answer = posted(client, **{field: value})
    assert answer.status_code == 422 and says in answer.json()["fields"][field]
    page = client.post("/evidence/new/", {**TYPED, field: value, "file": SimpleUploadedFile("甲.pdf", b"x")})
    assert page.status_code == 422 and "塔下弄3号" in page.content.decode() or field == "place"
    assert not Material.objects.exists()


def test_one_collector_is_asked_why_and_the_reason_stays(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    answer = posted(client, collectors="闻知秋")
    assert answer.status_code == 422 and "第一百一十二条" in answer.json()["fields"]["alone_why"]
    answer = posted(client, collectors="闻知秋", alone_why="嫌疑人正在删除数据")
    assert answer.status_code == 201
    assert "正在删除数据" in "".join(answer.json()["warnings"])
    with EvidenceLog.open(sealed.folder()) as log:
        said = log.entry(answer.json()["id"]).manifest
    assert said and "正在删除数据" in (said.note or "")


def test_a_missing_or_empty_file_is_said(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    assert client.post("/api/evidence", TYPED).json()["fields"] == {"file": "请选择文件"}
    assert posted(client, b"").status_code == 422


@pytest.mark.parametrize("name", ["\u202e", "目录/\u200b"])
def test_a_file_whose_name_says_nothing_is_not_taken(name: str, fix: Callable[..., Fixed]) -> None:
    with pytest.raises(Refused, match="请选择文件"):
        fix(name=name)
    assert not Material.objects.exists()


def test_a_file_beyond_the_limit_is_413(sealed: SealedHome, visitor: Visitor, settings: Any) -> None:
    settings.JIANWEI_LARGEST_EVIDENCE = 100
    assert posted(visitor()).status_code == 413


def test_the_same_key_is_one_act_and_other_content_a_conflict(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    first, again = posted(client, key="k1"), posted(client, key="k1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert posted(client, content=b"other", key="k1").status_code == 409
    assert posted(client, place="别处", key="k1").status_code == 409
    assert Material.objects.count() == 1


def test_a_duplicate_is_said_and_is_a_new_record_only_with_another_collection(
    sealed: SealedHome, visitor: Visitor
) -> None:
    client = visitor()
    first = posted(client).json()
    again = posted(client)
    assert again.status_code == 200 and again.json()["id"] == first["id"] and "固证过" in again.json()["says"]
    other = posted(client, place="另一处")
    assert other.status_code == 201 and other.json()["same"] == [first["id"]] and "此前已固证为" in other.json()["says"]
    sealed.drain()
    assert len(list((sealed.folder() / "originals").glob("??/*"))) == 1


def test_a_duplicate_in_another_office_is_not_betrayed(sealed: SealedHome, visitor: Visitor) -> None:
    posted(visitor())
    answer = posted(visitor("prosecutor", "sibling"))
    assert answer.status_code == 201 and answer.json()["same"] == []


def test_an_office_without_a_log_is_told_what_to_do(sealed: SealedHome, visitor: Visitor) -> None:
    answer = posted(visitor("prosecutor", "other_county"))
    assert answer.status_code == 503 and "jianwei seal init" in answer.json()["error"]
    assert "jianwei seal init" in visitor("prosecutor", "other_county").get("/evidence/new/").content.decode()


@pytest.mark.parametrize("role", ["analyst"])
def test_who_does_not_work_on_cases_does_not_fix(role: str, sealed: SealedHome, visitor: Visitor) -> None:
    assert posted(visitor(role)).status_code == 422
    assert not Material.objects.exists()


def test_a_material_of_a_matter_goes_into_the_log_of_its_office_and_shows_on_its_page(
    sealed: SealedHome, visitor: Visitor, matter: Matter
) -> None:
    client = visitor()
    made = posted(client, matter=matter.number, case_ref="").json()
    assert made["id"] in client.get(f"/matters/{matter.pk}/evidence/").content.decode()
    assert "hx-get" in client.get(f"/matters/{matter.pk}/").content.decode()
    assert posted(visitor("prosecutor", "city"), matter=matter.number).status_code == 422


def test_custody_is_append_only_in_the_database_itself(fix: Fix) -> None:
    line = fix().material.custody.get()
    for spoil in (lambda: Custody.objects.update(purpose="改"), lambda: Custody.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()
    line.refresh_from_db()
    assert line.purpose == ""


def test_every_look_and_every_file_that_leaves_is_a_line_with_its_digests(
    sealed: SealedHome, fix: Fix, visitor: Visitor
) -> None:
    one, client = fix().material, visitor()
    sealed.witnessed()
    digest = hashlib.sha256(CONTENT).hexdigest()
    at = f"/evidence/{one.pk}/"
    client.get(at)
    assert client.post(f"{at}take/", {"what": "original", "purpose": ""}).status_code == 422
    answer = client.post(f"{at}take/", {"what": "original", "purpose": "庭前核对"})
    assert b"".join(answer.streaming_content) == CONTENT
    bundle = client.post(f"{at}take/", {"what": "bundle", "purpose": "随案移送"})
    assert b"".join(bundle.streaming_content)[:2] == b"PK"
    said = client.post(f"{at}transfer/", {"recipient": "区法院 某法官", "purpose": "起诉"})
    assert said.status_code == 302
    lines = [(x.verb, x.purpose, x.before, x.after) for x in one.custody.order_by("pk")]
    assert lines == [
        ("fixed", "", "", digest), ("looked", "", digest, ""), ("downloaded", "庭前核对", digest, ""), ("read", "", digest, digest),
        ("bundled", "随案移送", digest, ""), ("transferred", "起诉", digest, ""),
    ]  # fmt: skip
    trail = AuditEntry.objects.filter(object_kind="存证材料", object_id=one.pk).values_list("action", flat=True)
    assert sorted(trail) == sorted(["固证", "查看", "取出原件", "原件读出完毕", "取出存证包", "移送"])
    sealed.drain()
    with EvidenceLog.open(sealed.folder()) as log:
        assert [entry.kind.title for entry in log.entries(about=0)] == ["移送"]


def test_what_a_crash_left_in_the_vault_alone_is_taken_up_by_who_sends_it_again(
    sealed: SealedHome, fix: Fix, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Material, "save", killed)
        fix(key="k1")
    assert not Material.objects.exists()
    made = fix(key="k1")
    sealed.witnessed()
    with EvidenceLog.open(sealed.folder()) as log:
        assert [entry.id for entry in log.entries()] == [made.material.pk]
    assert made.new and fix(key="k1").material == made.material
