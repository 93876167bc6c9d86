"""Nobody reads or changes another office's matter: every route, every role, offices above, beside and below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from jianwei.desk.matters import actions, queries, urls
from jianwei.desk.matters.listed import Matters
from jianwei.desk.matters.listing import PLAN
from jianwei.desk.matters.models import Access, ActRow, Link, Matter
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import CASE_ROLES, Role

# name → (method, what follows the matter's id, fields)
OF_A_MATTER: dict[str, tuple[str, str, dict[str, str]]] = {
    "matter": ("get", "", {}),
    "what_if": ("get", "what-if/", {"kind": "send_back", "on": "2026-11-20"}),
    "carried": ("get", "carried/{link}/", {}),
    "reveal_matter": ("post", "reveal/", {"purpose": "核对身份信息"}),
    "matter_act": ("post", "acts/remark/", {"seq": "1", "done_on": "2026-11-20", "f.text": "一条备注"}),
    "hand_over_matter": ("post", "hand-over/", {"seq": "1", "receiver": "330603", "on": "2026-11-20"}),
    "assign_matter": ("post", "handler/", {"seq": "1", "username": "prosecutor.county", "way": "随机分案"}),
    "restrict_matter": ("post", "restriction/", {"restriction": "sealed", "why": "依法封存"}),
    "admit_to_matter": ("post", "access/", {"username": "prosecutor.sibling", "why": "协助办案"}),
    "dismiss_from_matter": ("post", "access/{access}/remove/", {}),
    "link_matter": ("post", "links/", {"number": "无此号"}),
    "unlink_matter": ("post", "links/{link}/remove/", {}),
}
WITHOUT_A_MATTER = {"matters", "matters_export", "matters_filter", "matter_by_number", "new_matter", "open_matter"}
OF_HANDOVERS = {
    "handovers", "handovers_export", "handovers_filter",
    "handover", "handover_receive", "handover_return", "handover_recall",
}  # fmt: skip
SEES = ("supreme", "province", "city", "county")
PLACES = (*SEES, "sibling", "other_city", "other_county")
SECRETS = ("虞见山", "闻知秋", "33060200001")


def test_every_route_of_matters_is_in_the_matrix() -> None:
    assert {str(one.name) for one in urls.urlpatterns} == set(OF_A_MATTER) | WITHOUT_A_MATTER | OF_HANDOVERS


@pytest.fixture
def tied(new_matter: Callable[..., Matter], at_work: Callable[..., Any], person: Callable[..., Any]) -> Matter:
    """A matter with a tie to another and a person on its list."""
    matter, other = new_matter(), new_matter()
    head = at_work("head")
    actions.link(head, matter.pk, other.number)
    actions.admit(head, matter.pk, person("prosecutor", "other_city").username, writes=False, why="协助办案")
    matter.refresh_from_db()
    return matter


def ask(client: Client, name: str, matter_id: int) -> Any:
    method, rest, fields = OF_A_MATTER[name]
    link = Link.objects.values_list("pk", flat=True).first() or 1
    access = Access.objects.values_list("pk", flat=True).first() or 1
    return getattr(client, method)(f"/matters/{matter_id}/{rest.format(link=link, access=access)}", fields)


@pytest.mark.parametrize("place", ["supreme", "city", "county", "sibling", "other_county"])
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_matter_is_seen_by_its_own_office_and_those_above(
    place: str, role: str, new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    matter = new_matter()
    entries = AuditEntry.objects.count()
    client = visitor(role, place)
    answers = {name: ask(client, name, matter.pk) for name in ("matter", "what_if")}
    expected = 403 if role not in CASE_ROLES else 200 if place in SEES else 404
    assert {answer.status_code for answer in answers.values()} == {expected}
    if expected != 200:
        assert not any(secret in answer.content.decode() for answer in answers.values() for secret in SECRETS)
        assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("name", OF_A_MATTER)
@pytest.mark.parametrize("place", ["sibling", "other_county"])
def test_out_of_scope_and_not_there_look_the_same(
    name: str, place: str, tied: Matter, visitor: Callable[..., Client]
) -> None:
    client = visitor("prosecutor", place)
    before = Matter.objects.values().get(pk=tied.pk)
    there, nowhere = ask(client, name, tied.pk), ask(client, name, 999_999)
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert Matter.objects.values().get(pk=tied.pk) == before
    assert (Access.objects.count(), Link.objects.count(), ActRow.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize("name", [n for n, (method, _, _) in OF_A_MATTER.items() if method == "post"])
@pytest.mark.parametrize(("role", "place"), [("prosecutor", "province"), ("analyst", "county")])
def test_who_may_only_see_changes_nothing(
    name: str, role: str, place: str, tied: Matter, visitor: Callable[..., Client]
) -> None:
    before = Matter.objects.values().get(pk=tied.pk)
    looks = name == "reveal_matter" and role == "prosecutor"  # above the office one looks with a reason, as at the rest
    assert ask(visitor(role, place), name, tied.pk).status_code in ((200,) if looks else (404, 422))
    assert Matter.objects.values().get(pk=tied.pk) == before
    assert (Access.objects.count(), Link.objects.count(), ActRow.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    "query", ["", "?q=虞见山", "?office=330602", "?closed=yes&closed=no", "?mark=custody&sort=office"]
)
@pytest.mark.parametrize(
    "address", ["/matters/", "/matters/export.csv", "/matters/filters/office/", "/matters/filters/handler/"]
)
def test_no_filter_of_the_list_reaches_beyond_the_own_office(
    address: str, query: str, new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    new_matter(intake=actions.Intake(handler="prosecutor.county"))
    body = visitor("prosecutor", "sibling").get(address + query).content.decode()
    assert "33060200001" not in body and "越城区" not in body and "prosecutor.county" not in body


@pytest.mark.parametrize("restriction", ["juvenile", "sealed", "secret"])
def test_a_restricted_matter_is_seen_by_handler_leaders_and_the_list_only(
    restriction: str,
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Any],
    visitor: Callable[..., Client],
    person: Callable[..., Any],
) -> None:
    matter = new_matter(intake=actions.Intake(handler=person().username, restriction=restriction))
    address = f"/matters/{matter.pk}/"
    sees = {("prosecutor", "county"), ("head", "county"), ("head", "city"), ("chief", "county")}
    for role in ("prosecutor", "assistant", "head", "case_manager", "analyst", "chief"):
        for place in ("county", "city", "sibling"):
            seen = (role, place) in sees or (role, place) == ("chief", "city")
            assert (visitor(role, place).get(address).status_code == 200) == seen, (role, place)
            assert (matter.title in visitor(role, place).get("/matters/").content.decode()) == seen
    actions.admit(at_work("head"), matter.pk, person("assistant", "sibling").username, writes=False, why="协助办案")
    assert visitor("assistant", "sibling").get(address).status_code == 200
    assert (
        visitor("assistant", "sibling")
        .post(f"{address}acts/remark/", {"seq": "2", "done_on": "2026-11-20", "f.text": "x"})
        .status_code
        == 404
    )
    actions.admit(at_work("head"), matter.pk, person("assistant", "sibling").username, writes=True, why="协助办案")
    assert (
        visitor("assistant", "sibling")
        .post(f"{address}acts/remark/", {"seq": "2", "done_on": "2026-11-20", "f.text": "x"})
        .status_code
        == 302
    )


def test_a_juvenile_matter_is_narrow_from_the_first_and_its_opener_is_told(
    visitor: Callable[..., Client], person: Callable[..., Any]
) -> None:
    from jianwei.procedures.shelf import procedures

    procedure = procedures()["juvenile/judicial_protection"]
    kind = procedure.opening()[0]
    fields = {"act": kind.key, "done_on": "2026-11-02", "handler": person().username}
    given = {"YES_NO": "否", "DAY": "2026-11-01", "NUMBER": "1", "MONEY": "100"}
    fields |= {
        f"f.{fact.name}": next(iter(fact.choices), "") or given.get(fact.kind.name, "滕照临")
        for fact in kind.facts
        if fact.required
    }
    client = visitor("case_manager")
    answer = client.post(f"/matters/new/{procedure.key}/", fields, follow=True)
    assert answer.redirect_chain[0][0] == "/matters/", answer.content.decode()
    assert "不能再查看" in answer.content.decode()
    matter = Matter.objects.get()
    assert matter.restriction == "juvenile"
    assert visitor().get(matter.get_absolute_url()).status_code == 200


def test_a_number_out_of_scope_is_not_found(new_matter: Callable[..., Matter], visitor: Callable[..., Client]) -> None:
    matter = new_matter()
    assert visitor().get("/matters/by-number/", {"no": matter.number})["Location"] == matter.get_absolute_url()
    assert visitor("head", "sibling").get("/matters/by-number/", {"no": matter.number}).status_code == 404


def test_being_named_for_one_matter_hides_no_other(
    new_matter: Callable[..., Matter], at_work: Callable[..., Any], person: Callable[..., Any]
) -> None:
    one, other = new_matter(), new_matter()
    for role, place in (("head", "supreme"), ("prosecutor", "supreme"), ("head", "county"), ("prosecutor", "county")):
        actions.admit(at_work("head"), one.pk, person(role, place).username, writes=False, why="督办")
        assert set(queries.visible(at_work(role, place))) == {one, other}, (role, place)


def test_counts_do_not_count_foreign_matters(new_matter: Callable[..., Matter], at_work: Callable[..., Any]) -> None:
    new_matter()
    new_matter(who=at_work("prosecutor", "sibling"))
    who = at_work("prosecutor", "sibling")
    rows, listing = Matters(who), PLAN.read(QueryDict())
    assert rows.count(listing) == 1 == queries.visible(who).count()
    assert [code for code, _, _ in rows.values(listing, "office")] == ["330603"]


def test_a_tie_does_not_show_a_matter_out_of_scope(
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Any],
    visitor: Callable[..., Client],
    person: Callable[..., Any],
) -> None:
    mine, foreign = new_matter(), new_matter(who=at_work("prosecutor", "sibling"), charge="贪污罪")
    with pytest.raises(actions.Refused):
        actions.link(at_work(), mine.pk, foreign.number)
    actions.admit(at_work("head", "sibling"), foreign.pk, person().username, writes=False, why="串并案件")
    actions.link(at_work(), mine.pk, foreign.number)
    assert "贪污罪" in visitor().get(f"/matters/{mine.pk}/").content.decode()
    assert "贪污罪" not in visitor("assistant").get(f"/matters/{mine.pk}/").content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - set(CASE_ROLES)))
def test_an_administrator_sees_no_matter_whatever_page_asks(
    role: str, tied: Matter, at_work: Callable[..., Any]
) -> None:
    who = at_work(role, "county")
    assert not queries.visible(who).exists() and queries.matter(who, tied.pk) is None
    assert not queries.handovers(who).exists()


def test_who_neither_handles_nor_leads_does_not_decide_who_may_know(
    tied: Matter, at_work: Callable[..., Any], person: Callable[..., Any]
) -> None:
    colleague, stranger = at_work("assistant"), person("prosecutor", "sibling").username
    [named] = Access.objects.filter(matter=tied)
    for decide in (
        lambda: actions.restrict(colleague, tied.pk, "sealed", "封存"),
        lambda: actions.admit(colleague, tied.pk, stranger, writes=False, why="协助办案"),
        lambda: actions.dismiss(colleague, tied.pk, named.pk),
    ):
        with pytest.raises(actions.Refused, match="承办人或者部门负责人"):
            decide()
    tied.refresh_from_db()
    assert tied.restriction == "" and list(Access.objects.filter(matter=tied)) == [named]


@pytest.mark.parametrize(
    ("role", "why"), [("analyst", "协助办案"), ("system_admin", "协助办案"), ("prosecutor", " "), ("", "协助办案")]
)
def test_only_who_works_on_cases_is_put_on_the_list_and_only_with_a_reason(
    role: str, why: str, tied: Matter, at_work: Callable[..., Any], person: Callable[..., Any]
) -> None:
    name = person(role, "sibling").username if role else "nobody.sibling"
    with pytest.raises(actions.Refused, match="登录名，并写明理由"):
        actions.admit(at_work("head"), tied.pk, name, writes=True, why=why)
    assert Access.objects.filter(matter=tied).count() == 1


def test_a_matter_is_not_linked_to_itself_nor_twice(tied: Matter, at_work: Callable[..., Any]) -> None:
    [link] = Link.objects.all()
    other = link.other if link.matter_id == tied.pk else link.matter
    for number, says in ((tied.number, "没有这个受案号"), (other.number, "已经关联")):
        with pytest.raises(actions.Refused, match=says):
            actions.link(at_work("head"), tied.pk, number)
    assert Link.objects.count() == 1
