"""How many matters each value of a filter would show. Each filter is counted without itself, in one statement."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, CharField, Count, QuerySet, Sum, Value, When

from jianwei.desk.matters import queries
from jianwei.desk.matters.listing import CLOCKS, CLOSED, MARKS, Listing
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.procedures.shelf import procedures

MOST = 300
"""So many values of a filter are offered; with more one searches (chosen: what a menu can be scrolled through)."""

Tally = list[tuple[str, str, int]]
"""``(value, title, number)`` in the order offered."""


def clocks(who: Acting, listing: Listing) -> Tally:
    """The states of the nearest last day, counted without the filter on them."""
    ranges = queries.clock_ranges(queries.today(who))
    state = Case(*(When(ranges[key], then=Value(key)) for key in CLOCKS), output_field=CharField())
    counted = dict(_grouped(queries.narrowed(who, listing, leaving_out="clock").annotate(state=state), "state"))
    return [(key, title, counted.get(key, 0)) for key, title in CLOCKS.items()]


def total(who: Acting, listing: Listing, counted: Tally) -> int:
    """How many matters the list has, from the tally of its clocks."""
    chosen = listing.chosen.get("clock")
    return sum(number for key, _, number in counted if not chosen or key in chosen)


def of(who: Acting, listing: Listing, key: str) -> Tally:
    """The values of one filter that occur, with their numbers."""
    found = queries.narrowed(who, listing, leaving_out=key)
    match key:
        case "clock":
            return clocks(who, listing)
        case "mark":
            return _marked(who, found)
        case "closed":
            flags = {bool(flag): n for flag, n in _grouped(found, "closed")}
            return [(v, CLOSED[v], flags.get(flag, 0)) for v, flag in (("no", False), ("yes", True))]
        case "handler":
            rows = (
                found.filter(handler__isnull=False).values("handler__username", "handler__name").annotate(n=Count("pk"))
            )
            named = rows.order_by("handler__username")[:MOST]
            return [
                (r["handler__username"], f"{r['handler__name']}（{r['handler__username']}）", r["n"]) for r in named
            ]
        case "office":
            offices = found.values("office__code", "office__name").annotate(n=Count("pk"))
            return [(r["office__code"], r["office__name"], r["n"]) for r in offices.order_by("office__code")[:MOST]]
    shelf = procedures()
    titles = {k: p.title for k, p in shelf.items()} if key == "procedure" else {}
    return [(v, titles.get(v, v), n) for v, n in _grouped(found, key)[:MOST]]


def _grouped(found: QuerySet[Matter], name: str) -> Sequence[tuple[str, int]]:
    return list(found.order_by().values_list(name).annotate(n=Count("pk")).order_by(name))


def _marked(who: Acting, found: QuerySet[Matter]) -> Tally:
    sums = {key: Sum(Case(When(q, then=1), default=0)) for key, q in queries.marks(who).items()}
    counted = found.aggregate(**sums)
    return [(key, title, counted[key] or 0) for key, title in MARKS.items()]
