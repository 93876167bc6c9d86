"""The list of documents and its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.documents import actions, export, queries
from jianwei.desk.documents.listing import COLUMNS, FILTERS, PAGE_SIZE, Listing, parse
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import on_cases


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    listing = parse(request.GET)
    pages = Paginator(queries.listed(who, listing), PAGE_SIZE)
    pages.count = queries.count(who, listing)
    page = pages.get_page(listing.page)
    actions.looked(who, "查看文书列表", q=listing.query(page=listing.page))
    shown = {
        "listing": listing,
        "page": page,
        "more": pages.count > queries.MOST_COUNTED,
        "most": queries.MOST_COUNTED,
        "filters": [(key, title, bool(listing.chosen.get(key))) for key, title in FILTERS.items()],
        "chips": _chips(listing),
        "columns": [(c, listing.sorted_by(c), listing.direction(c)) for c in COLUMNS],
        "query": listing.query(),
        "today": matters.today(who),
        "pages": _pages(page, listing),
    }
    return render(request, "documents/list.html", shown)


@require_GET
def facet(request: HttpRequest, key: str) -> HttpResponse:
    """The values of one filter with their numbers, fetched when its menu is opened."""
    who = on_cases(request)
    if key not in FILTERS:
        raise Http404
    listing = parse(request.GET)
    chosen = listing.chosen.get(key, ())
    values = [
        (title, n, value in chosen, listing.toggled(key, value))
        for value, title, n in queries.values(who, listing, key)
    ]
    return render(request, "documents/_facet.html", {"values": values, "title": FILTERS[key]})


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


def _chips(listing: Listing) -> list[tuple[str, str]]:
    """The filters in force, each with the address without it."""
    shown = [(f"包含“{listing.text}”", listing.query(text=""))] if listing.text else []
    for key, values in listing.chosen.items():
        shown += [(f"{FILTERS[key]}：{queries.title_of(key, v)}", listing.toggled(key, v)) for v in values]
    return shown


def _pages(page: Any, listing: Listing) -> list[tuple[str, str, bool]]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(str(n), listing.query(page=n) if isinstance(n, int) else "", n == page.number) for n in numbers]
