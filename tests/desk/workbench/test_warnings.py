"""Warnings of last days: the rung a day stands on, whom it reaches, and that running again writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.actions import Intake
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.workbench import actions, queries, tasks, warning
from jianwei.desk.workbench.models import Notice

DUE = dt.date(2026, 12, 2)


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (8, None),
        (7, "七日内届满"),
        (4, "七日内届满"),
        (3, "三日内届满"),
        (2, "三日内届满"),
        (1, "明日届满"),
        (0, "今日届满"),
        (-1, "已超期"),
        (-40, "已超期"),
    ],
)
def test_the_rung_of_a_day(left: int, says: str | None) -> None:
    found = warning.rung_on(DUE, DUE - dt.timedelta(days=left))
    assert (found.says if found else None) == says


@given(st.integers(-100, 100), st.integers(0, 30))
def test_time_only_climbs(left: int, later: int) -> None:
    now, then = (warning.rung_on(DUE, DUE - dt.timedelta(days=days)) for days in (left, left - later))
    if now is not None:
        assert then is not None
        assert then.days <= now.days
        assert set(now.tells) <= set(then.tells)


@pytest.fixture
def a_matter(at_work: Callable[..., Acting], person: Callable[..., User]) -> int:
    person("chief"), person("head"), person("case_manager"), person("head", "sibling")
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
    intake = Intake(handler=person("prosecutor").username)
    made = matters.open_matter(
        at_work("case_manager"), "criminal/prosecution_review", "accept", facts, on="2026-11-02", intake=intake
    )
    return made.pk


def warned(day: dt.date) -> list[tuple[str, str, int]]:
    tasks.warn(day, timezone.now())
    rows = Notice.objects.order_by("user__role", "clock").values_list("user__role", "clock", "rung")
    return [(role, clock, rung) for role, clock, rung in rows]


def test_warnings_climb_to_the_chief(a_matter: int) -> None:
    """Accepted on 2 November: custody and review end on 2 December, the notice of rights on 5 November."""
    assert {row for row in warned(dt.date(2026, 11, 3)) if row[1] != "rights"} == set()
    assert ("prosecutor", "held", 7) in warned(dt.date(2026, 11, 25))
    assert ("head", "review", 7) not in warned(dt.date(2026, 11, 25))
    assert ("head", "held", 3) in warned(dt.date(2026, 11, 29))
    assert ("case_manager", "held", 1) in warned(dt.date(2026, 12, 1))
    assert ("chief", "held", -1) in warned(dt.date(2026, 12, 3))
    assert not Notice.objects.filter(user__office__code="330603").exists()


def test_running_again_writes_nothing(a_matter: int) -> None:
    day = dt.date(2026, 11, 29)
    first = tasks.warn(day, timezone.now())
    assert first > 0
    assert tasks.warn(day, timezone.now()) == 0
    assert tasks.warn(dt.date(2026, 11, 30), timezone.now()) == 0


def test_a_matter_that_ended_warns_nobody(a_matter: int, at_work: Callable[..., Acting]) -> None:
    facts = {"court": "甲县人民法院", "charge": "诈骗罪"}
    matters.record_act(at_work(), a_matter, 2, "prosecute", facts, on="2026-11-16")
    assert [row for row in warned(dt.date(2026, 12, 3)) if row[1] in ("held", "review")] == []


def test_one_reads_ones_own_warnings_only(a_matter: int, at_work: Callable[..., Acting]) -> None:
    tasks.warn(dt.date(2026, 12, 1), timezone.now())
    head, handler = at_work("head"), at_work("prosecutor")
    assert queries.unread(head) > 0
    others = list(Notice.objects.filter(user=handler.user.pk).values_list("pk", flat=True))
    assert actions.read(head, others) == 0
    assert actions.read(head) == queries.notices(head).count()
    assert queries.unread(head) == 0
    assert queries.unread(handler) == len(others)


def test_the_pages_show_them(a_matter: int, visitor: Callable[..., Client]) -> None:
    tasks.warn(dt.date(2026, 12, 3), timezone.now())
    chief = visitor("chief")
    page = chief.get("/notices/").content.decode()
    assert "已超期" in page
    assert "羁押期限（审查起诉）" in page
    assert "到期提醒，" in chief.get("/notices/bell/").content.decode()
    assert chief.post("/notices/read/", {"all": "1"}).status_code == 302
    assert "没有未阅的提醒" in chief.get("/notices/").content.decode()
    assert visitor("audit_admin").get("/notices/").status_code == 403
