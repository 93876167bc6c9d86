"""What differs from its seal is shown to who watches over it, in their own office and below; every route, every role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import WATCHERS, Role
from jianwei.desk.trails import actions, queries
from jianwei.desk.trails.listing import FINDINGS
from jianwei.desk.trails.models import Check, Finding
from jianwei.desk.trails.urls import urlpatterns

PLACES = ("supreme", "province", "city", "county", "sibling", "other_county")
ABOVE = {"supreme", "province", "city", "county"}
READ = ("/trails/", "/trails/segments/", "/trails/filters/trail/", "/trails/segments/filters/trail/", "/trails/export.csv",
        "/trails/segments/export.xlsx")  # fmt: skip


@pytest.fixture
def tampered(
    acting: Callable[..., Acting], log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> Matter:
    """A county's matter whose first act was changed, and an audit entry of the county that was taken away."""
    facts = {"case": "密案", "by_whom": "承办检察官", "questions": "问题"}
    one = matters.open_matter(acting("case_manager"), "management/public_hearing", "propose", facts, on="2026-11-16")
    force("matters_actrow", "UPDATE matters_actrow SET recorded_at = '2026-11-16 02:00:00'")
    keys = trail(3)
    log.seal(timezone.now() + dt.timedelta(minutes=5))
    act = ActRow.objects.get()
    force("matters_actrow", f'UPDATE matters_actrow SET facts = \'{{"case": "另案"}}\' WHERE id = {act.pk}')
    force("people_auditentry", f"UPDATE people_auditentry SET action = '另' WHERE id = {keys[0]}")
    assert {(trail, what) for trail, what, _ in log.check()} == {("acts", "changed"), ("audit", "changed")}
    return one


def test_every_route_is_here() -> None:
    names = {"seals", "seals_filter", "seals_export", "seals_check", "segments", "segments_filter", "segments_export"}
    assert {str(one.name) for one in urlpatterns} == names


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_only_who_watches_sees_and_only_its_own(
    place: str, role: str, tampered: Matter, visitor: Callable[..., Client]
) -> None:
    client, watches, above = visitor(role, place), Role(role) in WATCHERS, place in ABOVE
    for address in READ:
        assert client.get(address).status_code == (200 if watches else 404), address
    assert client.post("/trails/check/").status_code == (302 if watches else 404)
    if watches:
        act = ActRow.objects.get().pk
        for address in ("/trails/", "/trails/export.csv"):
            said = client.get(address).content.decode()
            assert (f"办案行为第 {act} 行" in said) == above
            assert (tampered.number in said) == (above and role != Role.AUDIT_ADMIN), "who audits sees no matter"


def test_a_finding_of_a_row_that_is_gone_is_the_tops(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None], visitor: Callable[..., Client]
) -> None:
    keys = trail(3)
    log.seal(timezone.now())
    force("people_auditentry", f"DELETE FROM people_auditentry WHERE id = {keys[1]}")
    log.check()
    assert f"第 {keys[1]} 行" in visitor("audit_admin", "supreme").get("/trails/").content.decode()
    assert f"第 {keys[1]} 行" not in visitor("audit_admin", "county").get("/trails/").content.decode()


def test_a_check_is_asked_once_and_looking_is_recorded(visitor: Callable[..., Client], db: None) -> None:
    client = visitor("audit_admin")
    assert "尚未检查过" in client.get("/trails/").content.decode()
    client.post("/trails/check/")
    visitor("chief").post("/trails/check/")
    assert Check.objects.count() == 1
    assert "已安排检查" in client.get("/trails/").content.decode()
    assert AuditEntry.objects.filter(action="查看留痕检查").count() == 2
    assert AuditEntry.objects.filter(action="安排留痕检查").count() == 2


def test_pages_cost_the_same_with_few_and_with_many(
    visitor: Callable[..., Client], made_offices: Any, django_assert_max_num_queries: Any
) -> None:
    at = timezone.now()
    Finding.objects.bulk_create(
        Finding(trail="audit", what="changed", n=1, row=n, office=made_offices["county"], found_at=at)
        for n in range(2000)
    )
    client = visitor("audit_admin")
    client.get("/trails/")
    with django_assert_max_num_queries(16):
        assert "2000" in client.get("/trails/").content.decode()


def test_what_is_as_it_was_again_stands_last(acting: Callable[..., Any]) -> None:
    who = acting("audit_admin", "supreme")
    for row, gone_at in ((1, None), (2, who.at), (3, None)):
        Finding.objects.create(trail="audit", what="missing", n=1, row=row, found_at=who.at, gone_at=gone_at)
    found = queries.finding_rows(who).ordered(FINDINGS.read(QueryDict("")))
    assert [one.row for one in found] == [3, 1, 2]


@pytest.mark.parametrize("role", sorted(set(Role) - set(WATCHERS)))
def test_who_does_not_watch_gets_nothing_and_asks_for_nothing_whatever_page_asks(
    role: str, tampered: Matter, acting: Callable[..., Acting]
) -> None:
    who, before = acting(role, "supreme"), Check.objects.count()
    assert Finding.objects.exists() and not queries.findings(who).exists()
    assert not queries.segments(who).exists()
    assert actions.ask(who) is None and Check.objects.count() == before
