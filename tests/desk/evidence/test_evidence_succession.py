"""An office's log is closed and another follows: everything fixed before is proved as before, everything else goes on."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from evidence_samples import CONTENT, TYPED
from sealed_homes import COUNTY, SIBLING, SealedHome

from jianwei.desk.evidence import erasing, inspecting, ledger, verifying, watching
from jianwei.desk.evidence.errors import Conflict
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Inspection, Material
from jianwei.desk.people.acting import Acting
from jianwei.seal import beside, closing, demo, succession
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.witnessing.forks import Forked

pytestmark = pytest.mark.django_db
Fix = Callable[..., Fixed]
Who = Callable[..., Acting]
Visitor = Callable[..., Client]

NEXT = f"{COUNTY}-2"
OLD, NEW = f"jcy.example/evlog/{COUNTY}", f"jcy.example/evlog/{NEXT}"


def close(sealed: SealedHome, reason: str = "更换服务器") -> None:
    """As the command does, and what is done after it: the witnesses know the new log."""
    old = sealed.folder()
    closing.succeed(old, succession.following(old), reason, int(time.time()), os.urandom)
    demo.found(sealed.path, [COUNTY, SIBLING], os.urandom)


def bundle(client: Client, one: Material) -> bytes:
    answer = client.get(f"/api/evidence/{one.pk}/bundle?purpose=移送法院")
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def verified(client: Client, evb: bytes, **more: Any) -> dict[str, Any]:
    return dict(client.post("/api/verify", {"file": SimpleUploadedFile("a.evb", evb), **more}).json())


@pytest.fixture
def before(sealed: SealedHome, fix: Fix) -> Material:
    """Witnessed in a log that is closed now."""
    made = fix().material
    sealed.witnessed()
    close(sealed)
    return made


def test_each_material_is_proved_by_the_log_that_holds_it(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    witnessed = fix().material
    sealed.witnessed()
    fixed = fix(name="乙.pdf", content=b"fixed", place="别处").material
    sealed.drain()
    waiting = fix(name="丙.pdf", content=b"waiting", place="别处").material
    close(sealed)
    later = fix(name="丁.pdf", content=b"later", place="别处").material
    ledger.carry_over(later.office, timezone.now())
    sealed.witnessed(NEXT)
    client = visitor()
    for one, origin in ((witnessed, OLD), (fixed, NEW), (waiting, NEW), (later, NEW)):
        assert client.get(f"/api/evidence/{one.pk}").json()["state"] == "witnessed", one.name
        assert origin in client.get(f"/evidence/{one.pk}/").content.decode()
        said = verified(client, bundle(client, one))
        assert said["ok"] and said["material"] == one.pk, said
        assert said["facts"]["log"]["origin"] == origin
    assert "该日志已终止" in client.get(f"/evidence/{witnessed.pk}/").content.decode()
    assert watching.refresh(timezone.localdate(), timezone.now()) == 0
    taken = client.post(f"/evidence/{witnessed.pk}/take/", {"what": "original", "purpose": "核对原件"})
    assert b"".join(taken.streaming_content) == CONTENT


def test_the_list_follows_a_material_into_the_log_that_took_it(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    fix(name="甲.pdf", content=b"first", place="别处")
    sealed.witnessed()
    one = fix().material
    sealed.drain()
    close(sealed)
    client = visitor()
    client.get("/evidence/")
    one.refresh_from_db()
    assert (one.stage, one.index, one.proven_at) == ("fixed", 1, None)
    ledger.carry_over(one.office, timezone.now())
    sealed.witnessed(NEXT)
    client.get("/evidence/")
    one.refresh_from_db()
    assert (one.stage, one.index) == ("witnessed", 1) and one.proven_at


def test_a_certificate_names_the_closed_log(before: Material, acting: Who, sealed: SealedHome) -> None:
    made = verifying.of_material(acting(), before.pk)
    assert made.ok and made.in_log and made.report["facts"]["log"]["origin"] == OLD
    with EvidenceLog.open(sealed.folder(NEXT)) as log:
        (named,) = log.entry(made.pk).manifest.prev  # type: ignore[union-attr]
    assert (named.origin, named.index) == (OLD, 0)


def test_a_material_of_a_closed_log_is_corrected_and_handed_over_in_the_next(
    before: Material, sealed: SealedHome, visitor: Visitor
) -> None:
    client = visitor()
    typed = {**TYPED, "name": before.name, "why": "地点误写", "place": "塔下弄5号"}
    for _ in range(2):
        assert client.post(f"/evidence/{before.pk}/correct/", typed).status_code == 302
    said = {"recipient": "越州市法院 刑庭", "purpose": "移送法院"}
    assert client.post(f"/evidence/{before.pk}/transfer/", said).status_code == 302
    sealed.witnessed(NEXT)
    better = Material.objects.get(corrects=before)
    assert verified(client, bundle(client, better))["ok"]
    with EvidenceLog.open(sealed.folder(NEXT)) as log:
        told = [each for each in log.entries() if each.kind in (Kind.CORRECTION, Kind.TRANSFER)]
        assert [each.manifest.prev[0].origin for each in told] == [OLD, OLD]  # type: ignore[union-attr]


def erase(one: Material, acting: Who) -> None:
    asked = erasing.ask(acting(), one.pk, order_no="越检封〔2026〕1号", reason="犯罪记录封存")
    assert erasing.decide(acting("head"), one.pk, asked.pk, agrees=True, why="").outcome == "done"


def whole(sealed: SealedHome) -> bytes:
    return b"".join(file.read_bytes() for file in sealed.path.rglob("*") if file.is_file())


def clean(sealed: SealedHome) -> None:
    for code in (COUNTY, NEXT):
        with EvidenceLog.open(sealed.folder(code)) as log:
            assert list(log.check()) == []


def test_what_lies_in_a_closed_log_is_erased_there_and_certified_in_the_next(
    before: Material, fix: Fix, acting: Who, sealed: SealedHome, visitor: Visitor
) -> None:
    neighbour = fix(name="丁.pdf", content=b"later", place="别处").material
    verifying.of_material(acting(), before.pk)
    sealed.witnessed(NEXT)
    digest = before.sha256.encode()
    assert digest in whole(sealed)
    erase(before, acting)
    left = whole(sealed)
    assert digest not in left and CONTENT not in left and "转账记录".encode() not in left
    ledger.carry_over(before.office, timezone.now())
    sealed.witnessed(NEXT)
    with EvidenceLog.open(sealed.folder(NEXT)) as log:
        certificates = [each.manifest for each in log.entries(kinds=(Kind.DELETION,)) if each.manifest]
    assert {each.prev[0].origin for each in certificates} == {None, OLD}
    assert visitor().get(f"/api/evidence/{before.pk}").json()["state"] == "erased"
    assert verifying.of_material(acting(), neighbour.pk).ok
    assert erasing.follow(timezone.localdate(), timezone.now()) == 0
    clean(sealed)


def test_what_was_taken_over_is_erased_in_both_logs(sealed: SealedHome, fix: Fix, acting: Who) -> None:
    fix(name="甲.pdf", content=b"first", place="别处")
    sealed.witnessed()
    one = fix().material
    sealed.drain()
    close(sealed)
    ledger.carry_over(one.office, timezone.now())
    sealed.witnessed(NEXT)
    erase(one, acting)
    assert one.sha256.encode() not in whole(sealed)
    ledger.carry_over(one.office, timezone.now())
    sealed.drain(NEXT)
    clean(sealed)


def test_what_a_command_erased_in_one_of_two_logs_is_not_called_erased(sealed: SealedHome, fix: Fix) -> None:
    fix(name="甲.pdf", content=b"first", place="别处")
    sealed.witnessed()
    one = fix().material
    sealed.drain()
    close(sealed)
    ledger.carry_over(one.office, timezone.now())
    sealed.witnessed(NEXT)
    said: dict[str, Any] = {
        "order_no": "1号",
        "reason": "x",
        "by": ("甲", "乙"),
        "now": 1_800_000_000,
        "entropy": os.urandom,
    }
    for code, followed in ((COUNTY, 0), (NEXT, 1)):
        with EvidenceLog.open(sealed.folder(code)) as log:
            log.erase(one.pk, **said)
        assert erasing.follow(timezone.localdate(), timezone.now()) == followed


def test_an_old_database_is_emptied_of_what_a_closed_log_erased(before: Material, sealed: SealedHome) -> None:
    with EvidenceLog.open(sealed.folder()) as log:
        log.erase(before.pk, order_no="1号", reason="x", by=("甲", "乙"), now=1_800_000_000, entropy=os.urandom)
    ledger.carry_over(before.office, timezone.now())
    assert erasing.follow(timezone.localdate(), timezone.now()) == 1
    before.refresh_from_db()
    assert (before.stage, before.sha256) == ("erased", "")


def test_a_checkpoint_signed_after_the_end_is_not_believed(
    sealed: SealedHome, fix: Fix, visitor: Visitor, before: Material
) -> None:
    evb = bundle(visitor(), before)
    old = sealed.folder()
    with io.BytesIO() as late, EvidenceLog.open(old) as log:
        (old / "closed").rename(old / "put aside")
        said = log.entry(before.pk).manifest
        assert said
        log.vault.take(ledger.manifest(_other(before)), io.BytesIO(CONTENT), now=1, entropy=os.urandom)
        sealed.witnessed()
        log.bundle(_other(before).pk, late)
        (old / "put aside").rename(old / "closed")
        found = verified(visitor(), late.getvalue())
    assert (found["ok"], found["step"]) == (False, "origin") and "已经终止" in found["message"]
    assert verified(visitor(), evb)["ok"]


def _other(one: Material) -> Material:
    return Material(
        id="01" + "A" * 24, office=one.office, kind=1, name="补.pdf", sha256=one.sha256, sm3=one.sm3, size=one.size, place="别处"
    )  # fmt: skip


def test_the_page_says_which_log_ended_and_gives_its_policy(
    before: Material, sealed: SealedHome, visitor: Visitor
) -> None:
    client = visitor()
    page = client.get("/evidence/log/").content.decode()
    assert OLD in page and NEW in page and "更换服务器" in page and "已终止的日志" in page and "接续" in page
    assert "存证服务没有运行" in page  # of the new one
    for nth, code in (("1/", COUNTY), ("2/", NEXT), ("", NEXT)):
        given = client.get(f"/evidence/log/{COUNTY}/{nth}policy.txt")
        assert given.content == (sealed.folder(code) / "policy.txt").read_bytes()
    for nth in ("0", "3", "999"):
        assert client.get(f"/evidence/log/{COUNTY}/{nth}/policy.txt").status_code == 404
    other = visitor("prosecutor", "sibling")
    assert other.get(f"/evidence/log/{COUNTY}/1/policy.txt").status_code == 404


def test_a_closed_log_that_nothing_follows_takes_nothing_and_says_so(
    before: Material, fix: Fix, sealed: SealedHome, visitor: Visitor
) -> None:
    shutil.move(sealed.folder(NEXT), sealed.path / "elsewhere")
    with pytest.raises(Conflict, match="已经终止"):
        fix(name="丁.pdf", content=b"later", place="别处")
    assert "没有接续它的日志" in visitor().get("/evidence/log/").content.decode()
    assert verified(visitor(), bundle(visitor(), before))["ok"]


def test_what_is_closed_while_it_is_written_to_refuses_and_loses_nothing(
    sealed: SealedHome, fix: Fix, monkeypatch: pytest.MonkeyPatch
) -> None:
    fix(name="甲.pdf", content=b"first", place="别处")
    sealed.witnessed()
    put = EvidenceLog.put

    def closed_first(log: EvidenceLog, *args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(EvidenceLog, "put", put)
        close(sealed)
        return put(log, *args, **kwargs)

    monkeypatch.setattr(EvidenceLog, "put", closed_first)
    with pytest.raises(Conflict, match=NEW):
        fix()
    one = fix().material  # tried again
    sealed.drain(NEXT)
    with EvidenceLog.open(sealed.folder(NEXT)) as log:
        assert log.entry(one.pk).index == 1


def test_a_record_put_again_after_the_end_is_the_one_there_was(before: Material, sealed: SealedHome) -> None:
    assert ledger.put(before, io.BytesIO(CONTENT)) == before.pk
    with EvidenceLog.open(sealed.folder(NEXT)) as log:
        assert [each.kind for each in log.entries()] == [Kind.KEY_EVENT]


def test_the_inspection_looks_into_the_closed_log_too(before: Material, sealed: SealedHome) -> None:
    sealed.witnessed(NEXT)
    assert inspecting.inspect(timezone.localdate(), timezone.now()) == 0
    with sqlite3.connect(sealed.folder() / "secrets.db") as vault:
        vault.execute("UPDATE entry SET salt = zeroblob(32)")
    assert inspecting.inspect(timezone.localdate(), timezone.now()) == 1
    assert f"已终止的日志 {COUNTY} " in Inspection.objects.filter(office__code=COUNTY).latest("at").findings[0]
    (sealed.folder() / "secrets.db").unlink()
    assert inspecting.inspect(timezone.localdate(), timezone.now()) >= 1
    assert "没有保密库" in " ".join(Inspection.objects.filter(office__code=COUNTY).latest("at").findings)


def test_a_log_whose_records_are_lost_ends_and_the_desk_goes_on(
    sealed: SealedHome, fix: Fix, visitor: Visitor, tmp_path: Any
) -> None:
    kept = fix().material
    sealed.witnessed()
    shutil.copytree(sealed.folder(), tmp_path / "backup")
    lost = fix(name="乙.pdf", content=b"lost", place="别处").material
    sealed.witnessed()
    shutil.rmtree(sealed.folder())
    shutil.copytree(tmp_path / "backup", sealed.folder())
    with pytest.raises(Forked):
        sealed.starts()
    close(sealed, "存储设备损坏")
    later = fix(name="丁.pdf", content=b"later", place="别处").material
    sealed.witnessed(NEXT)
    client = visitor()
    for one in (kept, later):
        assert verified(client, bundle(client, one))["ok"]
    page = client.get(f"/evidence/{lost.pk}/").content.decode()
    assert f"没有编号为“{lost.pk}”的存证记录" in page
    log = client.get("/evidence/log/").content.decode()
    assert "存储设备损坏" in log
    inspecting.inspect(timezone.localdate(), timezone.now())
    assert lost.pk in " ".join(Inspection.objects.get(office__code=COUNTY).findings)


def test_beside_the_desk_only_open_logs_are_served(before: Material, sealed: SealedHome) -> None:
    said = (sealed.folder() / "service.json").read_bytes()
    with beside.running(sealed.path):
        end = time.monotonic() + 60
        with EvidenceLog.open(sealed.folder(NEXT)) as log:
            while log.entries()[0].index is None or log.status(int(time.time())).unwitnessed:
                assert time.monotonic() < end
                time.sleep(0.05)
    assert (sealed.folder() / "service.json").read_bytes() == said
