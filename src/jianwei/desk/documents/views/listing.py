"""The list of documents and its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.documents import actions, export, queries
from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.listing import COLUMNS, FILTERS, MARKS, PAGE_SIZE, Listing, parse
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import on_cases


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    listing = parse(request.GET)
    total, numbers = queries.counts(who, listing)
    pages = Paginator(queries.listed(who, listing), PAGE_SIZE)
    pages.count = total
    page = pages.get_page(listing.page)
    actions.looked(who, "查看文书列表", q=listing.query(page=listing.page))
    facets = [_facet(listing, key, numbers[key]) for key in FILTERS]
    shown = {
        "listing": listing,
        "page": page,
        "facets": facets,
        "chips": _chips(listing, facets),
        "columns": [(c, listing.sorted_by(c), listing.direction(c)) for c in COLUMNS],
        "query": listing.query(),
        "today": matters.today(who),
        "pages": _pages(page, listing),
    }
    return render(request, "documents/list.html", shown)


@require_GET
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """The list as a file: the same filters and order."""
    who = on_cases(request)
    listing = parse(request.GET)
    rows = [export.document_row(one) for one in queries.listed(who, listing)[: export.MOST_ROWS]]
    actions.looked(who, "导出文书", format=ending, q=listing.query(), rows=len(rows))
    return attached(f"documents.{ending}", ending, export.DOCUMENT_HEADS, rows)


@require_GET
def of_matter(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The documents of one matter, as a part of its page."""
    who = on_cases(request)
    matter = matters.matter(who, int(matter_id))
    if matter is None:
        raise Http404
    actions.looked(who, "查看事项的文书", matter=matter.number)
    found = list(queries.of_matter(who, matter.pk)[:200])
    shown = {"matter": matter, "documents": found, "today": matters.today(who), "writes": matters.writable(who, matter)}
    return render(request, "documents/_of_matter.html", shown)


def attached(name: str, ending: str, heads: export.Row, rows: list[export.Row]) -> HttpResponse:
    kind, made = export.FILES[ending]
    response = HttpResponse(made(heads, rows), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _facet(listing: Listing, key: str, numbers: list[tuple[str, str, int]]) -> dict[str, Any]:
    chosen = listing.chosen.get(key, ())
    values = [
        {"title": _name(key, v, title), "value": v, "count": n, "on": v in chosen, "url": listing.toggled(key, v)}
        for v, title, n in numbers
    ]
    return {"key": key, "title": FILTERS[key], "values": values, "on": bool(chosen)}


def _name(key: str, value: str, title: str = "") -> str:
    if key == "status":
        return str(Status(value).label)
    return MARKS.get(value, value) if key == "mark" else title or value


def _chips(listing: Listing, facets: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The filters in force, each with the address without it."""
    shown = [(f"包含“{listing.text}”", listing.query(text=""))] if listing.text else []
    titles = {(f["key"], v["value"]): v["title"] for f in facets for v in f["values"]}
    for key, values in listing.chosen.items():
        shown += [(f"{FILTERS[key]}：{titles.get((key, v)) or _name(key, v)}", listing.toggled(key, v)) for v in values]
    return shown


def _pages(page: Any, listing: Listing) -> list[tuple[str, str, bool]]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(str(n), listing.query(page=n) if isinstance(n, int) else "", n == page.number) for n in numbers]
