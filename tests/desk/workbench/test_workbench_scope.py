"""Nobody sees another office's last days: every route of the workbench, every role, offices above, beside and below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.actions import Intake
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.people.roles import CASE_ROLES, Role
from jianwei.desk.workbench import tasks
from jianwei.desk.workbench.models import Notice
from jianwei.desk.workbench.urls import urlpatterns

ROUTES = {
    "workbench": "/workbench/",
    "calendar": "/calendar/?who=all",
    "calendar_month": "/calendar/2026/12/?who=all",
    "clocks": "/clocks/",
    "clocks_filter": "/clocks/filters/handler/",
    "clocks_export": "/clocks/export.csv",
    "notices": "/notices/?read=no&read=yes",
    "notices_filter": "/notices/filters/office/",
    "notices_export": "/notices/export.csv?read=no&read=yes",
    "bell": "/notices/bell/",
}
WRITES = {"notices_read": "/notices/read/"}
SEES_ALL = {"supreme", "province", "city", "county"}
SECRET = "虞见山"


@pytest.fixture
def a_matter(at_work: Callable[..., Acting], person: Callable[..., User]) -> None:
    facts = {"suspects": SECRET, "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
    intake = Intake(handler=person("prosecutor").username)
    who = at_work("case_manager")
    matters.open_matter(who, "criminal/prosecution_review", "accept", facts, on="2026-11-02", intake=intake)


def test_every_route_is_here() -> None:
    assert {str(one.name) for one in urlpatterns} == set(ROUTES) | set(WRITES)


@pytest.mark.parametrize("place", ["supreme", "province", "city", "county", "sibling", "other_city", "other_county"])
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_last_days_are_seen_in_scope_only(
    place: str, role: str, a_matter: None, visitor: Callable[..., Client], person: Callable[..., User]
) -> None:
    person(role, place)
    tasks.warn(dt.date(2026, 12, 3), timezone.now())
    client = visitor(role, place)
    for name, path in ROUTES.items():
        answer = client.get(path)
        assert answer.status_code == (200 if Role(role) in CASE_ROLES else 403), name
        if place not in SEES_ALL or Role(role) not in CASE_ROLES:
            assert SECRET not in answer.content.decode(), name
    if Role(role) in CASE_ROLES and place in SEES_ALL:
        for name in ("calendar_month", "clocks", "clocks_export"):
            assert SECRET in client.get(ROUTES[name]).content.decode(), name


def test_another_persons_warning_is_not_taken_note_of(
    a_matter: None, visitor: Callable[..., Client], person: Callable[..., User]
) -> None:
    tasks.warn(dt.date(2026, 12, 1), timezone.now())
    ids = list(Notice.objects.filter(user=person("prosecutor")).values_list("pk", flat=True))
    assert ids
    for other in (visitor("head"), visitor("prosecutor", "sibling")):
        other.post(WRITES["notices_read"], {"id": ids, "all": "1"})
    assert Notice.objects.filter(pk__in=ids, read_at__isnull=True).count() == len(ids)


def test_a_warning_ends_where_sight_of_the_matter_ends(
    a_matter: None, visitor: Callable[..., Client], person: Callable[..., User]
) -> None:
    head = person("head")
    tasks.warn(dt.date(2026, 12, 1), timezone.now())
    assert "虞见山" in visitor("head").get("/notices/").content.decode()
    head.office = person("head", "other_county").office
    head.save()
    assert "虞见山" not in visitor("head").get("/notices/").content.decode()
