"""The page of what was found, its filters and files, and the form of conditions."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.search import actions, conditions, export, indexing, queries
from jianwei.desk.search.grams import wanted
from jianwei.desk.search.listing import CONDITIONS, FILTERS, PAGE_SIZE, PERIODS, SORTS, Listing, parse
from jianwei.desk.search.models import Kind
from jianwei.desk.search.snippets import hit
from jianwei.procedures.shelf import procedures

FILES = {
    "csv": ("text/csv; charset=utf-8", export.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.as_xlsx),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who, listing = on_cases(request), parse(request.GET)
    asked = conditions.read(listing)
    counted: dict[str, int] = {}
    if not listing.empty:
        indexing.catch_up(who.at)
        counted = queries.kinds(who, listing)
    pages = Paginator(queries.in_order(queries.found(who, listing), listing).values_list("pk", flat=True), PAGE_SIZE)
    pages.count = counted.get(listing.kind, 0) if listing.kind else sum(counted.values())
    page = pages.get_page(listing.page)
    if not listing.empty:
        actions.looked(who, "检索", q=listing.query(page=listing.page), found=pages.count)
    shown = {
        "listing": listing,
        "page": page,
        "hits": [hit(entry, listing.text) for entry in queries.entries(page)],
        "kinds": [
            (kind, kind.label, counted.get(kind, 0), listing.kind == kind, listing.query(kind=kind)) for kind in Kind
        ],
        "everything": (sum(counted.values()), listing.query(kind="")),
        "filters": [(key, title, bool(listing.chosen.get(key))) for key, title in FILTERS.items()],
        "chips": chips(who, listing),
        "sorts": [(value, title, listing.sort == value, listing.query(sort=value)) for value, title in SORTS.items()],
        "query": listing.query(),
        "wrong": list(asked.wrong.values()),
        "wordless": bool(listing.text) and not wanted(listing.text),
        "pages": _pages(page, listing),
    }
    return render(request, "search/results.html", shown)


@require_GET
def facet(request: HttpRequest, key: str) -> HttpResponse:
    """The values of one filter with their numbers, fetched when its menu is opened."""
    who, listing = on_cases(request), parse(request.GET)
    if key not in FILTERS:
        raise Http404
    chosen = listing.chosen.get(key, ())
    values = [
        {"title": title, "count": number, "on": value in chosen, "url": listing.toggled(key, value)}
        for value, title, number in queries.values(who, listing, key)
    ]
    shown = {"values": values, "most": queries.MOST_VALUES, "title": FILTERS[key]}
    return render(request, "search/_facet.html", shown)


def chips(who: Acting, listing: Listing) -> list[tuple[str, str]]:
    """What the search is narrowed by, each with the address without it."""
    shown = []
    names = queries.titles(who, listing) | PERIODS
    for key, values in listing.chosen.items():
        shown += [(f"{FILTERS[key]}：{names.get(v, v)}", listing.toggled(key, v)) for v in values]
    said = said_of(listing)
    shown += [
        (f"{CONDITIONS[key]}：{said.get(key, value)}", listing.query(**{key: ""}))
        for key, value in listing.asked.items()
    ]
    for key, word in (("on_from", "起"), ("on_until", "止")):
        if day := getattr(listing, key):
            shown.append((f"日期 {day.isoformat()} {word}", listing.query(**{key: None})))
    return shown


def said_of(listing: Listing) -> dict[str, str]:
    """The act and the fact of the conditions by their titles."""
    act = conditions.acts(listing).get(listing.asked.get("act", ""))
    fact = next((f for f in conditions.facts(listing) if f.name == listing.asked.get("fact")), None)
    return ({"act": act.title} if act else {}) | ({"fact": fact.label} if fact else {})


@require_GET
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """What was found as a file: the same words, filters and order."""
    who, listing = on_cases(request), parse(request.GET)
    kind, made = FILES[ending]
    found = list(queries.whole(queries.in_order(queries.found(who, listing), listing))[: export.MOST_ROWS])
    actions.looked(who, "导出检索结果", format=ending, q=listing.query(), rows=len(found))
    response = HttpResponse(made(found), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="search.{ending}"'
    return response


@require_GET
def structured(request: HttpRequest) -> HttpResponse:
    """The form of conditions; the choices of acts and facts follow the procedure and the act chosen."""
    who, listing = on_cases(request), parse(request.GET)
    unit = next(iter(listing.chosen.get("unit", ())), "")
    procedure = procedures().get(unit)
    shown = {
        "listing": listing,
        "unit": unit,
        "stage": next(iter(listing.chosen.get("stage", ())), ""),
        "procedures": sorted(procedures().values(), key=lambda one: (one.line.value, one.title)),
        "stages": procedure.stages if procedure else (),
        "acts": [(key, kind.title) for key, kind in conditions.acts(listing).items()],
        "facts": [(fact.name, fact.label, fact.kind.value) for fact in conditions.facts(listing)],
        "wrong": conditions.read(listing).wrong,
        "today": matters.today(who),
    }
    return render(request, "search/conditions.html", shown)


def _pages(page: Page[int], listing: Listing) -> list[tuple[str, str, bool]]:
    """Links to pages: first, last, and those near."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(str(n), listing.query(page=n) if isinstance(n, int) else "", n == page.number) for n in numbers]
