"""A clue becomes a matter in one click, carries its evidence along, and learns how the matter ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import desk_sample as sample
import pytest
from django.test import Client

from jianwei.desk.clues import actions as clue_actions
from jianwei.desk.clues.models import Clue
from jianwei.desk.matters import actions, demo, queries
from jianwei.desk.matters.models import Link, Matter
from jianwei.desk.people.models import AuditEntry


@pytest.fixture
def form(rich: str, visitor: Callable[..., Client]) -> str:
    page = visitor().get(f"/clues/{rich}/").content.decode()
    address = f"/matters/new/criminal/prosecution_review/?clue={rich}"
    assert f"?clue={rich}" in page and "/matters/new/civil/" in page
    return address


FACTS = {"act": "accept", "done_on": "2026-11-02", "f.suspects": "虞见山", "f.charge": "诈骗罪", "f.in_custody": "否"}


def opened(client: Client, clue_id: str, version: str = "1") -> Any:
    return client.post("/matters/new/criminal/prosecution_review/", FACTS | {"clue": clue_id, "clue_version": version})


def test_the_form_comes_with_what_the_clue_tells(form: str, visitor: Callable[..., Client]) -> None:
    body = visitor().get(form).content.decode()
    assert sample.LENDER in body and "由线索带入，请核对" in body


def test_evidence_is_carried_along_and_stays_when_the_clue_changes(
    rich: str, run_of: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    client = visitor()
    assert opened(client, rich).status_code == 302
    matter, clue = Matter.objects.get(), Clue.objects.get(pk=rich)
    assert (clue.status, clue.matter_no) == ("opened", matter.number)
    link = Link.objects.get(matter=matter)
    before = link.carried
    assert before["evidence"] and before["reasons"]
    run_of([sample.clue(0, reasons=["别的要点"])])
    assert Link.objects.get(matter=matter).carried == before
    assert "由线索成案" in client.get(matter.get_absolute_url()).content.decode()
    carried = client.get(f"{matter.get_absolute_url()}carried/{link.pk}/").content.decode()
    assert "民事案件" in carried and "civ_case" not in carried and before["law"][0] in carried
    assert matter.number in client.get(f"/clues/{rich}/").content.decode()
    assert AuditEntry.objects.filter(action="受理事项", detail__clue=rich).count() == 1


def test_the_outcome_flows_back_and_is_taken_back_with_the_act(
    rich: str, at_work: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    opened(visitor(), rich)
    who, matter = at_work(), Matter.objects.get()
    actions.record_act(who, matter.pk, 1, "not_prosecute", {"ground": "相对不起诉"}, on="2026-11-10")
    clue = Clue.objects.get(pk=rich)
    assert (clue.status, clue.outcome) == ("done", "不起诉：相对不起诉")
    actions.record_act(who, matter.pk, 2, "revoke", {"act": "2", "because": "录错"}, on="2026-11-11")
    clue.refresh_from_db()
    assert (clue.status, clue.outcome) == ("opened", "")
    assert queries.of_clue(who, rich) == matter


def test_a_clue_that_somebody_else_decided_on_is_not_opened(
    rich: str, at_work: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    clue_actions.act(at_work("head"), rich, "keep", version=1)
    answer = opened(visitor(), rich)
    assert answer.status_code == 409 and "诈骗罪" in answer.content.decode()
    assert not Matter.objects.exists() and Clue.objects.get(pk=rich).status == "kept"


def test_a_clue_out_of_scope_is_not_found(rich: str, visitor: Callable[..., Client]) -> None:
    assert opened(visitor("prosecutor", "sibling"), rich).status_code == 404
    assert not Matter.objects.exists()


def test_a_new_desk_has_made_up_matters_some_of_them_from_clues(
    rich: str, person: Callable[..., Any], at_work: Callable[..., Any]
) -> None:
    person(), person("prosecutor", "city")
    who = at_work()
    made = demo.found(queries.today(who), who.at, count=40)
    assert made == Matter.objects.count() > 40
    assert Link.objects.filter(kind="from_clue").exists()
    assert Matter.objects.filter(closed=False).values("procedure").distinct().count() > 5
    assert demo.found(queries.today(who), who.at) == 0, "the second start adds none"


def test_the_form_shows_no_message_that_nobody_wrote(form: str, visitor: Callable[..., Client]) -> None:
    assert 'class="told"' not in visitor().get(form).content.decode()


def test_a_matter_is_given_only_to_somebody_who_records_acts(
    form: str, person: Any, visitor: Callable[..., Client]
) -> None:
    analyst = person("analyst", "county")
    client = visitor()
    assert f'value="{analyst.username}"' not in client.get(form).content.decode()
    answer = client.post(form.partition("?")[0], FACTS | {"handler": analyst.username})
    assert answer.status_code == 422 and "的承办人" in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_clue_that_became_a_matter_says_so_and_blames_no_role(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor()
    assert opened(client, rich).status_code == 302
    body = client.get(f"/clues/{rich}/").content.decode()
    assert "本线索已成案" in body and "不能处理本线索" not in body
