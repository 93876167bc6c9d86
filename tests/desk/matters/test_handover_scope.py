"""What is handed over from office to office is seen by these two and those above them, and answered by the receiver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jianwei.desk.matters import handing_over
from jianwei.desk.matters.models import ActRow, Handover, Matter

# name → (method, what follows the handover's id, fields)
ROUTES: dict[str, tuple[str, str, dict[str, str]]] = {
    "handover": ("get", "", {}),
    "handover_receive": ("post", "receive/", {"on": "2026-11-20"}),
    "handover_return": ("post", "return/", {"why": "不属于本院管辖"}),
    "handover_recall": ("post", "recall/", {"why": "移送有误"}),
}


@pytest.fixture
def one(new_matter: Callable[..., Matter], at_work: Callable[..., Any], person: Callable[..., Any]) -> Handover:
    matter = new_matter()
    there = person("prosecutor", "sibling").office
    return handing_over.send(at_work(), matter.pk, matter.seq, there.name, on="2026-11-18")


def ask(client: Client, name: str, handover_id: int) -> Any:
    method, rest, fields = ROUTES[name]
    return getattr(client, method)(f"/matters/handovers/{handover_id}/{rest}", fields)


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("place", ["other_county", "other_city"])
def test_out_of_scope_and_not_there_look_the_same(
    name: str, place: str, one: Handover, visitor: Callable[..., Client]
) -> None:
    client = visitor("head", place)
    there, nowhere = ask(client, name, one.pk), ask(client, name, 999_999)
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert Handover.objects.get().state == "waiting" and ActRow.objects.count() == 2


@pytest.mark.parametrize("name", [name for name, (method, _, _) in ROUTES.items() if method == "post"])
@pytest.mark.parametrize(
    ("role", "place"),
    [("head", "city"), ("head", "supreme"), ("analyst", "county"), ("analyst", "sibling"), ("assistant", "sibling")],
)
def test_those_who_may_only_look_change_nothing(
    name: str, role: str, place: str, one: Handover, visitor: Callable[..., Client]
) -> None:
    assert ask(visitor(role, place), "handover", one.pk).status_code == 200
    assert ask(visitor(role, place), name, one.pk).status_code == 422
    assert Handover.objects.get().state == "waiting" and ActRow.objects.count() == 2


def test_the_sender_does_not_receive_and_the_receiver_does_not_recall(
    one: Handover, visitor: Callable[..., Client]
) -> None:
    assert ask(visitor("head"), "handover_receive", one.pk).status_code == 422
    assert ask(visitor("head"), "handover_return", one.pk).status_code == 422
    assert ask(visitor("head", "sibling"), "handover_recall", one.pk).status_code == 422
    assert Handover.objects.get().state == "waiting"


@pytest.mark.parametrize("address", ["", "export.csv", "filters/sender/", "filters/receiver/"])
def test_no_list_of_handovers_reaches_beyond_the_two_offices(
    address: str, one: Handover, visitor: Callable[..., Client]
) -> None:
    told = ("虞见山", "33060200001", "柯桥区", "越城区")
    seen = visitor("prosecutor", "sibling").get(f"/matters/handovers/{address}")
    foreign = visitor("prosecutor", "other_county").get(f"/matters/handovers/{address}")
    assert foreign.status_code == seen.status_code == 200
    assert any(word in _body(seen) for word in told)
    assert not any(word in _body(foreign) for word in told)


def _body(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
