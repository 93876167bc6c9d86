"""The list of matters, its filters and its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.matters import actions, export, queries, showing, tallies
from jianwei.desk.matters.listing import BY_KEY, CLOCKS, CLOSED, COLUMNS, FILTERS, MARKS, PAGE_SIZE, Listing, parse
from jianwei.desk.matters.roles import OPENERS
from jianwei.desk.people.acting import on_cases
from jianwei.procedures.shelf import procedures

FILES = {
    "csv": ("text/csv; charset=utf-8", export.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.as_xlsx),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    listing, today = parse(request.GET), queries.today(who)
    counted = tallies.clocks(who, listing)
    pages = Paginator(range(tallies.total(who, listing, counted)), PAGE_SIZE)
    page = pages.get_page(listing.page)
    found = queries.page_of(who, listing, (page.number - 1) * PAGE_SIZE, PAGE_SIZE)
    rows = [(matter, *showing.tone_of_day(matter.due_on, today), export.title_of(matter)) for matter in found]
    actions.looked(who, "查看事项列表", q=listing.query(page=listing.page))
    shown = {
        "listing": listing,
        "page": page,
        "rows": rows,
        "today": today,
        "clocks": [(k, t, n, k in listing.chosen.get("clock", ()), listing.toggled("clock", k)) for k, t, n in counted],
        "filters": [(key, title, bool(listing.chosen.get(key))) for key, title in FILTERS.items() if key != "clock"],
        "chips": chips(listing),
        "columns": [(BY_KEY[k], listing.sorted_by(BY_KEY[k]), _direction(listing, k)) for k in listing.columns],
        "chooser": [(c, c.key in listing.columns) for c in COLUMNS],
        "query": listing.query(),
        "may_open": who.role in OPENERS,
        "pages": _pages(page, listing),
    }
    return render(request, "matters/list.html", shown)


@require_GET
def facet(request: HttpRequest, key: str) -> HttpResponse:
    """The values of one filter with their numbers, fetched when its menu is opened."""
    who = on_cases(request)
    if key not in FILTERS:
        raise Http404
    listing = parse(request.GET)
    chosen = listing.chosen.get(key, ())
    values = [
        {"title": title, "count": number, "on": value in chosen, "url": listing.toggled(key, value)}
        for value, title, number in tallies.of(who, listing, key)
        if number or value in chosen
    ]
    return render(request, "matters/_facet.html", {"values": values, "most": tallies.MOST, "title": FILTERS[key]})


def name(key: str, value: str) -> str:
    """The Chinese name of a filter's value."""
    if key == "procedure":
        found = procedures().get(value)
        return found.title if found else value
    return {"clock": CLOCKS, "mark": MARKS, "closed": CLOSED}.get(key, {}).get(value, value)


def chips(listing: Listing) -> list[tuple[str, str]]:
    """The filters in force, each with the address without it."""
    shown = [(f"包含“{listing.text}”", listing.query(text=""))] if listing.text else []
    for key, values in listing.chosen.items():
        shown += [(f"{FILTERS[key]}：{name(key, v)}", listing.toggled(key, v)) for v in values]
    for key, word in (("due_from", "起"), ("due_until", "止")):
        day = getattr(listing, key)
        if day:
            shown.append((f"届满日 {day.isoformat()} {word}", listing.query(**{key: None})))
    return shown


def _direction(listing: Listing, key: str) -> str:
    sort = listing.sort or "due"
    if sort.lstrip("-") != key:
        return ""
    return "descending" if sort.startswith("-") else "ascending"


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
    actions.looked(who, "导出事项", format=ending, q=listing.query(), rows=len(found))
    response = HttpResponse(made(found, listing), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="matters.{ending}"'
    return response
