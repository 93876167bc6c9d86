"""One view answers all that a list is asked: its page, the menu of a filter, its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, re_path, reverse

from jianwei.desk.people import audit
from jianwei.desk.people import queries as people
from jianwei.desk.site.lists import files
from jianwei.desk.site.lists.listing import Listing
from jianwei.desk.site.lists.plan import MOST_VALUES
from jianwei.desk.site.lists.rows import Rows


def routes(prefix: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """The three addresses of a list: ``name``, ``name_filter`` and ``name_export``, all answered by ``view``."""
    return [
        re_path(rf"{prefix}$", view, name=name),
        re_path(rf"{prefix}filters/(?P<key>[a-z_]{{1,20}})/$", view, name=f"{name}_filter"),
        re_path(rf"{prefix}export\.(?P<ending>csv|xlsx)$", view, name=f"{name}_export"),
    ]


def answer(
    request: HttpRequest,
    rows: Rows,
    template: str,
    asked: Mapping[str, str],
    *,
    args: tuple[Any, ...] = (),
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Answer ``request``; ``asked`` is what its address holds of ``key`` and ``ending``, ``args`` what the list is of."""
    plan, who = rows.plan, rows.who
    listing = plan.read(request.GET)
    of = "/".join(str(one) for one in args)
    if "key" in asked:
        return _menu(request, rows, listing, asked["key"], args)
    if "ending" in asked:
        heads, lines = rows.lines(listing)
        every = list(lines)
        audit.record(
            who, plan.exports, kind=plan.about, object_id=of, purpose=plan.purpose, format=asked["ending"], q=listing.query(), rows=len(every)
        )  # fmt: skip
        return files.attached("-".join([plan.name, *of.split()]), asked["ending"], plan.title, heads, every)
    total = rows.count(listing)
    page = Paginator(range(total), plan.size).get_page(listing.page)
    asking = listing.query(page=listing.page)
    audit.record(who, plan.looks, kind=plan.about, object_id=of, purpose=plan.purpose, q=asking, found=total)
    context = _context(rows, listing, page, reverse(plan.name, args=args))
    if taken := (context.keys() & shown.keys()) - {"chooser"}:
        raise TypeError(f"{plan.name}: {sorted(taken)} belong to the list")
    return render(request, template, context | shown, status=status)


def _menu(request: HttpRequest, rows: Rows, listing: Listing, key: str, args: tuple[Any, ...]) -> HttpResponse:
    """The values of one filter with their numbers, fetched when its menu is opened."""
    one = rows.plan.filter_by_key.get(key)
    if one is None:
        raise Http404
    chosen = listing.chosen.get(key, ())
    offered = rows.values(listing, key)
    values = [
        {"title": title, "count": number, "on": value in chosen, "url": listing.toggled(key, value)}
        for value, title, number in offered
        if number or value in chosen
    ]
    shown = {"values": values, "title": one.title, "most": MOST_VALUES, "at": reverse(rows.plan.name, args=args)}
    return render(request, "list/_menu.html", shown)


def _context(rows: Rows, listing: Listing, page: Page[int], at: str) -> dict[str, Any]:
    plan = rows.plan
    columns = [plan.by_key[key] for key in listing.columns]
    return {
        "plan": plan,
        "listing": listing,
        "at": at,
        "page": page,
        "rows": rows.page(listing, page.start_index() - 1, plan.size) if page.paginator.count else [],
        "more": bool(plan.most) and page.paginator.count > plan.most,
        "columns": [(one, listing.sorted_by(one), listing.direction(one)) for one in columns],
        "chooser": [(one, one in columns) for one in plan.columns],
        "filters": [(one.key, one.title, bool(listing.chosen.get(one.key))) for one in plan.filters if one.menu],
        "ranges": [_range(listing, one.key, one.title) for one in plan.days],
        "text_fields": listing.fields("q"),
        "chips": chips(rows, listing),
        "query": listing.query(),
        "pages": pages(page, listing),
        "views": people.saved_views(rows.who).filter(at=at),
    }


def _range(listing: Listing, key: str, title: str) -> dict[str, Any]:
    ends = (f"{key}_from", f"{key}_until")
    since, until = (listing.days.get(end) for end in ends)
    return {"key": key, "title": title, "since": since, "until": until, "fields": listing.fields(*ends)}


def chips(rows: Rows, listing: Listing) -> list[tuple[str, str]]:
    """What the list is narrowed by, each with the address without it."""
    plan = rows.plan
    shown = [(f"包含“{listing.text}”", listing.query(q=""))] if listing.text and plan.finds else []
    for one in plan.filters:
        chosen = listing.chosen.get(one.key, ())
        shown += [(f"{one.title}：{rows.title(one.key, v)}", listing.toggled(one.key, v)) for v in chosen]
    for key, title in (plan.asks or {}).items():
        if key in listing.asked:
            shown.append((f"{title}：{rows.condition(listing, key)}", listing.query(**{key: ""})))
    for days in plan.days:
        for end, word in (("from", "起"), ("until", "止")):
            if day := listing.days.get(f"{days.key}_{end}"):
                shown.append((f"{days.title} {day.isoformat()} {word}", listing.query(**{f"{days.key}_{end}": None})))
    return shown


def pages(page: Page[Any], listing: Listing) -> list[tuple[str, str, bool]]:
    """Links to pages: first, last, and those near."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(str(n), listing.query(page=n) if isinstance(n, int) else "", n == page.number) for n in numbers]
