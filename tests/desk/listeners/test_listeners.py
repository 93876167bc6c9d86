"""The register of listeners, and the lot drawn from it: provable, without those who must avoid the case, in scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from jianwei.desk.allotment import drawing
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.listeners import actions, queries
from jianwei.desk.listeners.models import ListenerDraw
from jianwei.desk.listeners.views import pages
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters import queries as matter_queries
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User

NAMES = ("甘棠", "苏木", "裴远", "祝余", "郎若谷", "施未雨")
POOL = "听证员库"


@given(st.sets(st.text(min_size=1, max_size=4), min_size=1, max_size=12), st.data())
def test_several_are_drawn_once_each_and_the_same_again(pool: set[str], data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(pool)))
    drawn = drawing.several(sorted(pool), count, "种子", "甲1号")
    assert len(set(drawn)) == count
    assert set(drawn) <= pool
    assert drawing.several(sorted(pool, reverse=True), count, "种子", "甲1号") == drawn


@pytest.fixture
def at_work(person: Callable[..., User]) -> Callable[..., Acting]:
    now = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())
    return lambda role="case_manager", place="county": Acting(person(role, place), "127.0.0.1", now)


@pytest.fixture
def hearing(at_work: Callable[..., Acting]) -> Matter:
    """A hearing that was decided on, and six people on the county's register."""
    for name in NAMES:
        actions.enrol(at_work(), POOL, name, "教师")
    facts = {"case": "某申诉案", "by_whom": "承办检察官", "questions": "是否支持申诉"}
    made = matters.open_matter(at_work(), "management/public_hearing", "propose", facts, on="2026-11-16")
    decided = {"hold": "hearing", "form": "ordinary", "public": "是"}
    matters.record_act(at_work("chief"), made.pk, 1, "decide", decided, on="2026-11-17")
    made.refresh_from_db()
    assert made.stage == "抽选听证员"
    return made


def drawn(who: Acting, one: Matter, **more: object) -> ListenerDraw:
    facts = {"count": 3, "recused": (), "seed": "ab", "why": "", "witness": ""} | more
    return actions.draw(who, one.pk, one.seq, POOL, **facts)  # type: ignore[arg-type]


def test_the_draw_is_recorded_as_an_act_and_proves_itself(hearing: Matter, at_work: Callable[..., Acting]) -> None:
    made = drawn(at_work(), hearing, recused=("甘棠",))
    hearing.refresh_from_db()
    assert hearing.stage == "告知"
    book = matter_queries.opened(at_work(), hearing.pk)
    assert book is not None
    act = book.acts[-1]
    assert (act.kind, act.facts["pool_size"], act.facts["drawn"]) == ("draw", 6, tuple(made.drawn))
    assert "甘棠" not in made.pool
    assert queries.proved(made)
    made.drawn = made.drawn[::-1]
    assert not queries.proved(made)


def test_who_was_drawn_or_set_aside_is_not_drawn_again(hearing: Matter, at_work: Callable[..., Acting]) -> None:
    first = drawn(at_work(), hearing, recused=("甘棠",))
    hearing.refresh_from_db()
    again = drawn(at_work(), hearing, count=1, recused=(first.drawn[0],), seed="cd", why="不能参加")
    assert not set(again.drawn) & ({*first.drawn, "甘棠"})
    with pytest.raises(Refused, match="可抽选的人只有"):
        hearing.refresh_from_db()
        drawn(at_work(), hearing, count=5, recused=(), why="不能参加")


def test_the_law_bounds_the_number(hearing: Matter, at_work: Callable[..., Acting]) -> None:
    with pytest.raises(matters.Refused, match="三至七人"):
        drawn(at_work(), hearing, count=2)
    assert not ListenerDraw.objects.exists()


def test_a_stranger_cannot_be_set_aside_and_a_prosecutor_cannot_draw(
    hearing: Matter, at_work: Callable[..., Acting]
) -> None:
    with pytest.raises(Refused, match="不在听证员库中"):
        drawn(at_work(), hearing, recused=("外人",))
    with pytest.raises(Refused, match="不能抽选听证员"):
        drawn(at_work("prosecutor"), hearing)
    with pytest.raises(NotFound):
        drawn(at_work("case_manager", "sibling"), hearing)


def test_a_draw_is_not_changed(hearing: Matter, at_work: Callable[..., Acting]) -> None:
    made = drawn(at_work(), hearing)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ListenerDraw.objects.filter(pk=made.pk).update(seed="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        made.delete()


def test_a_name_stands_once_and_may_come_back(at_work: Callable[..., Acting]) -> None:
    one = actions.enrol(at_work(), POOL, "甘棠", "")
    with pytest.raises(Refused, match="已在听证员库中"):
        actions.enrol(at_work(), POOL, " 甘棠 ", "")
    actions.strike(at_work(), one.pk)
    assert actions.enrol(at_work(), POOL, "甘棠", "").pk != one.pk


def test_by_hand(hearing: Matter, visitor: Callable[..., Client]) -> None:
    client = visitor("case_manager")
    assert "可抽选的听证" in client.get("/listeners/").content.decode()
    form = f"/listeners/draw/{hearing.pk}/"
    assert "施未雨" in client.get(form).content.decode()
    typed = {"seq": hearing.seq, "kind": POOL, "count": "2"}
    refused = client.post(form, typed)
    assert refused.status_code == 422
    assert "三至七人" in refused.content.decode()
    page = client.post(form, typed | {"count": "3", "recused": ["甘棠"]}, follow=True).content.decode()
    assert "复算一致" in page
    stale = client.post(form, typed | {"count": "1", "why": "不能参加"})
    assert stale.status_code == 409


def test_of_a_long_register_names_are_written_not_ticked(
    hearing: Matter, at_work: Callable[..., Acting], visitor: Callable[..., Client]
) -> None:
    for n in range(pages.MOST_TICKED):
        actions.enrol(at_work(), POOL, f"人{n}", "")
    client, form = visitor("case_manager"), f"/listeners/draw/{hearing.pk}/"
    page = client.get(form).content.decode()
    assert 'name="recused_names"' in page and 'name="recused"' not in page
    typed = {"seq": hearing.seq, "kind": POOL, "count": "3"}
    refused = client.post(form, typed | {"recused_names": "甘棠、外人"})
    assert refused.status_code == 422
    assert "外人不在听证员库中" in refused.content.decode() and "甘棠、外人" in refused.content.decode()
    assert client.post(form, typed | {"recused_names": "甘棠，人1"}).status_code == 302
    assert ListenerDraw.objects.get().left_out == ["人1", "甘棠"]
