"""Nobody sees or draws another office's listeners: every route, every role, offices above, beside and below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.listeners import actions
from jianwei.desk.listeners.models import Listener
from jianwei.desk.listeners.urls import urlpatterns
from jianwei.desk.matters import actions as matters
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.people.roles import CASE_ROLES, Role

PLACES = ("supreme", "province", "city", "county", "sibling", "other_county")
ABOVE = {"supreme", "province", "city", "county"}
LISTS = {"listeners", "listener_draws"}
ROUTES = {f"{name}{part}" for name in LISTS for part in ("", "_filter", "_export")} | {
    "listener_enrol",
    "listener_strike",
    "listener_draw",
    "listener_draw_made",
}


@pytest.fixture
def made(person: Callable[..., User]) -> dict[str, int]:
    """A register and a drawn hearing of the county, and one that waits for its draw."""
    now = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())
    manager, chief = (Acting(person(role), "127.0.0.1", now) for role in ("case_manager", "chief"))
    listeners = [actions.enrol(manager, "听证员库", name, "") for name in ("甘棠", "苏木", "裴远", "祝余")]
    ids = []
    for _ in range(2):
        facts = {"case": "密案", "by_whom": "承办检察官", "questions": "问题"}
        one = matters.open_matter(manager, "management/public_hearing", "propose", facts, on="2026-11-16")
        matters.record_act(
            chief, one.pk, 1, "decide", {"hold": "hearing", "form": "ordinary", "public": "是"}, on="2026-11-17"
        )
        ids.append(one.pk)
    draw = actions.draw(manager, ids[0], 2, "听证员库", 3, (), "ab", why="", witness="")
    return {"listener": listeners[0].pk, "waiting": ids[1], "draw": draw.pk}


def test_every_route_is_here() -> None:
    assert {str(one.name) for one in urlpatterns} == ROUTES


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_foreign_register_is_not_there(
    place: str, role: str, made: dict[str, int], visitor: Callable[..., Client]
) -> None:
    client, works, own = visitor(role, place), Role(role) in CASE_ROLES, place == "county"
    register = client.get("/listeners/")
    assert register.status_code == (200 if works else 403)
    if not (works and own):
        assert "甘棠" not in register.content.decode()
    for address in (
        "/listeners/export.csv",
        "/listeners/draws/",
        "/listeners/draws/filters/office/",
        "/listeners/draws/export.csv",
    ):
        listed = client.get(address)
        assert listed.status_code == (200 if works else 403), address
        seen = own if address == "/listeners/export.csv" else place in ABOVE
        if not (works and seen):
            assert "甘棠" not in listed.content.decode("utf-8", "replace"), address
    draw = client.get(f"/listeners/draws/{made['draw']}/")
    assert draw.status_code == ((200 if place in ABOVE else 404) if works else 403)
    leads = role in ("case_manager", "head", "chief")
    form = client.get(f"/listeners/draw/{made['waiting']}/")
    assert form.status_code == ((200 if own and leads else 404) if works else 403)
    struck = client.post(f"/listeners/{made['listener']}/strike/")
    assert struck.status_code == ((302 if own and leads else 404) if works else 403)
    assert Listener.objects.filter(pk=made["listener"], left_at__isnull=True).exists() != (own and leads)
    enrolled = client.post("/listeners/enrol/", {"kind": "听证员库", "name": "新来者"})
    assert enrolled.status_code == ((302 if leads else 422) if works else 403)


def test_the_matter_leads_who_may_draw_to_the_lot(made: dict[str, int], visitor: Callable[..., Client]) -> None:
    lot, form = f"/listeners/draw/{made['waiting']}/", f"/matters/{made['waiting']}/acts/draw/"
    for role, leads in (("case_manager", True), ("chief", True), ("prosecutor", False)):
        said = visitor(role).get(f"/matters/{made['waiting']}/").content.decode()
        assert (f'href="{lot}"' in said, f'class="btn" href="{form}"' in said) == (leads, not leads), role
