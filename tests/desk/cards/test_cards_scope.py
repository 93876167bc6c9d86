"""Nobody sees another office's cards: every route of the room, every role, offices above, beside and below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from small_exports import PERSON

from jianwei.desk.cards.models import Acceptance, Check
from jianwei.desk.cards.urls import urlpatterns
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import CASE_ROLES, Role

PLACES = ("supreme", "province", "city", "county", "sibling", "other_city", "other_county")
SEES = {"supreme", "province", "city", "county"}
OPEN = {"cards", "cards_filter", "cards_export", "cards_upload"}
"""Routes that name no check: they show or make what is in the own scope."""
GETS = {
    "cards_check": "{0}/", "cards_check_filter": "{0}/filters/ref/", "cards_finding": "{0}/1/",
    "cards_check_export": "{0}/export.csv", "cards_commented": "{0}/files/0/",
}  # fmt: skip
TOLD = {name for name in GETS if not name.endswith("filter")}
"""Those that leave an audit entry."""
POSTS = {
    "cards_accept": "{0}/1/accept/", "cards_reopen": "{0}/1/reopen/", "cards_many": "{0}/many/",
    "cards_delete": "{0}/delete/",
}  # fmt: skip


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")


def test_every_route_is_here() -> None:
    assert {str(one.name) for one in urlpatterns} == OPEN | set(GETS) | set(POSTS)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_check_is_seen_by_its_own_office_and_those_above(
    place: str, role: str, uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check = uploaded()
    client = visitor(role, place)
    before = AuditEntry.objects.count()
    gets = [client.get(f"/cards/{address.format(check.pk)}") for address in GETS.values()]
    if role in CASE_ROLES and place in SEES:
        assert {answer.status_code for answer in gets} == {200}
        assert AuditEntry.objects.count() == before + len(TOLD)
        return
    posts = [
        client.post(f"/cards/{address.format(check.pk)}", {"reason": "理由充分，另有依据可查", "chosen": "1"})
        for address in POSTS.values()
    ]
    assert {answer.status_code for answer in (*gets, *posts)} == {404 if role in CASE_ROLES else 403}
    assert PERSON not in "".join(map(text, (*gets, *posts)))
    assert Check.objects.filter(pk=check.pk).exists() and not Acceptance.objects.exists()
    if role in CASE_ROLES:
        assert PERSON not in text(client.get("/cards/")) and f"/cards/{check.pk}/" not in text(client.get("/cards/"))
