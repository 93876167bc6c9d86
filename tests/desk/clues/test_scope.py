"""Nobody reads or changes another office's clue: every route, every role, offices above, beside and below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk_sample as sample
import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from jianwei.desk.clues import queries
from jianwei.desk.clues.listing import PLAN
from jianwei.desk.clues.models import Answer, Clue, Note
from jianwei.desk.people.models import AuditEntry, SavedView
from jianwei.desk.people.roles import CASE_ROLES, Role

# name → (method, arguments after the clue's id, posted fields)
OF_A_CLUE: dict[str, tuple[str, str, dict[str, str]]] = {
    "clue": ("get", "", {}),
    "act": ("post", "acts/keep/", {"version": "1"}),
    "note": ("post", "notes/", {"text": "一条批注"}),
    "answer": ("post", "answers/", {"question": "是否取得放贷资格", "verdict": "yes"}),
    "document": ("get", "documents/1/", {}),
    "rows": ("get", "rows/civ_case/", {}),
    "graph": ("get", "graph/", {}),
    "timeline": ("get", "timeline/", {}),
}
WITHOUT_A_CLUE = {
    "home", "login", "logout", "account", "accounts", "change_account", "accounts_filter", "accounts_export",
    "trail", "trail_filter", "trail_export", "runs_filter", "runs_export", "clues", "clues_filter", "clues_export",
    "many", "save_view", "forget_view", "models", "model", "runs", "run",
    "cards", "cards_filter", "cards_export", "cards_upload", "cards_check", "cards_check_filter", "cards_check_export", "cards_commented", "cards_many", "cards_delete", "cards_finding",
    "cards_accept", "cards_reopen",
}  # fmt: skip
SEES = {"supreme", "province", "city", "county"}
PLACES = ("supreme", "province", "city", "county", "sibling", "other_city", "other_county")
SECRETS = (sample.LENDER, "虞见山", "民间借贷起诉", "浙0602民初")


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for one in patterns:
        found |= names(one.url_patterns) if isinstance(one, URLResolver) else {str(one.name)}
    return found


def rooms() -> dict[str, set[str]]:
    """The routes of each room of the desk; those of the site itself under ``site``."""
    found: dict[str, set[str]] = {}
    for one in get_resolver().url_patterns:
        room = str(getattr(one.urlconf_name, "__name__", "")).split(".")[-2] if isinstance(one, URLResolver) else "site"
        found.setdefault(room, set()).update(names([one]))
    return found


def test_every_route_is_in_the_matrix() -> None:
    """In this one, or in that of its own room: ``test_…_scope.py``."""
    here, tests = set(OF_A_CLUE) | WITHOUT_A_CLUE, Path(__file__).resolve().parents[1]
    elsewhere = [room for room in rooms() if list((tests / room).glob("test_*_scope.py"))]
    left = {room: routes - here for room, routes in rooms().items() if room not in elsewhere and routes - here}
    assert left == {}


def ask(client: Client, name: str, clue_id: str) -> Any:
    method, rest, fields = OF_A_CLUE[name]
    return getattr(client, method)(f"/clues/{clue_id}/{rest}", fields)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_clue_is_seen_by_its_own_office_and_those_above(
    place: str, role: str, rich: str, visitor: Callable[..., Client]
) -> None:
    before = Clue.objects.values().get(pk=rich)
    client = visitor(role, place)
    answers = {name: ask(client, name, rich) for name in OF_A_CLUE}
    codes = {name: answer.status_code for name, answer in answers.items()}
    if role in CASE_ROLES and place in SEES:
        assert all(code < 400 or name == "act" and code == 422 for name, code in codes.items()), codes
        assert Note.objects.count() == Answer.objects.count() == 1
        return
    assert set(codes.values()) == {404 if role in CASE_ROLES else 403}
    bodies = "".join(answer.content.decode() for answer in answers.values())
    assert not [secret for secret in SECRETS if secret in bodies]
    assert Clue.objects.values().get(pk=rich) == before
    assert not Note.objects.exists() and not Answer.objects.exists()
    assert not AuditEntry.objects.filter(object_id=rich).exists()


@pytest.mark.parametrize("name", OF_A_CLUE)
def test_out_of_scope_and_not_there_look_the_same(name: str, rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor("prosecutor", "sibling")
    there, nowhere = ask(client, name, rich), ask(client, name, "0" * 20)
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_reveal_of_a_foreign_clue_is_not_found(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor("prosecutor", "sibling")
    for part in ("documents/1/", "rows/civ_party/"):
        assert client.post(f"/clues/{rich}/{part}", {"purpose": "核对当事人身份"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?q=虞见山", "?office=330602", "?model=civil.professional_lender", "?grade=3&sort=office"]
)
@pytest.mark.parametrize("address", ["/clues/", "/clues/export.csv", "/clues/filters/office/", "/clues/filters/model/"])
def test_no_filter_of_the_list_reaches_beyond_the_own_office(
    address: str, query: str, rich: str, visitor: Callable[..., Client]
) -> None:
    body = visitor("prosecutor", "sibling").get(address + query).content.decode()
    assert rich not in body
    assert "越城区" not in body.replace("绍兴市越城区）在", "")  # the sample's own sentence names it for every clue


def test_counts_of_filters_do_not_count_foreign_clues(rich: str, acting: Callable[..., Any]) -> None:
    rows, listing = queries.rows(acting("prosecutor", "sibling")), PLAN.read(QueryDict())
    assert [value for value, _, _ in rows.values(listing, "office")] == ["330603"]
    assert rows.count(listing) == Clue.objects.filter(office__code="330603").count() < Clue.objects.count()


def test_a_clue_cannot_be_merged_into_a_foreign_one(rich: str, visitor: Callable[..., Client]) -> None:
    foreign = Clue.objects.filter(office__code="330203").first()
    assert foreign
    answer = visitor().post(f"/clues/{rich}/acts/merge/", {"version": "1", "target": foreign.pk})
    assert answer.status_code == 422
    assert foreign.subject not in answer.content.decode()
    assert Clue.objects.get(pk=rich).merged_into is None


def test_a_clue_cannot_be_given_to_somebody_who_may_not_see_it(
    rich: str, visitor: Callable[..., Client], person: Callable[..., Any]
) -> None:
    for role, place in (("prosecutor", "sibling"), ("system_admin", "county"), ("prosecutor", "province")):
        target = person(role, place).username
        answer = visitor("head", "county").post(f"/clues/{rich}/acts/assign/", {"version": "1", "target": target})
        assert answer.status_code == 422, (role, place)
    assert Clue.objects.get(pk=rich).assignee is None


def test_a_head_above_cannot_give_a_clue_to_the_office_next_door(
    rich: str, visitor: Callable[..., Client], person: Callable[..., Any]
) -> None:
    target = person("prosecutor", "sibling").username
    answer = visitor("head", "city").post(f"/clues/{rich}/acts/assign/", {"version": "1", "target": target})
    assert answer.status_code == 422
    assert Clue.objects.get(pk=rich).assignee is None


def test_acting_on_many_refuses_all_when_one_is_foreign(rich: str, visitor: Callable[..., Client]) -> None:
    own = Clue.objects.filter(office__code="330603").first()
    assert own
    answer = visitor("prosecutor", "sibling").post(
        "/clues/many/", {"verb": "keep", "chosen": [f"{own.pk}:1", f"{rich}:1"]}
    )
    assert answer.status_code == 404
    assert set(Clue.objects.values_list("status", flat=True)) == {"new"}


def test_a_saved_view_belongs_to_one_person(visitor: Callable[..., Client]) -> None:
    visitor().post("/views/", {"at": "/clues/", "name": "本院待研判", "query": "status=new"})
    assert "本院待研判" in visitor().get("/clues/").content.decode()
    assert "本院待研判" not in visitor().get("/matters/").content.decode()
    view = SavedView.objects.get()
    other = visitor("head", "county")
    assert "本院待研判" not in other.get("/clues/").content.decode()
    assert other.post(f"/views/{view.pk}/forget/").status_code == 404
    assert SavedView.objects.exists()


def test_the_previous_and_next_clue_are_in_scope(rich: str, acting: Callable[..., Any]) -> None:
    who = acting()
    place, total, before, after = queries.neighbours(who, PLAN.read(QueryDict()), rich)
    assert total == queries.visible(who).count() < Clue.objects.count()
    assert place and all(queries.visible(who).filter(pk=x).exists() for x in (before, after) if x)


def test_related_and_similar_clues_are_in_scope(rich: str, acting: Callable[..., Any]) -> None:
    who = acting("prosecutor", "county")
    one = Clue.objects.get(pk=rich)
    Clue.objects.update(group=one.group, model=one.model)
    found = queries.related(who, one) + queries.similar(who, one)
    assert found and {c.office.code for c in found} == {"330602"}


@pytest.mark.parametrize(
    "address", ["/accounts/", "/accounts/export.csv", "/audit/", "/audit/filters/action/", "/audit/export.xlsx"]
)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_the_three_powers_are_apart(address: str, role: str, visitor: Callable[..., Client]) -> None:
    allowed = Role.SYSTEM_ADMIN if address.startswith("/accounts/") else Role.AUDIT_ADMIN
    assert visitor(role, "province").get(address).status_code == (200 if role == allowed else 403)


@pytest.mark.parametrize("address", ["/clues/", "/clues/export.csv", "/clues/export.xlsx", "/models/", "/runs/"])
@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_see_no_case_data(address: str, role: str, rich: str, visitor: Callable[..., Client]) -> None:
    assert visitor(role, "supreme").get(address).status_code == 403


def test_whoever_is_not_logged_in_sees_only_the_login(rich: str) -> None:
    client = Client()
    addresses = [
        "/",
        "/clues/",
        f"/clues/{rich}/",
        f"/clues/{rich}/rows/civ_case/",
        "/clues/export.csv",
        "/audit/",
        "/runs/",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/login/"), address


def test_an_account_of_another_office_cannot_be_changed(
    visitor: Callable[..., Client], person: Callable[..., Any]
) -> None:
    victim = person("prosecutor", "other_county")
    admin = visitor("system_admin", "city")
    for verb in ("open", "close", "password"):
        assert admin.post(f"/accounts/{victim.pk}/{verb}/").status_code == 404
