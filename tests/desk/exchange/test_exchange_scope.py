"""Nobody reads or answers another office's package: every route, offices beside, another case of one's own office."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from exchange_packages import ABOUT, CONTENT, Sender
from sealed_homes import SealedHome

from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.exchange import answering, queries, receiving, urls
from jianwei.desk.exchange.models import Arrival, Counterpart, Package, Received
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import CASE_ROLES

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Visitor = Callable[..., Client]

# name → (method, address, fields); {p} sent, {r} received, {x} a matter, {a} an upload, {o} an organ
OF_SENT: dict[str, tuple[str, str, dict[str, str]]] = {
    "exchange_one": ("get", "/exchange/{p}/", {}),
    "exchange_file": ("post", "/exchange/{p}/file/", {}),
    "exchange_receipt": ("post", "/exchange/{p}/receipt/", {}),
    "exchange_signed": ("post", "/exchange/{p}/signed/", {"answer": "accepted", "by": "某人", "on": "2026-11-22", "paper": "1号"}),
    "matter_exchange": ("get", "/matters/{x}/exchange/", {}),
    "exchange_new": ("post", "/matters/{x}/exchange/new/", {"recipient": "office:330603", "purpose": "试一试", "tells": "1"}),
}  # fmt: skip
OF_RECEIVED: dict[str, tuple[str, str, dict[str, str]]] = {
    "exchange_arrived": ("get", "/exchange/in/{r}/", {}),
    "exchange_open": ("post", "/exchange/in/{r}/open/", {}),
    "exchange_answer": ("post", "/exchange/in/{r}/answer/", {"answer": "accept"}),
    "exchange_give_receipt": ("post", "/exchange/in/{r}/receipt/", {}),
    "exchange_item": ("post", "/exchange/in/{r}/items/1/", {}),
    "exchange_attach": ("post", "/exchange/in/{r}/matter/", {"number": "1"}),
    "exchange_begin": ("get", "/exchange/in/{r}/matter/criminal/prosecution_review/", {}),
}
OF_AN_UPLOAD = {
    "exchange_upload": ("get", "/api/exchange/uploads/{a}", {}),
    "exchange_upload_finish": ("post", "/api/exchange/uploads/{a}/finish", {}),
}
OF_AN_ORGAN = {"exchange_counterpart": ("get", "/exchange/counterparts/{o}/", {})}
OF_NOBODY = {
    "exchange", "exchange_filter", "exchange_export", "exchange_in", "exchange_in_filter", "exchange_in_export", "exchange_receive",
    "exchange_uploads", "exchange_counterparts", "exchange_counterpart_new",
}  # fmt: skip
EVERY: dict[str, tuple[str, str, dict[str, str]]] = OF_SENT | OF_RECEIVED | OF_AN_UPLOAD | OF_AN_ORGAN
SECRETS = ("虞见山", "转账记录", "闻知秋", "改变管辖")
STRANGERS = (("prosecutor", "sibling"), ("chief", "sibling"), ("case_manager", "other_county"), ("head", "other_city"))
LISTS = (
    "/exchange/", "/exchange/in/", "/exchange/export.csv", "/exchange/in/export.csv", "/exchange/filters/to/", "/exchange/in/filters/of/",
    "/exchange/counterparts/", "/exchange/?q=改变管辖", "/exchange/receive/",
)  # fmt: skip
NOWHERE = {"p": "01" + "A" * 24, "r": "01" + "B" * 24, "x": 10**9, "a": "01" + "C" * 24, "o": 10**9}


def test_every_route_of_exchange_is_in_the_matrix() -> None:
    assert {str(one.name) for one in urls.urlpatterns} == set(EVERY) | OF_NOBODY


@pytest.fixture
def there(
    make: Callable[..., Package],
    sender: Sender,
    receive: Callable[..., Received],
    sealed: SealedHome,
    acting: Who,
    matter: Matter,
) -> dict[str, object]:
    """A package that the county sent, one that it received, an upload, and an organ in its register."""
    package = make("office:330603")
    sealed.witnessed()
    one = receive(sender.of())
    upload = receiving.begin(acting(), name="某包.jwx", size=1000)
    organ = Counterpart.objects.create(
        office=acting().user.office,
        code="GA1",
        name="越城公安",
        kind="police",
        by=acting("security_admin").user,
        updated_at=acting().at,
    )
    return {"p": package.pk, "r": one.pk, "x": matter.pk, "a": upload.pk, "o": organ.pk}


def ask(client: Client, name: str, ids: dict[str, object]) -> Any:
    method, address, fields = EVERY[name]
    sent: dict[str, Any] = dict(fields)
    if name == "exchange_receipt":
        sent["file"] = SimpleUploadedFile("甲.jwr", CONTENT)
    found = client.post(address.format(**ids), sent) if method == "post" else client.get(address.format(**ids))
    if found.streaming:
        found.whole = b"".join(found.streaming_content)  # type: ignore[attr-defined]
    return found


def rows() -> tuple[object, ...]:
    return (
        Package.objects.count(), list(Received.objects.values_list("state", "matter")), Material.objects.count(), Custody.objects.count(),
        Arrival.objects.count(), Matter.objects.count(),
    )  # fmt: skip


def test_another_offices_is_not_found_and_not_changed(there: dict[str, object], visitor: Visitor) -> None:
    before = rows()
    for role, place in STRANGERS:
        client = visitor(role, place)
        for name in EVERY:
            foreign, nowhere = ask(client, name, there), ask(client, name, NOWHERE)
            assert (foreign.status_code, nowhere.status_code) == (404, 404), (name, role, place)
            assert not [secret for secret in SECRETS if secret in foreign.content.decode()], (name, role, place)
    assert rows() == before


def test_administrators_reach_no_package(there: dict[str, object], visitor: Visitor) -> None:
    before = rows()
    for role in ("system_admin", "security_admin", "audit_admin"):
        client = visitor(role)
        answers = {name: ask(client, name, there).status_code for name in set(EVERY) - set(OF_AN_ORGAN)}
        assert set(answers.values()) <= {403, 404}, (role, answers)
    assert rows() == before


def test_uploads_are_their_owners_alone(there: dict[str, object], visitor: Visitor) -> None:
    for name in OF_AN_UPLOAD:
        assert ask(visitor("head"), name, there).status_code == 404
    assert "某包.jwx" not in visitor("head").get("/exchange/receive/").content.decode()
    assert visitor().get(f"/api/exchange/uploads/{there['a']}").json()["received"] == 0


def test_no_list_reaches_beyond_the_own_office(there: dict[str, object], visitor: Visitor) -> None:
    client = visitor("prosecutor", "other_county")
    for address in LISTS:
        said = client.get(address).content.decode().replace("“改变管辖”", "").replace('value="改变管辖"', "")
        assert not [secret for secret in (*SECRETS, "越城公安") if secret in said], address


def test_offices_above_see_and_do_not_answer(there: dict[str, object], visitor: Visitor) -> None:
    city = visitor("prosecutor", "city")
    assert (
        city.get(f"/exchange/in/{there['r']}/").status_code == city.get(f"/exchange/{there['p']}/").status_code == 200
    )
    before = rows()
    assert city.post(f"/exchange/in/{there['r']}/answer/", {"answer": "accept"}).status_code == 422
    assert city.post(f"/exchange/{there['p']}/file/").status_code == 422
    assert city.post(f"/matters/{there['x']}/exchange/new/", OF_SENT["exchange_new"][2]).status_code == 422
    assert city.get(f"/exchange/in/{there['r']}/matter/criminal/prosecution_review/").status_code == 404
    assert rows() == before


def test_every_role_of_the_own_office_sees_and_only_some_answer(there: dict[str, object], visitor: Visitor) -> None:
    for role in CASE_ROLES:
        assert visitor(role).get(f"/exchange/in/{there['r']}/").status_code == 200
    for role in ("assistant", "analyst"):
        assert visitor(role).post(f"/exchange/in/{there['r']}/answer/", {"answer": "accept"}).status_code == 422


def test_a_restricted_package_is_seen_by_few_until_it_is_taken_into_a_restricted_matter(
    sender: Sender, sealed: SealedHome, acting: Who, visitor: Visitor, person: Callable[..., Any]
) -> None:
    content = sender.of(sender.manifest(about=replace(ABOUT, restriction="juvenile")))
    one = receiving.of_file(acting("case_manager"), io.BytesIO(content), len(content))
    assert queries.received(acting(), one.pk) is None and queries.received(acting("head"), one.pk)
    assert one.record is None and not Material.objects.filter(source_id=one.pk).exists()
    client = visitor()
    assert {ask(client, name, {"r": one.pk}).status_code for name in OF_RECEIVED} == {404}
    assert "虞见山" not in client.get("/exchange/in/").content.decode() + client.get("/evidence/").content.decode()
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    chief = acting("chief")
    own = matter_actions.open_matter(chief, "criminal/prosecution_review", "accept", facts, on=str(chief.at.date()))
    with pytest.raises(answering.Refused, match="没有限定"):
        answering.accept(acting("head"), one.pk, number=own.number)
    matter_actions.restrict(chief, own.pk, "juvenile", "未成年人案件")
    assert answering.accept(acting("head"), one.pk, number=own.number).record
    assert queries.received(acting(), one.pk) is None
    assert "清单.txt" not in client.get("/evidence/").content.decode()
    assert queries.received(acting("chief"), one.pk)


def test_the_register_is_kept_by_the_security_administrator_alone(there: dict[str, object], visitor: Visitor) -> None:
    said = {"code": "GA2", "name": "柯桥公安", "kind": "police", "active": "1"}
    for role in (*CASE_ROLES, "system_admin", "audit_admin"):
        assert visitor(role).post("/exchange/counterparts/new/", said).status_code == 403
    assert visitor("head").post(f"/exchange/counterparts/{there['o']}/", said).status_code == 422
    assert visitor("security_admin", "sibling").get(f"/exchange/counterparts/{there['o']}/").status_code == 404
    assert visitor("security_admin").post("/exchange/counterparts/new/", said).status_code == 302
    assert list(Counterpart.objects.values_list("code", flat=True)) == ["GA1", "GA2"]
