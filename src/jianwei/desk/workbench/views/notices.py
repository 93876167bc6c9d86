"""Warnings: the bell of every page, their list, and taking note of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.people.acting import on_cases
from jianwei.desk.workbench import actions, queries

PAGE_SIZE = 50


@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """The number of unread warnings, fetched after the page."""
    return render(request, "workbench/_bell.html", {"unread": queries.unread(on_cases(request))})


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    unread = request.GET.get("show") != "all"
    page = Paginator(queries.notices(who, unread=unread), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "unread": unread,
        "beats": queries.beats(),
        "pages_query": "" if unread else "show=all&",
    }
    return render(request, "workbench/notices.html", shown)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    ids = [int(one) for one in request.POST.getlist("id")[:500] if one.isdigit()]
    if ids or "all" in request.POST:
        number = actions.read(who, None if "all" in request.POST else ids)
        messages.info(request, f"已阅知 {number} 条提醒。")
    return redirect("notices")
