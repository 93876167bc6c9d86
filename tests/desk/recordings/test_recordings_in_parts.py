"""A recording comes in parts while it runs: cut anywhere, sent again, broken off, gone on with, it ends whole in the log."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recording_samples import FILM, SAID
from sealed_homes import SealedHome

from jianwei.desk.evidence import fixing, receiving
from jianwei.desk.evidence.errors import Conflict, DiskFull, NotFound, Refused, TooLarge
from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.recordings import keeping, running
from jianwei.desk.recordings.models import Recording, Session
from jianwei.seal.evidence_log import EvidenceLog

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Begun = Callable[..., Session]
SHORT = FILM[:40_000]


def put(who: Acting, one: Session, offset: int, part: bytes) -> int:
    return running.take(who, one.pk, offset, len(part), io.BytesIO(part)).received


def whole(who: Acting, one: Session, content: bytes = SHORT, seconds: int = 9) -> Recording:
    made = running.finish(who, one.pk, len(content), seconds)
    assert isinstance(made, Recording)
    return made


def original(home: SealedHome, one: Recording) -> bytes:
    with EvidenceLog.open(home.folder()) as log:
        stream = log.original(one.pk)
        assert stream
        return stream.read()


def rescued(one: Session, after: dt.timedelta = running.SILENCE) -> int:
    at = one.heard_at + after + dt.timedelta(seconds=1)
    return running.rescue(at.date(), at)


@given(st.lists(st.integers(1, len(SHORT) - 1), max_size=12, unique=True), st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cutting_into_parts_gives_the_same_digests(
    begun: Begun, acting: Who, sealed: SealedHome, cuts: list[int], forgets: bool
) -> None:
    one, who = begun(), acting()
    edges = [0, *sorted(cuts), len(SHORT)]
    for begin, end in zip(edges, edges[1:], strict=False):
        if forgets:  # another process of the server takes each part
            receiving.running._held.clear()
        assert put(who, one, begin, SHORT[begin:end]) == end
    kept = whole(who, one).material
    assert (kept.sha256, kept.sm3) == (hashlib.sha256(SHORT).hexdigest(), hashlib.new("sm3", SHORT).hexdigest())
    assert kept.size == len(SHORT)


def test_it_is_in_the_log_at_once_with_the_moments_of_the_server(
    begun: Begun, acting: Who, sealed: SealedHome, matter: Matter
) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT)
    made = whole(who, one)
    kept = made.material
    assert original(sealed, made) == SHORT
    assert (kept.matter, kept.by, kept.collectors, kept.place) == (
        matter,
        who.user,
        ["闻知秋", "郎听雨"],
        SAID["place"],
    )
    assert kept.collected_at == one.at and made.ended_at and made.ended_at >= one.at
    assert kept.device == "摄像头甲（127.0.0.1）" and kept.warnings == [] and made.present == ["虞见山"]
    assert Custody.objects.get().result == "自动存证"
    assert not Session.objects.exists() and list((sealed.path / "recordings" / ".running").iterdir()) == []


def test_a_part_again_is_compared_and_another_one_in_its_place_is_found_out(begun: Begun, acting: Who) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT[:1000])
    assert put(who, one, 0, SHORT[:1000]) == 1000 and put(who, one, 100, SHORT[100:200]) == 1000
    for offset, part in ((0, SHORT[1:1001]), (1001, SHORT[1001:2000]), (900, SHORT[900:1100])):
        with pytest.raises(Conflict):
            put(who, one, offset, part)
    assert put(who, one, 1000, SHORT[1000:]) == len(SHORT)
    assert whole(who, one).material.sha256 == hashlib.sha256(SHORT).hexdigest()


def test_what_a_killed_server_wrote_half_does_not_count(begun: Begun, acting: Who, sealed: SealedHome) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT[:1000])
    with running.receiving(one).path.open("ab") as file:
        file.write(SHORT[1077:] + SHORT)
    receiving.running._held.clear()
    with pytest.raises(Conflict):  # a part that ends before it said
        running.take(who, one.pk, 1000, 500, io.BytesIO(SHORT[1000:1100]))
    assert put(who, one, 1000, SHORT[1000:]) == len(SHORT)
    assert original(sealed, whole(who, one)) == SHORT


def test_a_page_that_falls_silent_is_finished_as_broken_and_says_so(
    begun: Begun, acting: Who, sealed: SealedHome
) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT[:1000])
    one.refresh_from_db()
    assert rescued(one, dt.timedelta(minutes=1)) == 0
    assert rescued(one) == 1 and rescued(one) == 0
    made = Recording.objects.get()
    assert made.broken and "录制中断" in made.material.warnings[0] and "（中断）" in made.material.name
    assert original(sealed, made) == SHORT[:1000]


def test_a_page_that_comes_back_goes_on_and_the_whole_is_a_recording_of_its_own(
    begun: Begun, acting: Who, sealed: SealedHome
) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT[:1000])
    one.refresh_from_db()
    rescued(one)
    assert put(who, one, 1000, SHORT[1000:]) == len(SHORT)
    made = whole(who, one)
    broken = Recording.objects.get(broken=True)
    assert original(sealed, made) == SHORT and made.completes == broken and broken.pk in made.material.note
    assert Recording.objects.count() == 2 and not Session.objects.exists()


def test_two_breaks_leave_two_parts_and_one_whole(begun: Begun, acting: Who) -> None:
    one, who = begun(), acting()
    for end in (1000, 2000):
        put(who, one, end - 1000, SHORT[end - 1000 : end])
        one.refresh_from_db()
        assert rescued(one) == 1
    put(who, one, 2000, SHORT[2000:])
    assert whole(who, one).completes == Recording.objects.filter(broken=True).latest("material__size")
    assert sorted(Material.objects.values_list("size", flat=True)) == [1000, 2000, len(SHORT)]


def test_one_that_stopped_but_was_not_finished_is_finished_whole(begun: Begun, acting: Who) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT[:1000])
    ended = running.finish(who, one.pk, len(SHORT), 9)
    assert isinstance(ended, Session) and ended.received == 1000
    put(who, one, 1000, SHORT[1000:])
    one.refresh_from_db()
    assert rescued(one) == 1
    made = Recording.objects.get()
    assert not made.broken and made.ended_at == ended.ended_at and not Session.objects.exists()
    assert running.finish(who, one.pk, len(SHORT), 9) == made, "a page that lost the answer gets the same"


def test_the_end_is_the_moment_of_the_stop_not_of_the_last_part(begun: Begun, acting: Who) -> None:
    one, who = begun(), acting()
    running.finish(who, one.pk, len(SHORT), 9)
    later = Acting(who.user, who.ip, who.at + dt.timedelta(minutes=40))
    put(later, one, 0, SHORT)
    made = whole(later, one, seconds=9)
    assert made.ended_at == who.at.replace(microsecond=0)
    with pytest.raises(NotFound):
        running.finish(acting("head"), one.pk, len(SHORT), 9)


def test_another_length_than_was_said_at_the_stop_is_refused(begun: Begun, acting: Who) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT)
    with pytest.raises(Conflict):
        running.finish(who, one.pk, 10, 9)


class Killed(BaseException):
    """As kill -9."""


@pytest.mark.parametrize("step", ["put", "row", "forget"])
@pytest.mark.parametrize("broken", [True, False], ids=["broken", "whole"])
def test_killed_while_it_goes_into_the_log_it_is_there_once(
    step: str, broken: bool, begun: Begun, acting: Who, sealed: SealedHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT)
    one.refresh_from_db()
    at, name = {"put": (fixing.ledger, "put"), "row": (keeping, "row"), "forget": (running, "_into_the_log")}[step]
    plain = getattr(at, name)

    def killing(*args: Any, **named: Any) -> Any:
        plain(*args, **named)
        raise Killed

    monkeypatch.setattr(at, name, killing)
    with pytest.raises(Killed):
        rescued(one) if broken else running.finish(who, one.pk, len(SHORT), 9)
    monkeypatch.undo()
    rescued(one, dt.timedelta(minutes=5))
    rescued(one, dt.timedelta(minutes=6))
    assert Recording.objects.get().broken == broken
    with EvidenceLog.open(sealed.folder()) as log:
        assert len([entry for entry in log.entries() if entry.has_original]) == 1


def test_a_full_disk_refuses_the_part_and_takes_it_when_there_is_room(
    begun: Begun, acting: Who, sealed: SealedHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, who = begun(), acting()
    put(who, one, 0, SHORT[:1000])
    usage = shutil.disk_usage(sealed.path)
    monkeypatch.setattr(receiving.shutil, "disk_usage", lambda _: usage._replace(free=receiving.RESERVE + 10))
    with pytest.raises(DiskFull):
        put(who, one, 1000, SHORT[1000:])
    monkeypatch.undo()
    assert put(who, one, 1000, SHORT[1000:]) == len(SHORT)
    assert whole(who, one).material.sha256 == hashlib.sha256(SHORT).hexdigest()


def test_too_much_at_once_and_too_much_in_all_are_refused(
    begun: Begun, acting: Who, settings: Any, visitor: Any
) -> None:
    one, who = begun(), acting()
    with pytest.raises(TooLarge):
        running.take(who, one.pk, 0, running.LARGEST_PART + 1, io.BytesIO())
    settings.JIANWEI_LARGEST_EVIDENCE = 1000
    put(who, one, 0, SHORT[:1000])
    answer = visitor().put(f"/api/recordings/{one.pk}/?offset=1000", SHORT[:1], content_type="application/octet-stream")
    assert answer.status_code == 413 and whole(who, one, SHORT[:1000]).material.size == 1000


def test_who_may_no_longer_write_the_matter_sends_nothing_more_and_what_came_is_kept(
    begun: Begun, acting: Who, matter: Matter, opened: Callable[..., Matter]
) -> None:
    one, who = begun(), acting("assistant")
    with pytest.raises(NotFound):
        put(who, one, 0, SHORT)
    put(acting(), one, 0, SHORT)
    one.refresh_from_db()
    matter_actions.restrict(acting("head"), matter.pk, "sealed", "犯罪记录封存")
    with pytest.raises(NotFound):
        put(acting(), one, len(SHORT), SHORT)
    assert rescued(one) == 1 and Recording.objects.get().material.sha256 == hashlib.sha256(SHORT).hexdigest()


def test_nothing_received_leaves_nothing(begun: Begun, sealed: SealedHome) -> None:
    one = begun()
    assert rescued(one) == 0 and Session.objects.exists()
    assert rescued(one, running.KEPT) == 0
    assert not Session.objects.exists() and not Material.objects.exists()
    assert list((sealed.path / "recordings" / ".running").iterdir()) == []


def test_a_recording_of_nothing_is_none(begun: Begun, acting: Who) -> None:
    with pytest.raises(Refused):
        running.finish(acting(), begun().pk, 0, 0)
    assert not Session.objects.exists() and not Material.objects.exists()


def test_one_officer_where_two_are_asked_for_is_let_through_and_said(begun: Begun, acting: Who) -> None:
    one, who = begun(officers="闻知秋"), acting()
    put(who, one, 0, SHORT)
    assert "不少于2名" in whole(who, one).material.warnings[0]


def test_without_a_log_or_a_right_nothing_begins(
    acting: Who, matter: Matter, begun: Begun, visitor: Callable[..., Client], sealed: SealedHome
) -> None:
    with pytest.raises(Refused):
        begun(acting("analyst"))
    with pytest.raises(NotFound):
        begun(acting("prosecutor", "sibling"))
    shutil.rmtree(sealed.folder())
    assert visitor().post(f"/matters/{matter.pk}/recordings/begin/", SAID).status_code == 503
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("purpose", "闲谈"), ("place", ""), ("place", "塔\u202e下"), ("officers", " 、"), ("officers", "甲、甲"), ("present", "长" * 41), ("media_type", "text/html")],
)  # fmt: skip
def test_what_is_wrong_is_said_field_by_field(
    field: str, typed: str, visitor: Any, matter: Matter, sealed: Any
) -> None:
    answer = visitor().post(f"/matters/{matter.pk}/recordings/begin/", {**SAID, field: typed})
    assert answer.status_code == 422 and set(answer.json()["fields"]) == {field}


def test_over_the_interface_from_begin_to_end(visitor: Callable[..., Client], matter: Matter, sealed: Any) -> None:
    client = visitor()
    one = client.post(f"/matters/{matter.pk}/recordings/begin/", SAID).json()
    octets = "application/octet-stream"
    assert client.put(f"{one['url']}?offset=0", SHORT[:900], content_type=octets).json()["received"] == 900
    assert client.put(f"{one['url']}?offset=5", SHORT[:900], content_type=octets).status_code == 409
    assert client.put(one["url"], SHORT, content_type=octets).status_code == 422
    assert client.get(one["url"]).json()["received"] == 900
    said = {"size": len(SHORT), "seconds": 4}
    assert client.post(one["finish"], said).status_code == 202
    client.put(f"{one['url']}?offset=900", SHORT[900:], content_type=octets)
    done, again = client.post(one["finish"], said), client.post(one["finish"], said)
    assert done.status_code == 201 and done.json() == again.json()
    assert done.json()["sha256"] == hashlib.sha256(SHORT).hexdigest()
    assert client.get(done.json()["url"]).status_code == 200
