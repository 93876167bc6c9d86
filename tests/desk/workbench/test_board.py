"""The first page: what must be done today, custody first; what waits; what others owe; the month of last days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import desk_sample as sample
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jianwei.desk.documents.models import Document
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.actions import Intake
from jianwei.desk.matters.models import Matter, MatterClock
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry, User
from jianwei.desk.workbench import queries
from jianwei.desk.workbench.deeds import deed

FACTS = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}


@pytest.fixture
def open_matter(at_work: Callable[..., Acting], person: Callable[..., User]) -> Callable[..., Matter]:
    def opened(on: str, place: str = "county", handler: str = "prosecutor", **facts: str) -> Matter:
        intake = Intake(handler=person(handler, place).username if handler else "")
        who = at_work("case_manager", place)
        return matters.open_matter(who, "criminal/prosecution_review", "accept", FACTS | facts, on=on, intake=intake)

    return opened


def test_custody_comes_first(open_matter: Callable[..., Matter], at_work: Callable[..., Acting]) -> None:
    open_matter("2026-10-23")
    today, _, _ = queries.columns(at_work())
    assert today.lines[0].what == "提起公诉、不起诉或者附条件不起诉"
    assert today.lines[0].why.startswith("羁押期限（审查起诉）（虞见山）2026-11-23届满")
    assert (today.lines[0].word, today.lines[0].colour, today.lines[0].stamp) == ("余3日", "soon", "羁押")
    assert "自2026-10-23起算" in today.lines[0].why
    assert [line.word for line in today.lines if line.colour == "late"] == ["已超25日"]


def test_behind_custody_the_time_left_decides(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    """A notice that is due tomorrow stands before a case that is due next week, and custody before both."""
    open_matter("2026-10-25", in_custody="否", suspects="闻知秋")
    open_matter("2026-11-18", in_custody="否", suspects="郎听雨")
    open_matter("2026-10-26", suspects="容怀远")
    lines = queries.columns(at_work())[0].lines
    days = [re.search(r"(\d{4}-\d\d-\d\d)届满", line.why) for line in lines]
    free = [day[1] for line, day in zip(lines, days, strict=True) if day and not line.stamp]
    assert lines[0].stamp == "羁押" and all(days)
    assert free == sorted(free)
    order = [line.about.split("　")[0] for line in lines if not line.stamp and "超" not in line.word]
    assert order.index("郎听雨") < order.index("闻知秋")


def test_a_limit_of_hours_says_the_hour_of_its_last_day(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    one = open_matter("2026-11-10", in_custody="否")
    at = dt.datetime(2026, 11, 20, 15, 30, tzinfo=timezone.get_default_timezone())
    MatterClock.objects.filter(matter=one, kind="case").update(due_on=at.date(), due_at=at)

    def words(hours: int) -> list[tuple[str, str]]:
        who = replace(at_work(), at=at_work().at + dt.timedelta(hours=hours))
        return [(line.word, line.colour) for line in queries.columns(who)[0].lines]

    assert ("今日15:30届满", "soon") in words(0)
    assert ("今日15:30届满", "late") in words(6)


def test_a_handler_sees_ones_own_and_a_head_the_offices(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting], person: Callable[..., User]
) -> None:
    open_matter("2026-10-23", suspects="闻知秋")
    open_matter("2026-10-24", "sibling", suspects="邻院之人")
    person("assistant")
    assert queries.columns(at_work("assistant"))[0].total == 0
    about = " ".join(line.why for line in queries.columns(at_work("head"))[0].lines)
    assert "闻知秋" in about
    assert "邻院之人" not in about


def test_what_others_owe(open_matter: Callable[..., Matter], at_work: Callable[..., Acting]) -> None:
    one = open_matter("2026-09-01")
    matters.record_act(at_work(), one.pk, one.seq, "send_back", {}, on="2026-09-20")
    given = queries.columns(at_work())[2]
    assert given.total == 1
    assert (given.lines[0].word, given.lines[0].stamp) == ("已超31日", "可催办")


def test_a_matter_without_a_handler_waits_for_the_case_manager(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    open_matter("2026-11-16", handler="")
    assert "分派承办人" in [line.what for line in queries.columns(at_work("case_manager"))[1].lines]
    assert "分派承办人" not in [line.what for line in queries.columns(at_work("prosecutor"))[1].lines]


def test_the_page_costs_a_bounded_number_of_statements(
    open_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            page = visitor().get("/workbench/")
        assert page.status_code == 200
        return len(caught)

    for day in range(1, 4):
        open_matter(f"2026-11-0{day}")
    few = cost()
    for day in range(1, 7):
        open_matter(f"2026-11-0{day}")
    assert cost() == few
    assert AuditEntry.objects.filter(action="查看工作台").count() == 2


def test_home_leads_to_the_workbench(visitor: Callable[..., Client]) -> None:
    assert visitor().get("/")["Location"] == "/workbench/"
    assert "七日内没有届满的期限" in visitor().get("/workbench/").content.decode()
    assert visitor("system_admin").get("/workbench/").status_code == 403


def test_the_month_shows_last_days(open_matter: Callable[..., Matter], visitor: Callable[..., Client]) -> None:
    open_matter("2026-11-02")
    page = visitor().get("/calendar/2026/12/").content.decode()
    assert "2026年12月" in page
    assert "羁押期限（审查起诉）" in page
    assert visitor("head").get("/calendar/2026/12/").context["whose"] == "own", "who leads sees the office's days first"
    shown = {
        (place, asked): visitor("head", place).get(f"/calendar/2026/12/{asked}").content.decode().count('class="due')
        for place in ("county", "city")
        for asked in ("", "?who=mine", "?who=all")
    }
    assert [bool(number) for number in shown.values()] == [True, False, True, False, False, True]
    assert "节假日安排尚未公布" in visitor().get("/calendar/2028/2/").content.decode()
    assert visitor("prosecutor", "sibling").get("/calendar/2026/12/?who=all").content.decode().count('class="due') == 0
    assert visitor().get("/calendar/2026/13/").status_code == 404


def test_an_analyst_sees_the_new_clues_of_the_offices_below(
    run_of: Callable[..., object], at_work: Callable[..., Acting]
) -> None:
    run_of([sample.clue(0, region="330602")])
    assert queries.columns(at_work("analyst", "province"))[1].total == 1
    assert queries.columns(at_work("prosecutor", "province"))[1].total == 0


def test_many_persons_of_one_last_day_are_one_line_that_opens(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting], visitor: Callable[..., Client]
) -> None:
    names = [f"被告{n}" for n in range(12)]
    open_matter("2026-10-23", suspects="、".join(names))
    today = queries.columns(at_work())[0]
    assert len([line for line in today.lines if line.stamp]) == 1
    assert today.lines[0].persons == tuple(names)
    assert "被告0等12人" in today.lines[0].why
    assert today.total == len(today.lines)
    page = visitor().get("/calendar/2026/11/").content.decode()
    assert page.count("（被告0等12人）") == 1


def test_custody_is_not_lost_behind_many_other_last_days(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    for _ in range(16):
        open_matter("2026-09-01", in_custody="否")
    open_matter("2026-10-26")
    today = queries.columns(at_work())[0]
    assert today.total > queries.LINES == len(today.lines)
    assert today.lines[0].stamp == "羁押"


def test_each_more_leads_to_the_list_of_just_these(
    open_matter: Callable[..., Matter], at_work: Callable[..., Acting], visitor: Callable[..., Client]
) -> None:
    """At the time of the test the list is read today, so only sections that do not look at the clock are compared."""
    one = open_matter("2026-09-01")
    open_matter("2026-11-02", handler="")
    matters.record_act(at_work(), one.pk, one.seq, "send_back", {}, on="2026-09-20")
    for role in ("prosecutor", "case_manager"):
        for column in queries.columns(at_work(role)):
            for section in column.sections:
                listed = visitor(role).get(section.more)
                assert listed.status_code == 200, section.more
                assert listed.context["page"].paginator.count == section.total, (role, section.title)


@pytest.mark.parametrize(
    ("clock", "stage", "says"),
    [
        ("review", "审查", "提起公诉、不起诉或者附条件不起诉"),
        ("held", "审查", "提起公诉、不起诉或者附条件不起诉"),
        ("rights", "审查", "告知犯罪嫌疑人诉讼权利"),
        ("supplement", "退回补充侦查", "补充侦查完毕移送"),
        ("supplement", "审查", ""),
        ("nothing", "审查", ""),
    ],
)
def test_the_deed_that_is_due(clock: str, stage: str, says: str) -> None:
    assert deed("criminal/prosecution_review", clock, stage) == says


def test_an_answer_awaited_outside_any_matter_stands_on_the_workbench_and_in_the_calendar(
    at_work: Callable[..., Acting], visitor: Callable[..., Client], person: Callable[..., User]
) -> None:
    author = person("prosecutor")
    facts = {
        "kind": "suggestion/social",
        "title": "检察建议书",
        "group": "检察建议",
        "about": "某局监管漏洞",
        "office": author.office,
    }
    at = at_work().at
    Document.objects.create(
        **facts, author=author, status="served", number="甲检建〔2026〕1号", reply_due_on=dt.date(2026, 11, 25), created_at=at, updated_at=at
    )  # fmt: skip
    given = queries.columns(at_work())[2]
    assert [(line.what, line.word) for line in given.lines] == [("等待检察建议书的回复", "余5日")]
    assert "检察建议书的回复" in visitor().get("/calendar/2026/11/").content.decode()
    assert "检察建议书的回复" not in visitor("assistant").get("/calendar/2026/11/").content.decode()
    assert "检察建议书的回复" in visitor("head").get("/calendar/2026/11/?who=all").content.decode()
    assert "检察建议书的回复" not in visitor("head", "sibling").get("/calendar/2026/11/?who=all").content.decode()
