"""An office with three prosecutors, and matters that nobody handles yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from jianwei.desk.matters import actions
from jianwei.desk.matters.actions import Intake
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office, User

REVIEW = "criminal/prosecution_review"
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def at_work(person: Callable[..., User]) -> Callable[..., Acting]:
    return lambda role="case_manager", place="county", at=NOW: Acting(person(role, place), "127.0.0.1", at)


@pytest.fixture
def new_matter(at_work: Callable[..., Acting]) -> Callable[..., Matter]:
    """``new_matter("虞见山", "county", charge="诈骗罪")``."""

    def opened(
        suspects: str = "虞见山", place: str = "county", *, restriction: str = "", on: str = "2026-11-02", **facts: str
    ) -> Matter:
        typed = {"suspects": suspects, "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"} | facts
        intake = Intake(restriction=restriction)
        return actions.open_matter(at_work("case_manager", place), REVIEW, "accept", typed, on=on, intake=intake)

    return opened


@pytest.fixture
def prosecutors(made_offices: dict[str, Office]) -> list[User]:
    """Three prosecutors of the county, in the order of their log-in names."""
    names = (("an", "安若素"), ("bai", "白听溪"), ("chu", "褚明远"))
    return [
        User.objects.create(username=username, name=name, office=made_offices["county"], role="prosecutor")
        for username, name in names
    ]
