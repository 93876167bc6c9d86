"""A month of last days."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.matters import actions
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import Rows, answer
from jianwei.desk.workbench import queries
from jianwei.desk.workbench.due import Due
from jianwei.desk.workbench.listing import CLOCKS
from jianwei.law import calendar

SHOWN = 6
"""Clocks written out on one day; the rest is a link with its number."""


@dataclass(frozen=True)
class Day:
    on: dt.date
    inside: bool
    works: bool
    today: bool
    due: tuple[Due, ...]
    more: int


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    """The list of running clocks in scope."""
    who = on_cases(request)
    rows = Rows(CLOCKS, who, matters.running_clocks(who).filter(due_on__isnull=False))
    return answer(request, rows, "workbench/clocks.html", asked, today=matters.today(who))


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """This month."""
    today = matters.today(on_cases(request))
    return _shown(request, today.year, today.month)


@require_GET
def dated(request: HttpRequest, year: str, number: str) -> HttpResponse:
    if not (2000 <= int(year) <= 2100 and 1 <= int(number) <= 12):
        raise Http404
    return _shown(request, int(year), int(number))


def _shown(request: HttpRequest, year: int, number: int) -> HttpResponse:
    who = on_cases(request)
    today = matters.today(who)
    whose = queries.whose(who, request.GET.get("who", ""))
    weeks = months.Calendar().monthdatescalendar(year, number)
    found = queries.month(who, weeks[0][0], weeks[-1][-1], whose=whose)
    actions.looked(who, "查看期限日历", month=f"{year}-{number:02d}")
    first = dt.date(year, number, 1)
    shown = {
        "weeks": [[_day(on, number, today, found.get(on, [])) for on in week] for week in weeks],
        "year": year,
        "number": number,
        "before": first - dt.timedelta(days=1),
        "after": first + dt.timedelta(days=31),
        "last": (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1),
        "first": first,
        "whose": whose,
        "choices": queries.WHOSE,
        "narrowed": "" if whose == queries.ALL else f"&whose={whose}",
        "firm": calendar.published(year) is not None,
        "total": sum(len(due) for on, due in found.items() if on.month == number),
    }
    return render(request, "workbench/calendar.html", shown)


def _day(on: dt.date, number: int, today: dt.date, found: list[Due]) -> Day:
    shown = tuple(sorted(found, key=lambda one: one.kind != "custody"))
    return Day(
        on, on.month == number, calendar.is_working_day(on), on == today, shown[:SHOWN], max(len(shown) - SHOWN, 0)
    )
