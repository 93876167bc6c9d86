"""Warnings: the bell of every page, their list, and taking note of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import Rows, answer
from jianwei.desk.workbench import actions, queries
from jianwei.desk.workbench.listing import NOTICES


@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """The number of unread warnings, fetched after the page."""
    return render(request, "workbench/_bell.html", {"unread": queries.unread(on_cases(request))})


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    rows = Rows(NOTICES, who, queries.notices(who))
    return answer(request, rows, "workbench/notices.html", asked, beats=queries.beats, many=reverse("notices_read"))


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    ids = [int(one) for one in request.POST.getlist("id")[:500] if one.isdigit()]
    if ids or "all" in request.POST:
        number = actions.read(who, None if "all" in request.POST else ids)
        messages.info(request, f"已阅知 {number} 条提醒。")
    return redirect("notices")
