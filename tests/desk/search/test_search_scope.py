"""A foreign office's words are never found, counted, suggested or exported; nor is what was restricted a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import desk_sample as sample
import pytest
from django.test import Client

from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import CASE_ROLES, Role

PLACES = ("supreme", "province", "city", "county", "sibling", "other_city", "other_county")
SEES = {"supreme", "province", "city", "county"}
SECRET = "虞见山"
ADDRESSES = (
    "/search/?q={0}", "/search/?q={0}&kind=clue", "/search/export.csv?q={0}", "/search/?party={0}", "/search/?unit=criminal/prosecution_review",
    "/search/?office=330602", "/search/?kind=matter&sort=title", "/search/filters/office/?q={0}", "/search/filters/unit/?q={0}",
    "/search/filters/stage/?q={0}", "/search/filters/period/?q={0}", "/search/conditions/?q=x",
)  # fmt: skip


@pytest.fixture
def secrets(new_matter: Callable[..., Matter], run_of: Callable[..., Any], index: Callable[[], int]) -> Matter:
    one = new_matter(SECRET)
    run_of([sample.clue(0, region="330602")])
    index()
    return one


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_only_the_own_office_and_those_above_find_it(
    place: str, role: str, secrets: Matter, visitor: Callable[..., Client]
) -> None:
    client = visitor(role, place)
    answers = {address: client.get(address.format(SECRET)) for address in ADDRESSES}
    if role not in CASE_ROLES:
        assert {answer.status_code for answer in answers.values()} == {403}
        return
    assert {answer.status_code for answer in answers.values()} == {200}
    first = answers[ADDRESSES[0]].content.decode()
    if place in SEES:
        assert secrets.number in first and "全部 2" in first
        return
    assert "全部 0" in first and "事项 0" in first and "线索 0" in first
    for address, answer in answers.items():
        body = answer.content.decode().replace(f'value="{SECRET}"', "")
        assert secrets.number not in body and "诈骗" not in body and "越城" not in body, address
        assert 'class="n"' not in body, address


def test_what_was_restricted_a_moment_ago_is_not_found(
    secrets: Matter, at_work: Callable[..., Any], search: Callable[..., list[Any]], person: Callable[..., Any]
) -> None:
    assert len(search(f"q={SECRET}&kind=matter", "assistant")) == 1
    matters.restrict(at_work("head"), secrets.pk, "sealed", "封存")
    assert search(f"q={SECRET}&kind=matter", "assistant") == []
    assert search("unit=criminal/prosecution_review", "assistant") == []
    assert len(search(f"q={SECRET}&kind=matter", "head")) == 1
    matters.admit(
        at_work("head"), secrets.pk, person("assistant", "other_county").username, writes=False, why="协助办理"
    )
    assert len(search(f"q={SECRET}", "assistant", "other_county")) == 1


def test_the_words_of_every_search_are_in_the_trail(secrets: Matter, visitor: Callable[..., Client]) -> None:
    visitor().get("/search/?q=虞见山&stage=审查")
    visitor().get("/search/export.xlsx?q=虞见山")
    done = list(
        AuditEntry.objects.filter(object_kind="检索")
        .order_by("id")
        .values_list("action", "username", "detail__found", "detail__rows")
    )
    assert done == [("检索", "prosecutor.county", 1, None), ("导出检索结果", "prosecutor.county", None, 2)]
    assert all("%E8%99%9E" in entry.detail["q"] for entry in AuditEntry.objects.filter(object_kind="检索"))
