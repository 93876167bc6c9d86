"""Matters to work on: a review for prosecution, opened and moved through the desk's own actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from jianwei.desk.matters import actions, queries
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User

REVIEW = "criminal/prosecution_review"
SUSPECTS = ("虞见山", "闻知秋")
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())
ACCEPTED = {"suspects": "、".join(SUSPECTS), "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}


@pytest.fixture
def at_work(person: Callable[..., User]) -> Callable[..., Acting]:
    """``at_work("prosecutor", "county")``: that person, on 20 November 2026."""
    return lambda role="prosecutor", place="county", at=NOW: Acting(person(role, place), "127.0.0.1", at)


@pytest.fixture
def new_matter(at_work: Callable[..., Acting]) -> Callable[..., Matter]:
    def opened(who: Acting | None = None, *, on: str = "2026-11-02", intake: Any = None, **facts: str) -> Matter:
        return actions.open_matter(who or at_work(), REVIEW, "accept", {**ACCEPTED, **facts}, on=on, intake=intake)

    return opened


@pytest.fixture
def do(at_work: Callable[..., Acting]) -> Callable[..., ActRow]:
    """``do(matter, "send_back", "2026-11-10")``: record an act on the matter as it stands."""

    def done(matter: Matter, kind: str, on: str, /, who: Acting | None = None, **facts: str) -> ActRow:
        who = who or at_work()
        seq = Matter.objects.get(pk=matter.pk).seq
        row = actions.record_act(who, matter.pk, seq, kind, facts, on=on)
        matter.refresh_from_db()
        return row

    return done


@pytest.fixture
def standing_of() -> Callable[..., Any]:
    from jianwei.procedures import standing

    def found(matter: Matter, as_of: dt.date) -> Any:
        book = queries.casebook_of(matter)
        assert book
        return standing(book.procedure, book.acts, as_of)

    return found
