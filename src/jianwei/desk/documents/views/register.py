"""文号登记簿: every number that was given, in order, those that were cancelled included."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.documents import actions, export, own, queries
from jianwei.desk.documents.listing import PAGE_SIZE
from jianwei.desk.documents.views.listing import attached
from jianwei.desk.people.acting import on_cases


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    asked = _asked(request)
    page = Paginator(queries.register(who, series=asked.series, text=asked.text), PAGE_SIZE).get_page(
        request.GET.get("page", "1")
    )
    short, confirmed = queries.short(who.user.office)
    actions.looked(who, "查看文号登记簿", series=asked.series, q=asked.text)
    shown = {
        "page": page,
        "asked": asked,
        "parts": queries.register_years(who),
        "short": short,
        "confirmed": confirmed,
        "may_set": who.role in own.KEEPERS,
    }
    return render(request, "documents/register.html", shown)


@require_GET
def download(request: HttpRequest, ending: str) -> HttpResponse:
    who = on_cases(request)
    asked = _asked(request)
    rows = [
        export.register_row(one)
        for one in queries.register(who, series=asked.series, text=asked.text)[: export.MOST_ROWS]
    ]
    actions.looked(who, "导出文号登记簿", format=ending, rows=len(rows), series=asked.series, q=asked.text)
    return attached(f"register.{ending}", ending, export.REGISTER_HEADS, rows)


@dataclass(frozen=True)
class Asked:
    """What of the register is asked for; an empty value asks for all."""

    series: str
    text: str


def _asked(request: HttpRequest) -> Asked:
    series, text = (request.GET.get(name, "").replace("\x00", "").strip() for name in ("series", "q"))
    return Asked(series[:20], text[:80])
