"""Two offices with matters, clues and documents to find, and an index of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from jianwei.desk.matters import actions
from jianwei.desk.matters.actions import Intake
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.search import indexing

REVIEW = "criminal/prosecution_review"
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def at_work(person: Callable[..., User]) -> Callable[..., Acting]:
    return lambda role="prosecutor", place="county", at=NOW: Acting(person(role, place), "127.0.0.1", at)


@pytest.fixture
def new_matter(at_work: Callable[..., Acting]) -> Callable[..., Matter]:
    """``new_matter("虞见山", "county", charge="诈骗罪")``."""

    def opened(
        suspects: str = "虞见山",
        place: str = "county",
        *,
        restriction: str = "",
        handler: str = "",
        on: str = "2026-11-02",
        **facts: str,
    ) -> Matter:
        typed = {"suspects": suspects, "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"} | facts
        intake = Intake(restriction=restriction, handler=handler)
        return actions.open_matter(at_work("case_manager", place), REVIEW, "accept", typed, on=on, intake=intake)

    return opened


@pytest.fixture
def index() -> Callable[[], int]:
    return lambda: indexing.refresh(NOW.date(), NOW)


@pytest.fixture
def search(at_work: Callable[..., Acting]) -> Callable[..., list[Any]]:
    """What a person of a role and place finds with an address."""
    from django.http import QueryDict

    from jianwei.desk.search import queries
    from jianwei.desk.search.listing import PLAN

    def found(address: str, role: str = "prosecutor", place: str = "county") -> list[Any]:
        listing = PLAN.read(QueryDict(address))
        who = at_work(role, place)
        rows = queries.Found(who)
        assert rows.count(listing) == rows.narrowed(listing).count()
        return list(rows.ordered(listing))

    return found
