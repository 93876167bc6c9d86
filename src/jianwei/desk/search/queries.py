"""The only way to read the index. Scope is part of the one query: what is out of scope is not found and not counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from jianwei.desk.clues import queries as clues
from jianwei.desk.documents import queries as documents
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.search import conditions, words
from jianwei.desk.search.grams import wanted
from jianwei.desk.search.listing import PERIODS, Listing
from jianwei.desk.search.models import Entry

MOST_VALUES = 40
"""Values of a filter that its menu shows."""


def visible(who: Acting) -> QuerySet[Entry]:
    """The entries whose matter, clue or document that person sees now, asked of the live tables in the same query."""
    seen = (
        Q(matter__in=matters.visible(who).order_by().values("pk"))
        | Q(clue__in=clues.visible(who).order_by().values("pk"))
        | Q(document__in=documents.visible(who).order_by().values("pk"))
    )
    return Entry.objects.filter(seen)


def found(who: Acting, listing: Listing, leaving_out: str = "") -> QuerySet[Entry]:
    """The entries that a search finds; ``leaving_out`` one filter, to count what its other values would show.

    Nothing where nothing is asked, or where a condition cannot be read.
    """
    asked = conditions.read(listing)
    if listing.empty or asked.wrong or (listing.text and not wanted(listing.text)):
        return Entry.objects.none()
    rows = visible(who).filter(asked.wanted)
    if listing.text:
        rows = rows.filter(pk__in=words.matching(listing.text))
    if listing.kind and leaving_out != "kind":
        rows = rows.filter(kind=listing.kind)
    for key, values in listing.chosen.items():
        if values and key != leaving_out:
            rows = rows.filter(_filter(key, values, matters.today(who)))
    if listing.on_from:
        rows = rows.filter(on__gte=listing.on_from)
    if listing.on_until:
        rows = rows.filter(on__lte=listing.on_until)
    return rows


def _filter(key: str, values: Iterable[str], today: dt.date) -> Q:
    if key == "period":
        ranges = periods(today)
        within = Q()
        for value in values:
            within |= ranges[value]
        return within
    if key == "office":
        return Q(office__in=Office.objects.filter(code__in=list(values)).order_by())
    return Q(**{f"{key}__in": list(values)})


def periods(today: dt.date) -> dict[str, Q]:
    """The ranges of days, counted back from today."""
    week, month, year = (today - dt.timedelta(days=days) for days in (7, 30, 365))
    ranges = (Q(on__gt=week), Q(on__gt=month), Q(on__gt=year), Q(on__lte=year))
    return dict(zip(PERIODS, ranges, strict=True))


def in_order(rows: QuerySet[Entry], listing: Listing) -> QuerySet[Entry]:
    """As the page shows them: what is called so first, then the newest."""
    if listing.sort == "title":
        return rows.order_by("title", "-id")
    if listing.sort == "on":
        return rows.order_by("on", "id")
    if listing.sort or not wanted(listing.text):
        return rows.order_by("-on", "-id")
    called = When(pk__in=words.matching(listing.text, head=True), then=Value(0))
    return rows.order_by(Case(called, default=Value(1), output_field=IntegerField()), "-on", "-id")


def whole(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same rows with what is shown beside them."""
    return rows.select_related("office", "matter__handler")


def entries(ids: Iterable[int]) -> list[Entry]:
    """The entries of one page, found a moment ago, in their order: texts are not carried through the sorting of all."""
    order = list(ids)
    held = {one.pk: one for one in whole(Entry.objects.filter(pk__in=order))}
    return [held[pk] for pk in order if pk in held]


def kinds(who: Acting, listing: Listing) -> dict[str, int]:
    """How many of each kind a search finds, whichever kind is chosen."""
    rows = found(who, listing, leaving_out="kind").order_by()
    return dict(rows.values_list("kind").annotate(n=Count("pk")))


def values(who: Acting, listing: Listing, key: str) -> list[tuple[str, str, int]]:
    """What each value of one filter would show: ``(value, title, number)``, the most frequent first."""
    rows = found(who, listing, leaving_out=key).order_by()
    if key == "period":
        ranges = periods(matters.today(who))
        sums = rows.aggregate(**{name: Count("pk", filter=within) for name, within in ranges.items()})
        return [(name, PERIODS[name], sums[name]) for name in PERIODS if sums[name]]
    columns = {"unit": ("unit", "unit_title"), "stage": ("stage", "stage"), "office": ("office__code", "office__name")}
    value, title = (F(name) for name in columns[key])
    counted = rows.values_list(value, title).annotate(n=Count("pk")).order_by("-n", value)[:MOST_VALUES]
    return [(str(code), str(name), number) for code, name, number in counted]


def titles(who: Acting, listing: Listing) -> dict[str, str]:
    """The names of the units and offices that are filtered by, for the chips."""
    named = dict(people.offices(who).filter(code__in=listing.chosen.get("office", ())).values_list("code", "name"))
    for unit in listing.chosen.get("unit", ()):
        seen = visible(who).filter(unit=unit).order_by().values_list("unit_title", flat=True)[:1]
        named[unit] = next(iter(seen), unit)
    return named
