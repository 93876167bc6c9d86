"""Nobody sees or allots another office's matters, people, draws or tables: every route, every role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from jianwei.desk.allotment import actions, keeping
from jianwei.desk.allotment.models import Batch, Draw, Recusal, Row
from jianwei.desk.allotment.roles import ALLOTTERS
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry, User
from jianwei.desk.people.roles import CASE_ROLES, Role

PLACES = ("supreme", "province", "city", "county", "sibling", "other_county")
ABOVE = {"supreme", "province", "city", "county"}

# name → (method, address, posted fields, whether offices above see it)
ROUTES: dict[str, tuple[str, str, dict[str, str], bool]] = {
    "allotment_preview": ("get", "/allotment/preview/?m={matter}", {}, False),
    "allotment_give": ("post", "/allotment/give/", {"m": "{matter}:1"}, False),
    "allotment_draw": ("get", "/allotment/draws/{draw}/", {}, True),
    "allotment_person": ("get", "/allotment/people/an/", {}, False),
    "allotment_add": (
        "post",
        "/allotment/people/an/recuse/",
        {"what": "person", "name": "容怀远", "ground": "party"},
        False,
    ),
    "allotment_end": ("post", "/allotment/people/an/lift/{recusal}/", {"why": "经核实"}, False),
    "allotment_batch": ("get", "/allotment/intake/{batch}/", {}, False),
    "allotment_open": ("post", "/allotment/intake/{batch}/open/", {"n": "2"}, False),
}
PLANS = {"allotment": "procedure", "allotment_draws": "outcome", "allotment_people": "role", "allotment_intake": "by"}
"""Each list with one of its filters."""
LISTS = {"allotment_template": "/allotment/intake/template.csv?unit=criminal/prosecution_review"} | {
    name + part: f"/allotment/{name.removeprefix('allotment').removeprefix('_')}/{rest}".replace("//", "/")
    for name, key in PLANS.items()
    for part, rest in (("", ""), ("_filter", f"filters/{key}/"), ("_export", "export.csv"))
}
SECRETS = ("虞见山", "闻知秋", "安若素", "33060200001", "33060200002", "密表")


@pytest.fixture
def there(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting], made_offices: Any
) -> dict[str, int]:
    """A matter to allot, one that was, a recusal and a table of the county."""
    waiting, given = new_matter("虞见山"), new_matter("闻知秋")
    recusal = keeping.recuse(at_work(), "an", "person", "闻知秋", "party")
    draw = actions.draw(at_work(), given.pk, 1, "ab")
    batch = Batch.objects.create(
        office=made_offices["county"], by=at_work().user, at=at_work().at, file="密表.xlsx", procedure="criminal/prosecution_review", kind="accept",
    )  # fmt: skip
    Row.objects.create(
        batch=batch, n=2, typed={"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否"}, on="2026-11-02"
    )
    return {"matter": waiting.pk, "draw": draw.pk, "recusal": recusal.pk, "batch": batch.pk}


def test_every_route_is_in_the_matrix() -> None:
    room = next(
        r
        for r in get_resolver().url_patterns
        if str(getattr(getattr(r, "urlconf_name", ""), "__name__", "")).endswith("allotment.urls")
    )
    assert {pattern.name for pattern in room.url_patterns} == set(ROUTES) | set(LISTS)  # type: ignore[union-attr]


def ask(client: Client, name: str, there: dict[str, int]) -> Any:
    method, address, fields, _ = ROUTES[name]
    return getattr(client, method)(address.format(**there), {k: v.format(**there) for k, v in fields.items()})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_only_those_who_allot_in_the_own_office_reach_it(
    place: str, role: str, there: dict[str, int], visitor: Callable[..., Client]
) -> None:
    client, before = visitor(role, place), (Draw.objects.count(), Recusal.objects.count(), Matter.objects.count())
    bodies = []
    for name, (_, _, _, above) in ROUTES.items():
        answer = ask(client, name, there)
        mine = place == "county" or above and place in ABOVE
        if role in ALLOTTERS and mine:
            assert answer.status_code in (200, 302), (name, answer.status_code)
            continue
        expected = {404} if role in ALLOTTERS else {403} if role not in CASE_ROLES else {403, 404}
        assert answer.status_code in expected, (name, answer.status_code)
        bodies.append(answer.content.decode())
    for address in LISTS.values():
        answer = client.get(address)
        assert answer.status_code == (200 if role in ALLOTTERS else 403)
        if not (role in ALLOTTERS and place in ABOVE):
            bodies.append(answer.content.decode())
    assert not [secret for secret in SECRETS if secret in "".join(bodies)]
    if not (role in ALLOTTERS and place == "county"):
        assert (Draw.objects.count(), Recusal.objects.count(), Matter.objects.count()) == before


def test_one_foreign_matter_among_many_refuses_all(
    there: dict[str, int], new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    own = new_matter("邻院之人", "sibling")
    answer = visitor("case_manager", "sibling").post("/allotment/give/", {"m": [f"{own.pk}:1", f"{there['matter']}:1"]})
    assert answer.status_code == 404 and Matter.objects.get(pk=own.pk).handler is None


def test_a_restricted_matter_is_not_in_the_case_managers_list(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client], made_offices: Any
) -> None:
    one = new_matter("某少年", restriction="juvenile")
    assert one.number not in visitor("case_manager").get("/allotment/").content.decode()
    assert visitor("case_manager").get(f"/allotment/preview/?m={one.pk}").status_code == 404
    assert one.number in visitor("head").get("/allotment/").content.decode()


def test_a_look_at_pools_and_people_is_in_the_trail(there: dict[str, int], visitor: Callable[..., Client]) -> None:
    client = visitor("head")
    for address in (
        "/allotment/",
        f"/allotment/preview/?m={there['matter']}",
        "/allotment/people/",
        "/allotment/people/an/",
        f"/allotment/draws/{there['draw']}/",
    ):
        client.get(address)
    done = AuditEntry.objects.filter(username="head.county").order_by("id").values_list("action", flat=True)
    assert list(done) == ["查看待分案事项", "查看候选人", "查看分案人员", "查看回避与专长", "复算分案"]
