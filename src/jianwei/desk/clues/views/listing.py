"""The list of clues, its files, its saved views, and acts on several clues at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.clues import actions, export, queries
from jianwei.desk.clues.listing import BY_KEY, COLUMNS, FILTERS, MARKS, PAGE_SIZE, Listing, parse
from jianwei.desk.clues.models import Grade
from jianwei.desk.clues.triage import VERBS, Reason, Status
from jianwei.desk.people.acting import on_cases

FILES = {
    "csv": ("text/csv; charset=utf-8", export.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.as_xlsx),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    listing = parse(request.GET)
    total, numbers = queries.counts(who, listing)
    pages = Paginator(queries.listed(who, listing), PAGE_SIZE)
    pages.count = total
    page = pages.get_page(listing.page)
    facets = [facet(listing, key, numbers[key]) for key in FILTERS]
    run = queries.latest_run(who)
    actions.looked(who, "查看线索列表", q=listing.query(page=listing.page))
    shown = {
        "listing": listing,
        "page": page,
        "facets": facets,
        "chips": chips(listing, facets),
        "columns": [(BY_KEY[k], listing.sorted_by(BY_KEY[k]), _direction(listing, k)) for k in listing.columns],
        "chooser": [(c, c.key in listing.columns) for c in COLUMNS],
        "query": listing.query(),
        "views": queries.saved_views(who),
        "reasons": Reason.choices,
        "may_keep": who.role in VERBS["keep"].roles,
        "may_reject": who.role in VERBS["reject"].roles,
        "run": run,
        "pages": _pages(page, listing),
    }
    return render(request, "clues/list.html", shown)


def facet(listing: Listing, key: str, numbers: list[tuple[str, str, int]]) -> dict[str, Any]:
    """One filter with its values, their numbers and the address each leads to."""
    chosen = listing.chosen.get(key, ())
    values = [
        {"value": v, "title": name(key, v, title), "count": n, "on": v in chosen, "url": listing.toggled(key, v)}
        for v, title, n in numbers
    ]
    return {"key": key, "title": FILTERS[key], "values": values, "on": bool(chosen)}


def name(key: str, value: str, title: str = "") -> str:
    """The Chinese name of a filter's value."""
    if key == "status":
        return str(Status(value).label)
    if key == "grade":
        return str(Grade(int(value)).label)
    return MARKS.get(value, value) if key == "mark" else title or value


def chips(listing: Listing, facets: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The filters in force, each with the address without it."""
    shown = [(f"包含“{listing.text}”", listing.query(text=""))] if listing.text else []
    titles = {(f["key"], v["value"]): v["title"] for f in facets for v in f["values"]}
    for key, values in listing.chosen.items():
        shown += [(f"{FILTERS[key]}：{titles.get((key, v)) or name(key, v)}", listing.toggled(key, v)) for v in values]
    return shown


def _direction(listing: Listing, key: str) -> str:
    if listing.sort.lstrip("-") != key:
        return ""
    return "descending" if listing.sort.startswith("-") else "ascending"


def _pages(page: Any, listing: Listing) -> list[tuple[str, str, bool]]:
    """Links to pages: first, last, and those near."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(str(n), listing.query(page=n) if isinstance(n, int) else "", n == page.number) for n in numbers]


@require_GET
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """The list as a file: the same filters, order and columns."""
    who = on_cases(request)
    listing = parse(request.GET)
    kind, made = FILES[ending]
    found = list(queries.listed(who, listing)[: export.MOST_ROWS])
    actions.looked(who, "导出线索", format=ending, q=listing.query(), rows=len(found))
    response = HttpResponse(made(found, listing), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="clues.{ending}"'
    return response


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """保留 or 不成案 for the selected clues."""
    who = on_cases(request)
    verb = request.POST.get("verb", "")
    chosen = {}
    for item in request.POST.getlist("chosen")[:PAGE_SIZE]:
        clue_id, _, version = item.partition(":")
        if version.isdecimal() and len(version) < 10:
            chosen[clue_id] = int(version)
    if verb not in ("keep", "reject"):
        raise Http404
    try:
        done, left = actions.act_on_many(who, chosen, verb, reason=request.POST.get("reason", ""))
    except actions.NotFound as error:
        raise Http404 from error
    told = f"已对 {done} 条线索作“{VERBS[verb].name}”处理。" if done else "没有线索被处理。"
    messages.info(request, told + (f"{left} 条因已被他人处理、状态不符或未选原因而保持原样。" if left else ""))
    return redirect(f"{reverse('clues')}?{parse(_query(request)).query()}")


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    query = parse(_query(request)).query()
    try:
        actions.save_view(who, request.POST.get("name", ""), query)
    except actions.Refused as error:
        messages.info(request, str(error))
    return redirect(f"{reverse('clues')}?{query}")


@require_POST
def delete_view(request: HttpRequest, view_id: str) -> HttpResponse:
    try:
        actions.delete_view(on_cases(request), int(view_id))
    except actions.NotFound as error:
        raise Http404 from error
    return redirect("clues")


def _query(request: HttpRequest) -> Any:
    from django.http import QueryDict

    return QueryDict(request.POST.get("query", "")[:2000])
