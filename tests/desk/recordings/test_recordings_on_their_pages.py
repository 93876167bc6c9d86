"""What people do with recordings: play, mark, put to a matter; and what the matter says where one is missing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from importlib.resources import files

import pytest
import yaml
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from recording_samples import FILM, Device
from sealed_homes import SealedHome

from jianwei.desk.evidence import inspecting
from jianwei.desk.evidence.models import Custody
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.recordings import actions, expected, purposes
from jianwei.desk.recordings.models import Mark, Recording
from jianwei.procedures import FactKind
from jianwei.procedures.shelf import procedures

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Visitor = Callable[..., Client]


def test_every_act_that_is_expected_to_be_recorded_is_on_the_shelf() -> None:
    for (key, act), one in expected.expected().items():
        kind = procedures()[key].acts[act]
        assert not one.fact or (fact := kind.fact(one.fact)) and fact.kind is FactKind.YES_NO, (key, act)


def test_every_purpose_that_asks_for_officers_has_its_source() -> None:
    loaded = yaml.safe_load((files("jianwei.desk.recordings") / "purposes.yaml").read_text("utf-8"))["purposes"]
    assert all(("law" in one) == (one["officers"] > 1) for one in loaded)
    assert (
        purposes.too_few("讯问", ["甲"])
        and not purposes.too_few("讯问", ["甲", "乙"])
        and not purposes.too_few("听证", ["甲"])
    )


def test_only_the_page_that_records_may_ask_for_the_camera(
    visitor: Visitor, matter: Matter, sealed: SealedHome
) -> None:
    client = visitor()
    asks = {
        address: client.get(address).headers["Permissions-Policy"]
        for address in (f"/matters/{matter.pk}/recordings/new/", f"/matters/{matter.pk}/", "/recordings/")
    }
    assert [policy.startswith("camera=(self), microphone=(self)") for policy in asks.values()] == [True, False, False]
    policy = client.get(f"/matters/{matter.pk}/recordings/new/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "unsafe" not in policy


def test_it_plays_in_parts_to_who_was_shown_its_page(recorded: Callable[..., Recording], visitor: Visitor) -> None:
    one, client = recorded(), visitor()
    page = client.get(f"/recordings/{one.pk}/")
    found = re.search(r'src="(/recordings/\w+/content/\?shown=[^"]+)"', page.content.decode())
    assert found and "media-src 'self'" in page.headers["Content-Security-Policy"]
    part = client.get(found[1], headers={"Range": "bytes=1000-1999"})
    assert part.status_code == 206 and b"".join(part.streaming_content) == FILM[1000:2000]
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(FILM)}"
    assert client.get(found[1], headers={"Range": f"bytes={len(FILM)}-"}).status_code == 416
    assert client.get(f"/recordings/{one.pk}/content/").status_code == 404
    assert visitor("assistant").get(found[1]).status_code == 404, "the ticket is another's"


def test_each_look_is_a_line_of_custody_and_of_the_audit(recorded: Callable[..., Recording], visitor: Visitor) -> None:
    one = recorded()
    for role in ("prosecutor", "head"):
        visitor(role).get(f"/recordings/{one.pk}/")
    looks = Custody.objects.filter(material=one.pk, verb="looked")
    assert [line.by.role for line in looks if line.by] == ["prosecutor", "head"]
    assert AuditEntry.objects.filter(object_id=one.pk, action="查看").count() == 2


def test_a_moment_is_marked_and_never_changed(recorded: Callable[..., Recording], visitor: Visitor) -> None:
    one, client = recorded(), visitor()
    Recording.objects.filter(pk=one.pk).update(seconds=3700)
    for at, text in (("12:31", "对量刑建议提出异议"), ("1:01:02", "核对笔录")):
        assert client.post(f"/recordings/{one.pk}/marks/", {"at": at, "text": text}).status_code == 302
    assert list(Mark.objects.values_list("second", flat=True)) == [751, 3662]
    said = client.get(f"/recordings/{one.pk}/").content.decode()
    assert "12:31" in said and "1:01:02" in said and "对量刑建议提出异议" in said
    for change in (
        lambda: Mark.objects.update(text="改过"),
        lambda: Mark.objects.update(second=1),
        lambda: Mark.objects.first().delete(),
    ):  # type: ignore[union-attr]
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert visitor("analyst").post(f"/recordings/{one.pk}/marks/", {"at": "00:01", "text": "试试"}).status_code == 422


@pytest.mark.parametrize(("at", "text"), [("九点", "内容"), ("00:75", "内容"), ("3:00:00", "内容"), ("00:01", " "), ("00:01", "甲\u202e乙")])  # fmt: skip
def test_a_mark_that_is_wrong_is_said_and_what_was_typed_stays(
    at: str, text: str, recorded: Callable[..., Recording], visitor: Visitor
) -> None:
    one = recorded()
    answer = visitor().post(f"/recordings/{one.pk}/marks/", {"at": at, "text": text})
    assert answer.status_code == 422 and f'value="{at}"' in answer.content.decode() and not Mark.objects.exists()


def test_a_loose_recording_is_put_to_a_matter_and_the_log_says_what_it_said(
    device: Device, matter: Matter, opened: Callable[..., Matter], visitor: Visitor, acting: Who, sealed: SealedHome
) -> None:
    device.export(said={"matter": "记不清"})
    one, client = device.taken(), visitor()
    assert "待归入" in client.get("/recordings/").content.decode()
    sealed.drain()
    client.post(f"/recordings/{one.pk}/matter/", {"number": matter.number})
    other = opened("容怀远")
    refused = client.post(f"/recordings/{one.pk}/matter/", {"number": other.number})
    assert refused.status_code == 422 and "写明理由" in refused.content.decode()
    client.post(f"/recordings/{one.pk}/matter/", {"number": other.number, "why": "并案"})
    one.material.refresh_from_db()
    assert one.material.matter == other and one.material.case_ref == "记不清"
    lines = Custody.objects.filter(material=one.pk, verb="belonged")
    assert [line.result for line in lines] == [f"归入 {matter.number}", f"由 {matter.number} 改归 {other.number}"]
    assert device.entries()[0].manifest.case_ref == "记不清"
    assert inspecting.inspect(device.now.date(), device.now) == 0
    assert "没有待处理的" in client.get("/recordings/waiting/").content.decode()


@pytest.fixture
def heard(acting: Who) -> Matter:
    """A matter of 认罪认罚 whose acts say that the hearing of two days ago was recorded."""
    who, day = acting(), str(timezone.localdate() - dt.timedelta(days=2))
    one = matter_actions.open_matter(who, "criminal/plea_leniency", "inform", {"person": "虞见山"}, on=day)
    matter_actions.record_act(who, one.pk, 1, "record", {"place": "塔下弄"}, on=day)
    matter_actions.record_act(who, one.pk, 2, "hear_suspect", {"opinion": "没有意见"}, on=day)
    return one


def test_the_matter_says_where_a_recording_is_missing_and_no_longer_once_it_came(
    heard: Matter, device: Device, visitor: Visitor
) -> None:
    client, address = visitor(), f"/matters/{heard.pk}/recordings/"
    assert client.get(address).content.decode().count("<b>没有录音录像</b>") == 1, "one a day"
    device.export(
        "前日.mp4",
        said={"matter": heard.number, "started_at": (timezone.localtime() - dt.timedelta(days=1)).isoformat()},
    )
    device.taken()
    assert "<b>没有录音录像</b>" in client.get(address).content.decode(), "that was another day"
    device.export(
        "当日.mp4",
        FILM[::-1],
        said={"matter": heard.number, "started_at": (timezone.localtime() - dt.timedelta(days=2)).isoformat()},
    )
    device.taken()
    assert "<b>没有录音录像</b>" not in client.get(address).content.decode()


def test_a_hearing_that_was_lawfully_not_recorded_raises_no_doubt(acting: Who, visitor: Visitor) -> None:
    who, day = acting(), str(timezone.localdate())
    one = matter_actions.open_matter(who, "criminal/plea_leniency", "inform", {"person": "虞见山"}, on=day)
    matter_actions.record_act(who, one.pk, 1, "hear_suspect", {"opinion": "没有意见", "recording_waived": "是"}, on=day)
    assert "<b>没有录音录像</b>" not in visitor().get(f"/matters/{one.pk}/recordings/").content.decode()


def test_the_form_of_an_act_that_asks_shows_what_is_there(heard: Matter, device: Device, visitor: Visitor) -> None:
    device.export(said={"matter": heard.number})
    device.taken()
    client = visitor()
    assert "讯问.mp4" in client.get(f"/matters/{heard.pk}/recordings/beside/hear_suspect/").content.decode()
    assert client.get(f"/matters/{heard.pk}/recordings/beside/propose/").content == b""


def test_the_list_is_filtered_sorted_and_taken_out(
    recorded: Callable[..., Recording], device: Device, matter: Matter, visitor: Visitor
) -> None:
    recorded(purpose="听取意见", seconds=61)
    device.export(
        "很长.mp4",
        FILM[::-1],
        said={"sha256": "0" * 64, "started_at": "2026-03-01T09:30", "ended_at": "2026-03-01T10:30", "purpose": "讯问"},
    )
    device.taken()
    client = visitor()

    def names(query: str) -> list[str]:
        return re.findall(
            r'class="subject" href="[^"]+">([^<]+)<', client.get(f"/recordings/?{query}").content.decode()
        )

    assert names("mark=differs") == names("door=folder") == names("mark=loose") == names("purpose=讯问") == ["很长.mp4"]
    assert names(f"matter={matter.number}") == names("door=browser") != []
    assert names("sort=-length")[0] == "很长.mp4" and names("q=很长") == ["很长.mp4"]
    told = client.get("/recordings/export.csv").content.decode("utf-8-sig")
    assert "1:00:00" in told and "SHA-256" in told


def test_a_picture_of_what_is_being_recorded_stands_on_the_matter(
    begun: Callable[..., object], matter: Matter, visitor: Visitor
) -> None:
    begun()
    assert "正在录制" in visitor().get(f"/matters/{matter.pk}/recordings/").content.decode()


def test_a_hostile_name_runs_nothing(device: Device, visitor: Visitor) -> None:
    name = "<img src=x onerror=alert(1)>.mp4"
    device.export(
        name, said=json.dumps({"place": "<script>alert(1)</script>", "device": '"><svg onload=alert(1)>'}).encode()
    )
    one = device.taken()
    client = visitor()
    for address in ("/recordings/", "/recordings/waiting/", f"/recordings/{one.pk}/"):
        said = client.get(address).content.decode()
        assert "<img src=x" not in said and "<script>alert" not in said and "<svg onload" not in said


def test_settling_is_for_what_differs(recorded: Callable[..., Recording], acting: Who) -> None:
    with pytest.raises(actions.Refused):
        actions.settle(acting(), recorded().pk, "没有什么可核对")
