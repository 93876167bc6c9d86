"""What a device exports goes into the log once, whatever happens meanwhile; what cannot is said, and holds up nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from recording_samples import FILM, Device

from jianwei.desk.evidence import erasing, fixing, inspecting, ledger
from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.recordings import actions, dropping, folder, forgetting, keeping
from jianwei.desk.recordings.models import Arrival, Mark, Recording

pytestmark = pytest.mark.django_db
SHA256 = hashlib.sha256(FILM).hexdigest()
SM3 = hashlib.new("sm3", FILM).hexdigest()


def test_a_file_at_rest_goes_into_the_log_with_all_that_the_device_says(device: Device, matter: Matter) -> None:
    (device.place / "设备.json").write_text(
        '{"device": "同录主机甲", "place": "塔下弄讯问室", "purpose": "讯问"}', "utf-8"
    )
    said = {
        "matter": matter.number, "officers": ["闻知秋", "郎听雨"], "persons": "虞见山、容怀远", "started_at": "2026-03-01T09:30:00+08:00",
        "ended_at": "2026-03-01 11:02:10", "sha256": SHA256.upper(), "sm3": SM3, "place": "塔下弄第二讯问室",
    }  # fmt: skip
    device.export(said=said)
    one = device.taken()
    kept = one.material
    assert (kept.sha256, kept.sm3, kept.size, kept.matter) == (SHA256, SM3, len(FILM), matter)
    assert (kept.device, kept.place, kept.collectors) == ("同录主机甲", "塔下弄第二讯问室", ["闻知秋", "郎听雨"])
    assert (kept.collected_at, one.seconds) == (dt.datetime.fromisoformat("2026-03-01T01:30:00+00:00"), 5530)
    assert (one.purpose, one.present, one.door, one.differs, kept.warnings) == (
        "讯问",
        ["虞见山", "容怀远"],
        "folder",
        False,
        [],
    )
    assert device.done() == {"讯问.mp4", "讯问.mp4.json"} and device.left() == {"设备.json"}
    entry = device.entries()[0]
    assert entry.id == kept.pk and entry.manifest.sha256 == SHA256 and entry.manifest.case_ref == str(matter)
    line = Custody.objects.get(material=kept)
    assert (line.verb, line.by, line.result) == ("fixed", None, "自动存证")
    assert not Arrival.objects.exists()


def test_a_file_that_still_grows_is_left_until_it_rests(device: Device) -> None:
    path = device.export(content=FILM[:1000])
    assert device.round() == 0
    with path.open("ab") as file:
        file.write(FILM[1000:])
    assert device.round() == 0, "it looks other than in the round before"
    assert device.round(dt.timedelta(seconds=5)) == 0, "the round came too soon"
    assert device.round() == 1
    assert Recording.objects.get().material.sha256 == SHA256


def test_a_sidecar_that_is_still_written_is_waited_for(device: Device, matter: Matter) -> None:
    path = device.export()
    device.round()
    path.with_name("讯问.mp4.json").write_text(f'{{"matter": "{matter.number}"}}', "utf-8")
    assert device.round() == 0 and device.round() == 1
    assert Recording.objects.get().material.matter == matter


@pytest.mark.parametrize("name", ["讯问.mp4.part", ".讯问.mp4", "~$讯问.mp4", "Thumbs.db", "讯问.mp4.TMP"])
def test_what_is_no_recording_yet_is_passed_over_in_silence(name: str, device: Device) -> None:
    device.export(name)
    device.round()
    device.round()
    assert not Arrival.objects.exists() and not Material.objects.exists() and device.left() == {name}


class Bad(NamedTuple):
    name: str
    says: str
    make: Callable[[Path], object]


BAD = (
    Bad("空.mp4", "文件是空的", lambda path: path.write_bytes(b"")),
    Bad("链接.mp4", "是一个链接", lambda path: path.symlink_to("/etc/passwd")),
    Bad("断.mp4", "是一个链接", lambda path: path.symlink_to("/nowhere")),
    Bad("讯问\u202e4pm.mp4", "‹202E›", lambda path: path.write_bytes(FILM[:10])),
    Bad("讯\u200b问.mp4", "‹200B›", lambda path: path.write_bytes(FILM[:10])),
    Bad("换\n行.mp4", "‹000A›", lambda path: path.write_bytes(FILM[:10])),
    Bad(os.fsdecode(b"\xff\xfe.mp4"), "‹DCFF›", lambda path: path.write_bytes(FILM[:10])),
    Bad("程序.exe", "不是录音录像", lambda path: path.write_bytes(FILM[:10])),
    Bad("文件夹.mp4", "不能再有文件夹", lambda path: path.mkdir()),
    Bad("管道.mp4", "不是普通文件", lambda path: os.mkfifo(path)),
    Bad("孤.mp4.json", "没有与它同名", lambda path: path.write_bytes(b"{}")),
)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.says)
def test_what_cannot_be_taken_is_said_and_holds_up_nothing(bad: Bad, device: Device) -> None:
    bad.make(device.place / bad.name)
    device.export("好.mp4")
    assert bad.says in device.problem()
    assert Recording.objects.get().material.name == "好.mp4"
    note = device.place / (folder.shown(bad.name) + folder.NOT_YET)
    assert bad.says in note.read_text("utf-8")
    path = device.place / bad.name
    path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    device.round()
    assert not Arrival.objects.exists() and not note.exists(), "what is gone is no longer spoken of"


def test_an_unreadable_file_is_said(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    device.export()
    plain = os.open

    def refusing(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if str(path).endswith("讯问.mp4"):
            raise PermissionError(13, "Permission denied")
        return plain(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refusing)
    assert "不能读取" in device.problem()
    monkeypatch.undo()
    assert device.round() == 0, "what did not change is tried again only after a while"
    assert device.round(dropping.AGAIN) == 1


class Row(NamedTuple):
    said: object
    warns: str
    keeps: dict[str, object]


SIDECARS = (
    Row(b'{"matter": ', "不是完整的 JSON", {"collectors": []}),
    Row(b"[1, 2]", "应为一个 JSON 对象", {}),
    Row(b"[" * 5000, "不是完整的 JSON", {}),
    Row(b'{"place": "' + b"x" * 70_000 + b'"}', "超过 64 KB", {"place": ""}),
    Row({"room": "甲", "place": "塔下弄"}, "“room”不认识", {"place": "塔下弄"}),
    Row({"started_at": "昨天", "place": "塔下弄"}, "“started_at”应为", {"place": "塔下弄", "collected_at": None}),
    Row({"started_at": 5, "device": "甲"}, "“started_at”应为", {"device": "甲"}),
    Row({"sha256": "xyz"}, "64 位十六进制", {"device_sig": ""}),
    Row({"officers": [1]}, "姓名的列表", {"collectors": []}),
    Row({"place": "塔\u202e下"}, "看不见的字符", {"place": ""}),
    Row({"place": "长" * 201, "device": "甲"}, "超过 200 字", {"place": "", "device": "甲"}),
    Row({"started_at": "2026-03-01T10:00", "ended_at": "2026-03-01T09:00"}, "早于开始", {}),
    Row({"matter": "没有这个号"}, "“没有这个号”在本院没有对应的事项", {"matter": None, "case_ref": "没有这个号"}),
    Row({"purpose": "讯问", "officers": "闻知秋"}, "不少于2名", {"collectors": ["闻知秋"]}),
)  # fmt: skip


@pytest.mark.parametrize("row", SIDECARS, ids=lambda row: row.warns)
def test_a_bad_sidecar_keeps_no_recording_out_of_the_log(row: Row, device: Device) -> None:
    device.export(said=row.said)
    one = device.taken()
    assert any(row.warns in says for says in one.material.warnings), one.material.warnings
    assert {name: getattr(one.material, name) for name in row.keeps} == row.keeps
    assert one.material.sha256 == SHA256 and "讯问.mp4.json" in device.done()
    remark = (device.place / "已存证" / "讯问.mp4.说明.txt").read_text("utf-8")
    assert row.warns in remark and "没有归入事项" in remark


def test_a_sidecar_that_is_a_link_is_not_followed(device: Device, matter: Matter) -> None:
    secret = device.home / "secret.json"
    secret.write_text(f'{{"matter": "{matter.number}"}}', "utf-8")
    (device.place / "讯问.mp4.json").symlink_to(secret)
    device.export()
    one = device.taken()
    assert one.material.matter is None and "是一个链接" in one.material.warnings[0]


def test_the_matter_of_another_office_is_no_matter_here(
    device: Device, opened: Callable[..., Matter], acting: Any
) -> None:
    foreign = opened(by=acting("prosecutor", "sibling"))
    device.export(said={"matter": foreign.number})
    assert device.taken().material.matter is None


@pytest.mark.parametrize("digest", [{"sha256": "0" * 64}, {"sm3": SM3[::-1]}], ids=["SHA-256", "SM3"])
def test_a_digest_that_differs_is_said_loudly_and_the_file_is_kept(
    digest: dict[str, str], device: Device, acting: Callable[..., Acting]
) -> None:
    device.export(said=digest)
    one = device.taken()
    assert (
        one.differs and "不一致" in one.material.warnings[0] and next(iter(digest.values())) in one.material.device_sig
    )
    assert len(device.entries()) == 1 and "讯问.mp4" in device.done()
    actions.settle(acting(), one.pk, "已重新导出，本份传输中损坏")
    with pytest.raises(actions.Conflict):
        actions.settle(acting("head"), one.pk, "又核对一次")


def test_the_same_bytes_again_are_the_same_entry(device: Device, matter: Matter) -> None:
    device.export(said={"matter": matter.number})
    first = device.taken()
    device.export("另一个名字.mp4", said={"place": "别处"})
    device.export("讯问.mp4")
    device.round()
    assert device.round() == 0
    assert Recording.objects.get() == first and len(device.entries()) == 1
    assert {"另一个名字.mp4", "讯问 (2).mp4"} <= device.done()
    assert "内容完全相同" in (device.place / "已存证" / "另一个名字.mp4.说明.txt").read_text("utf-8")
    first.refresh_from_db()
    assert len(first.copies) == 3


def test_a_name_as_long_as_a_disk_takes_is_put_away(device: Device) -> None:
    name = "长" * 83 + ".mp4"
    device.export(name)
    device.taken()
    device.export(name, FILM[::-1])
    device.taken()
    assert Recording.objects.count() == 2 and Material.objects.filter(name=name).count() == 2
    assert device.left() == set()


def test_a_full_disk_is_a_clean_refusal(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    device.export()
    usage = shutil.disk_usage(device.home)
    monkeypatch.setattr(dropping.shutil, "disk_usage", lambda _: usage._replace(free=dropping.RESERVE))
    assert "磁盘空间不足" in device.problem()
    assert not Material.objects.exists() and device.entries() == [] and "讯问.mp4" in device.left()
    monkeypatch.undo()
    assert device.round(dropping.AGAIN) == 1 and device.left() == set()


def test_an_office_without_a_log_is_told(device: Device, sealed: Any) -> None:
    other = Device(sealed.path, "330203")
    other.export()
    assert "还没有存证日志" in other.problem()


class Killed(BaseException):
    """As kill -9: nothing after it runs."""


STEPS = ("digests", "put", "saved", "row", "arrival", "place", "sidecar", "away")


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_nothing_is_lost_and_nothing_doubled(
    step: str, device: Device, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.export(said={"matter": matter.number, "place": "塔下弄"})
    device.round()

    def killing(at: object, name: str, *, after: bool = True) -> None:
        plain = getattr(at, name)

        def call(*args: Any, **named: Any) -> Any:
            if after:
                plain(*args, **named)
            raise Killed

        monkeypatch.setattr(at, name, call)

    match step:
        case "digests":
            killing(dropping, "digests")
        case "put":
            killing(ledger, "put")
        case "saved":
            killing(fixing, "keep")
        case "row":
            killing(keeping, "row")
        case "arrival":
            killing(dropping, "_into_the_log")
        case "place":
            killing(folder, "put_away", after=False)
        case "sidecar":
            killing(folder, "_moved_with_it")
        case "away":
            killing(folder, "put_away")
    with pytest.raises(Killed):
        device.round()
    monkeypatch.undo()
    device.round()
    device.round()
    device.round()
    assert Recording.objects.get().material.matter == matter
    assert len(device.entries()) == 1 == Material.objects.count() == Custody.objects.count()
    assert {"讯问.mp4", "讯问.mp4.json"} <= device.done() and device.left() == set() and not Arrival.objects.exists()
    copies = Recording.objects.get().copies
    assert "第一讯问室/已存证/讯问.mp4" in copies


def test_what_cannot_be_moved_is_not_read_again_and_again(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    device.export()
    (device.place / "已存证").symlink_to(device.home)
    assert "已经存入日志，但不能从导出文件夹移走" in device.problem()
    monkeypatch.setattr(dropping, "digests", lambda _: pytest.fail("read again"))
    device.round(dropping.AGAIN)
    (device.place / "已存证").unlink()
    device.round(dropping.AGAIN)
    assert device.done() == {"讯问.mp4", "讯问.mp4.说明.txt"} and Recording.objects.count() == 1


def test_a_second_worker_keeps_away(device: Device) -> None:
    device.export()
    device.round()
    with dropping._alone(device.top) as first:
        assert first and device.round() == 0
    assert device.round() == 1


def test_what_is_erased_by_law_is_gone_from_the_folder_and_the_marks_too(
    device: Device, matter: Matter, sealed: Any, acting: Callable[..., Acting]
) -> None:
    device.export(
        said={
            "matter": matter.number,
            "persons": "虞见山",
            "started_at": "2026-03-01T09:30",
            "ended_at": "2026-03-01T10:30",
        }
    )
    one = device.taken()
    actions.mark(acting(), one.pk, 751, "虞见山提出异议")
    sealed.drain()
    asked = erasing.ask(acting(), one.pk, order_no="1号", reason="依法封存后删除")
    erasing.decide(acting("head"), one.pk, asked.pk, agrees=True, why="")
    assert forgetting.follow(device.now.date(), device.now) == 1
    one.refresh_from_db()
    assert (one.present, one.copies, one.seconds) == ([], [], None) and Mark.objects.get().text == ""
    assert device.done() == set(), "the device's copy goes with it"
    assert forgetting.follow(device.now.date(), device.now) == 0
    assert inspecting.inspect(device.now.date(), device.now) == 0
