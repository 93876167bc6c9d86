from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User


@pytest.fixture
def at_work(person: Callable[..., User]) -> Callable[..., Acting]:
    """``at_work("head")``: that person, on 20 November 2026."""
    now = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())
    return lambda role="prosecutor", place="county": Acting(person(role, place), "127.0.0.1", now)
