"""Once a day everything is computed again, and the page of the log says what is not as it was."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from sealed_homes import SealedHome

from jianwei.desk.evidence import inspecting, packing, watching
from jianwei.desk.evidence.models import Inspection, Material
from jianwei.desk.people.acting import Acting
from jianwei.desk.workbench import rounds
from jianwei.seal.witnessing.cosigs import DATING, FILE, Cosigs


def _inspect() -> int:
    return inspecting.inspect(timezone.localdate(), timezone.now())


def test_what_was_left_alone_is_as_it_was(fix: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    fix()
    assert "尚未检查过" in visitor().get("/evidence/log/").content.decode()
    assert _inspect() == 0
    assert "全部一致" in visitor().get("/evidence/log/").content.decode()


def test_a_changed_row_of_the_desk_is_named(fix: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    one = fix().material
    Material.objects.filter(pk=one.pk).update(place="别处")
    assert _inspect() == 1
    assert one.pk in visitor().get("/evidence/log/").content.decode()


def test_a_changed_record_and_one_that_is_gone_are_named(fix: Callable[..., Any], sealed: SealedHome) -> None:
    one, other = fix().material, fix(name="乙.pdf", content=b"another", place="别处").material
    with sqlite3.connect(sealed.path / "seal/330602/secrets.db") as vault:
        vault.execute("UPDATE entry SET salt = zeroblob(32) WHERE id = ?", (one.pk,))
        vault.execute("DELETE FROM entry WHERE id = ?", (other.pk,))
    assert _inspect() >= 2
    told = " ".join(Inspection.objects.get(office__code="330602").findings)
    assert one.pk in told and other.pk in told


def test_the_newest_inspection_is_the_one_that_counts(fix: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    one = fix().material
    Material.objects.filter(pk=one.pk).update(place="别处")
    _inspect()
    Material.objects.filter(pk=one.pk).update(place=one.place)
    assert _inspect() == 0
    page = visitor().get("/evidence/log/").content.decode()
    assert "全部一致" in page and one.pk not in page


def test_of_very_many_findings_some_are_kept(fix: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        fix(content=b"%d" % n)
    Material.objects.update(place="别处")
    monkeypatch.setattr(inspecting, "MOST_KEPT", 2)
    assert _inspect() == 2


def test_a_log_that_cannot_be_read_is_named_and_holds_up_no_other(fix: Callable[..., Any], sealed: SealedHome) -> None:
    fix()
    (sealed.folder() / FILE).write_bytes(b"no database " * 1000)
    assert _inspect() >= 1
    found = {one.office.code: one.findings for one in Inspection.objects.select_related("office")}
    assert "不能检查" in " ".join(found["330602"]) and found["330603"] == []


def test_a_chain_that_holds_another_log_is_an_alarm_on_the_page(
    sealed: SealedHome, visitor: Callable[..., Client]
) -> None:
    says = "链上已锚定第 9 条的检查点，与现有的第 3 条不相容：日志可能被回退或者分叉。"
    assert says not in visitor().get("/evidence/log/").content.decode()
    with closing(Cosigs(sealed.folder() / FILE)) as cosigs:
        cosigs.trouble(DATING, "链上锚定", says, 1)
    page = visitor().get("/evidence/log/").content.decode()
    assert says in page and 'role="alert"' in page


def test_the_worker_inspects_once_a_day() -> None:
    assert {task.run: task.every for task in rounds.TASKS}[inspecting.inspect] == dt.timedelta(days=1)


def test_a_bundle_that_leaves_before_any_witness_signed_is_told_of_in_the_custody_log(
    fix: Callable[..., Any], sealed: SealedHome, acting: Callable[..., Acting]
) -> None:
    one = fix().material
    sealed.drain()
    list(packing.bundle(acting(), one.pk, "核对", allow_fixed=True).pieces)
    sealed.witnessed()
    watching.state(one, timezone.now())
    list(packing.bundle(acting(), one.pk, "移送法院").pieces)
    assert list(one.custody.filter(verb="bundled").order_by("pk").values_list("result", flat=True)) == ["尚未见证", ""]
