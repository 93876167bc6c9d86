"""验真: every change is found and named; the claimed time stands apart from the proven one; no file stays."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from evidence_samples import CONTENT
from sealed_homes import SealedHome

from jianwei.desk.evidence import certificate, judging, verifying
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Custody, Material, Verification
from jianwei.seal.evidence_log import EvidenceLog, Settings
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.manifest import Manifest

pytestmark = pytest.mark.django_db
Fix = Callable[..., Fixed]
Visitor = Callable[..., Client]


@pytest.fixture
def one(sealed: SealedHome, fix: Fix) -> Material:
    made = fix().material
    sealed.witnessed()
    return made


@pytest.fixture
def evb(one: Material, visitor: Visitor) -> bytes:
    answer = visitor().get(f"/api/evidence/{one.pk}/bundle?purpose=移送法院")
    return b"".join(answer.streaming_content)


def verified(client: Client, content: bytes, name: str = "材料.evb", **more: Any) -> Any:
    return client.post("/api/verify", {"file": SimpleUploadedFile(name, content), **more})


def results(answer: Any) -> dict[str, str]:
    return {step["key"]: step["result"] for step in answer.json()["steps"]}


def at(evb: bytes, name: str, place: int = 0) -> int:
    """Where a member's content begins."""
    with zipfile.ZipFile(io.BytesIO(evb)) as archive:
        entry = archive.getinfo(name)
    return entry.header_offset + 30 + len(name.encode()) + place


def flipped(evb: bytes, place: int) -> bytes:
    changed = bytearray(evb)
    changed[place] ^= 1
    return bytes(changed)


def test_a_whole_bundle_holds_and_says_what_it_does_not_prove(evb: bytes, visitor: Visitor, sealed: SealedHome) -> None:
    answer = verified(visitor(), evb)
    said = answer.json()
    assert answer.status_code == 200 and said["ok"], said
    assert set(results(answer).values()) <= {"一致", "无法验证"} and results(answer)["quorum"] == "一致"
    assert results(answer)["sm"] == "一致"
    assert [one["article"] for one in said["headings"]] == ["第十六条", "第十七条", "第十八条", "第十九条"]
    assert any("内容属实" in line for line in said["not_proved"])
    assert {one["result"] for one in said["digests"]} == {"一致"}
    page = visitor().get(said["url"]).content.decode()
    assert "经技术核验一致" in page and "没有证明什么" in page and "证据真实" not in page


@pytest.mark.parametrize(
    ("member", "step", "result"),
    [("original", "original", "不一致"), ("salt", "inclusion", "不一致"), ("policy.txt", "", "")],
)
def test_a_changed_bundle_is_refused_at_the_step_that_finds_it(
    member: str, step: str, result: str, evb: bytes, visitor: Visitor
) -> None:
    client = visitor()
    with zipfile.ZipFile(io.BytesIO(evb)) as archive:
        assert member in archive.namelist()
    answer = verified(client, rebuilt(evb, member))
    if not step:  # a bundle's own policy is never believed, so changing it changes nothing
        assert answer.status_code == 200
        return
    assert answer.status_code == 422 and answer.json()["step"] == step, answer.json()
    assert results(answer)[step] == result
    after = list(results(answer).values())[list(results(answer)).index(step) + 1 :]
    assert set(after) <= {"无法验证"}
    assert answer.json()["message"] in client.get(answer.json()["url"]).content.decode()


def rebuilt(evb: bytes, member: str) -> bytes:
    """The bundle with one byte of a member changed and everything else as the one form has it."""
    from jianwei.seal import bundle

    with zipfile.ZipFile(io.BytesIO(evb)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = flipped(parts[member], 5)
    out = io.BytesIO()
    bundle.write(
        out,
        bundle.Parts(
            parts["manifest.json"], parts["salt"], parts["proof.tlog-proof"], io.BytesIO(parts["original"]), parts.get("proof-sm.tlog-proof"),
            parts.get("checkpoint.tsr"), None, parts.get("policy.txt"),
        ),
    )  # fmt: skip
    return out.getvalue()


def test_every_hundredth_byte_flipped_is_found(evb: bytes, visitor: Visitor) -> None:
    client = visitor()
    for place in range(0, len(evb), max(1, len(evb) // 40)):
        answer = verified(client, flipped(evb, place))
        assert not answer.json()["ok"] or place >= at(evb, "policy.txt"), place


def test_back_dating_shows_both_times_apart(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    """Attack 22: a new file with a claimed time of six years ago."""
    made, client = fix(collected_at="2020-01-01 00:00").material, visitor()
    sealed.witnessed()
    page = client.get(f"/evidence/{made.pk}/").content.decode()
    assert "2020-01-01" in page and "未经证明" in page and "日志不能证明" in page
    said = client.post(f"/evidence/{made.pk}/check/", follow=True).content.decode()
    assert "自称提取时间早于可证明时间" in said and "未经证明" in said
    report = Verification.objects.get().report
    assert report["times"]["claimed"].startswith("2020-01-01") and not report["times"]["proven"].startswith("2020")
    assert "早于存入" in client.get("/evidence/").content.decode()
    assert made.name in client.get("/evidence/?mark=backdated").content.decode()


def test_a_plain_file_is_found_by_what_was_fixed_of_it(one: Material, visitor: Visitor) -> None:
    answer = verified(visitor(), CONTENT, "换了名字.pdf")
    assert answer.status_code == 200 and answer.json()["material"] == one.pk


def test_a_changed_plain_file_matches_nothing_and_against_its_material_both_digests_are_shown(
    one: Material, visitor: Visitor
) -> None:
    client = visitor()
    answer = verified(client, CONTENT + b"!", "转账记录.pdf")
    assert answer.status_code == 422 and answer.json()["step"] == "record"
    assert set(results(answer).values()) == {"缺失"}
    answer = verified(client, CONTENT + b"!", "转账记录.pdf", against=one.pk)
    assert answer.json()["step"] == "original" and {x["result"] for x in answer.json()["digests"]} == {"不一致"}
    assert one.sha256 in client.get(answer.json()["url"]).content.decode()


def test_a_material_without_witnesses_fails_at_the_quorum(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    made = fix().material
    sealed.drain()
    visitor().post(f"/evidence/{made.pk}/check/")
    found = Verification.objects.get()
    assert found.step == "quorum"
    assert next(x for x in found.report["steps"] if x["key"] == "quorum")["result"] == "缺失"


def test_a_changed_original_in_the_vault_is_found(one: Material, sealed: SealedHome, visitor: Visitor) -> None:
    file = next((sealed.folder() / "originals").glob("??/*"))
    file.write_bytes(flipped(file.read_bytes(), 40))
    answer = visitor().post(f"/evidence/{one.pk}/check/")
    assert answer.status_code == 422 and "不能解密" in answer.content.decode()


def test_nothing_of_the_file_stays_and_the_act_is_in_the_log(
    evb: bytes, one: Material, visitor: Visitor, sealed: SealedHome
) -> None:
    client = visitor()
    made = verified(client, evb).json()
    raw = client.post("/evidence/verify/", evb, content_type="application/octet-stream", headers={"Accept": "application/json", "X-File-Name": "a.evb"})  # fmt: skip
    assert raw.json()["ok"]
    assert list((sealed.path / "uploads").iterdir()) == []
    sealed.drain()
    with EvidenceLog.open(sealed.folder()) as log:
        said = log.entry(made["id"]).manifest
        assert said and said.kind is Kind.VERIFICATION and said.prev[0].index == 0
    assert one.custody.filter(verb=Custody.Verb.VERIFIED, result__contains="一致").count() == 2


def test_a_bundle_of_an_unknown_log_cannot_be_judged(evb: bytes, visitor: Visitor, sealed: SealedHome) -> None:
    for code in ("330602", "330603"):
        (sealed.folder(code) / "policy.txt").unlink()
    answer = verified(visitor(), evb)
    assert answer.status_code == 422 and answer.json()["step"] == "policy"
    assert results(answer)["policy"] == "无法验证"


def test_a_policy_given_beside_the_bundle_is_the_one_that_counts(
    evb: bytes, visitor: Visitor, sealed: SealedHome
) -> None:
    other = (sealed.folder("330603") / "policy.txt").read_bytes()
    answer = verified(visitor(), evb, policy=SimpleUploadedFile("policy.txt", other))
    assert answer.json()["step"] == "origin"
    own = (sealed.folder() / "policy.txt").read_bytes()
    assert verified(visitor(), evb, policy=SimpleUploadedFile("policy.txt", own)).status_code == 200


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"\0" * 26 + b"original", b"PK\x05\x06" + b"\0" * 18, b"\0", b"PK"]
)
def test_hostile_bytes_are_a_verdict_not_a_crash(content: bytes, visitor: Visitor, sealed: SealedHome) -> None:
    assert verified(visitor(), content).status_code == 422


def test_a_bundle_of_another_office_is_judged_but_its_material_is_not_shown(
    evb: bytes, one: Material, visitor: Visitor
) -> None:
    stranger = visitor("prosecutor", "sibling")
    said = verified(stranger, evb).json()
    assert said["ok"] and said["material"] is None
    assert one.get_absolute_url() not in stranger.get(said["url"]).content.decode()


@pytest.mark.parametrize(
    "change",
    [{"place": "别处"}, {"name": "另一份.pdf"}, {"holder": ""}, {"collected_at": None}, {"sha256": "0" * 64}, {"collectors": ["某"]}, {"note": "改"}],
)  # fmt: skip
def test_a_row_of_the_desk_that_was_changed_is_not_certified(
    change: dict[str, Any], one: Material, acting: Callable[..., Any]
) -> None:
    assert verifying.of_material(acting(), one.pk).ok
    Material.objects.filter(pk=one.pk).update(**change)
    made = verifying.of_material(acting(), one.pk)
    assert (made.ok, made.step) == (False, "manifest") and "登记" in made.report["message"]
    assert certificate.filled(acting(), one, made, [])["verdict"] == "核验没有通过"


@pytest.fixture
def forged(one: Material, tmp_path: Path) -> tuple[bytes, bytes]:
    """A bundle of somebody's own log with the number of a genuine material, and the policy under which it holds."""
    settings = Settings("jcy.test/evlog/forged", "330602", ("sha256",))
    with EvidenceLog.create(tmp_path / "forged", settings, os.urandom) as log:
        said = Manifest(Kind.MATERIAL, one.pk, "某院", name=one.name, sha256=None)
        log.put(Kind.MATERIAL, said, io.BytesIO(b"forged"), now=1_800_000_000, entropy=os.urandom)
        with log.writer(1_800_000_000) as writer:
            writer.drain(1_800_000_000)
        out = io.BytesIO()
        log.bundle(one.pk, out, allow_fixed=True)
        policy = f"log {log.folder.verifier('sha256').vkey}\nquorum none\n"
    return out.getvalue(), policy.encode()


def test_what_holds_under_a_stranger_s_policy_is_not_said_of_the_material(
    forged: tuple[bytes, bytes], one: Material, visitor: Visitor
) -> None:
    content, policy = forged
    said = verified(visitor(), content, policy=SimpleUploadedFile("policy.txt", policy)).json()
    assert said["ok"] and said["material"] is None
    assert not one.custody.filter(verb=Custody.Verb.VERIFIED).exists()


def test_a_record_of_another_log_under_the_same_number_is_not_that_material(
    forged: tuple[bytes, bytes], one: Material, visitor: Visitor
) -> None:
    assert verified(visitor(), forged[0]).json()["material"] is None


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59Z", 7, ["x"], "x"]
)
def test_a_claimed_time_beyond_all_calendars_is_no_crash(at: object) -> None:
    verdict = {"ok": False, "step": "quorum", "message": "", "facts": {}, "warnings": []}
    report = judging.told(verdict, judging.Bundle("o", {"collected": {"at": at}}, None), None)
    assert report["times"]["claimed"] == ""


NAMES = ["甲\x00乙.pdf", "甲\x1b[2J.pdf", "甲\u202egnp.pdf", "\ud800.pdf", "甲\r\nX-A: 1.pdf", "n" * 5000]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_name_hides_no_verification(name: str, one: Material, visitor: Visitor) -> None:
    client = visitor()
    header = quote(name.encode("utf-8", "surrogatepass"))
    made = client.post("/api/verify", CONTENT, content_type="application/octet-stream", headers={"X-File-Name": header})
    assert made.status_code == 200 and made.json()["in_log"]
    kept = Verification.objects.get().name
    assert kept.isprintable() and len(kept) <= 200
    assert client.get(made.json()["url"]).status_code == 200
