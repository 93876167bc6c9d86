"""Nobody hears, sees, marks or makes another office's recording: every route, every role, offices above, beside and below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from recording_samples import SAID, Device

from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.evidence.views import playing
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import CASE_ROLES, Role
from jianwei.desk.recordings import queries, urls
from jianwei.desk.recordings.models import Mark, Recording, Session

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Visitor = Callable[..., Client]

# name → (method, address, fields); {r} a recording, {x} a matter, {s} a recording under way
EVERY: dict[str, tuple[str, str, dict[str, str]]] = {
    "recording": ("get", "/recordings/{r}/", {}),
    "recording_content": ("get", "/recordings/{r}/content/?shown={t}", {}),
    "recording_mark": ("post", "/recordings/{r}/marks/", {"at": "00:01", "text": "试一试"}),
    "recording_belong": ("post", "/recordings/{r}/matter/", {"number": "{n}", "why": "试一试"}),
    "recording_settle": ("post", "/recordings/{r}/settle/", {"settled": "试一试看看"}),
    "matter_recordings": ("get", "/matters/{x}/recordings/", {}),
    "recordings_beside": ("get", "/matters/{x}/recordings/beside/record/", {}),
    "record": ("get", "/matters/{x}/recordings/new/", {}),
    "record_begin": ("post", "/matters/{x}/recordings/begin/", SAID),
    "record_part": ("get", "/api/recordings/{s}/", {}),
    "record_finish": ("post", "/api/recordings/{s}/finish/", {"size": "9", "seconds": "1"}),
}
LISTS = {"recordings", "recordings_filter", "recordings_export", "recordings_waiting"}
WRITES = {
    "recording_mark",
    "recording_belong",
    "recording_settle",
    "record",
    "record_begin",
    "record_part",
    "record_finish",
}
SECRETS = ("虞见山", "塔下弄", "闻知秋", "摄像头甲")


def test_every_route_is_in_the_matrix() -> None:
    assert {str(one.name) for one in urls.urlpatterns} == set(EVERY) | LISTS


@pytest.fixture
def there(
    recorded: Callable[..., Recording], begun: Callable[..., Session], matter: Matter, opened: Callable[..., Matter]
) -> dict[str, object]:
    """A recording of the county, another one under way."""
    one = recorded()
    return {"r": one.pk, "x": matter.pk, "s": begun().pk, "n": opened("容怀远").number, "t": ""}


def ask(client: Client, name: str, ids: dict[str, object], who: Acting | None = None) -> Any:
    method, address, fields = EVERY[name]
    if who:  # as if the page had been shown: the ticket alone opens nothing
        ids = {**ids, "t": playing.ticket(who, Material(pk=ids["r"]))}
    sent = {key: value.format(**ids) for key, value in fields.items()}
    answer = (
        getattr(client, method)(address.format(**ids), sent) if method == "post" else client.get(address.format(**ids))
    )
    if answer.streaming:
        answer.whole = b"".join(answer.streaming_content)
    return answer


def body(answer: Any) -> str:
    return (answer.whole if answer.streaming else answer.content).decode(errors="ignore")


@pytest.mark.parametrize("place", ["city", "county", "sibling", "other_county"])
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_recording_is_seen_by_its_own_office_and_those_above(
    place: str, role: str, there: dict[str, object], visitor: Visitor, acting: Who
) -> None:
    client, who = visitor(role, place), acting(role, place)
    before = Material.objects.values().get(pk=there["r"])
    custody = Custody.objects.count()
    answers = {name: ask(client, name, there, who) for name in EVERY}
    codes = {name: answer.status_code for name, answer in answers.items()}
    after = Material.objects.values().get(pk=there["r"])
    if role in CASE_ROLES and place in ("city", "county"):
        assert codes["recording"] == codes["recording_content"] == codes["matter_recordings"] == 200, codes
        if place != "county":
            assert not [name for name in WRITES if codes[name] in (200, 201, 202, 302)], codes
            assert after == before and not Mark.objects.exists()
        assert Session.objects.filter(pk=there["s"]).exists() and codes["record_part"] == (
            200 if (role, place) == ("prosecutor", "county") else 404
        )
        return
    assert set(codes.values()) == {404 if role in CASE_ROLES else 403}, codes
    assert not [secret for secret in SECRETS if secret in "".join(map(body, answers.values()))]
    assert after == before and Custody.objects.count() == custody
    assert not Mark.objects.exists() and Session.objects.count() == 1


def test_out_of_scope_and_not_there_look_the_same(there: dict[str, object], visitor: Visitor) -> None:
    nowhere: dict[str, object] = {"r": "01" + "A" * 24, "x": 10**9, "s": "01" + "B" * 24, "n": "没有", "t": ""}
    client = visitor("prosecutor", "sibling")
    for name in EVERY:
        far, none = ask(client, name, there), ask(client, name, nowhere)
        assert (far.status_code, body(far)) == (none.status_code, body(none)), name
        assert far.status_code == 404, name


@pytest.mark.parametrize(
    "address",
    [
        "/recordings/",
        "/recordings/?q=虞见山",
        "/recordings/export.csv",
        "/recordings/filters/office/",
        "/recordings/waiting/",
    ],
)
def test_no_list_reaches_beyond_the_own_office(
    address: str, there: dict[str, object], device: Device, visitor: Visitor
) -> None:
    device.export("虞见山.mp4")
    device.taken()
    device.export("虞见山.exe")
    device.problem()
    assert "虞见山" in visitor().get("/recordings/waiting/").content.decode()
    said = visitor("prosecutor", "sibling").get(address).content.decode(errors="ignore")
    for own in ('value="虞见山"', "“虞见山”"):
        said = said.replace(own, "")
    assert not [secret for secret in SECRETS if secret in said]
    assert visitor("system_admin", "county").get(address).status_code == 403


def test_a_recording_of_a_sealed_matter_is_seen_by_who_sees_the_matter_alone(
    there: dict[str, object], matter: Matter, acting: Who, visitor: Visitor
) -> None:
    matter_actions.restrict(acting("head"), matter.pk, "sealed", "犯罪记录封存")
    assert queries.recording(acting("assistant"), str(there["r"])) is None
    client = visitor("assistant")
    assert {ask(client, name, there, acting("assistant")).status_code for name in EVERY} == {404}
    for address in ("/recordings/", "/recordings/export.csv", "/recordings/waiting/"):
        assert "讯问录音录像" not in client.get(address).content.decode()
    assert queries.recording(acting("head"), str(there["r"]))


def test_a_recording_is_put_to_no_matter_of_another_office(
    device: Device, opened: Callable[..., Matter], acting: Who, visitor: Visitor
) -> None:
    foreign = opened(by=acting("prosecutor", "sibling"))
    device.export()
    one = device.taken()
    answer = visitor().post(f"/recordings/{one.pk}/matter/", {"number": foreign.number})
    assert answer.status_code == 422 and "没有这个受案号" in answer.content.decode()
    one.material.refresh_from_db()
    assert one.material.matter is None
