"""The only way to read checks of case cards. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from jianwei.desk.cards.listing import ACCEPTED, FILTERS, OPEN, STATES, Listing
from jianwei.desk.cards.models import Acceptance, Check, Finding, Severity
from jianwei.desk.people.acting import Acting


def visible(who: Acting) -> QuerySet[Check]:
    """The checks of the own office and those below; nothing for the three administrators."""
    if not who.sees_cases:
        return Check.objects.none()
    return Check.objects.filter(office__path__startswith=who.path)


def checks(who: Acting, limit: int = 50) -> list[Check]:
    """The latest checks, each with how many of its findings are open."""
    still = Count("findings", filter=Q(findings__acceptance__isnull=True))
    return list(visible(who).select_related("office", "by").annotate(still_open=still)[:limit])


def check(who: Acting, number: int) -> Check | None:
    return visible(who).select_related("office", "by").filter(pk=number).first()


def finding(who: Acting, number: int, place: int) -> Finding | None:
    """One finding with everything that its page shows."""
    found = Finding.objects.filter(check_run__in=visible(who), check_run=number, number=place)
    return found.select_related("check_run__office", "acceptance__by").first()


def listed(who: Acting, number: int, listing: Listing) -> QuerySet[Finding]:
    """The findings that a list shows, in its order, without their full content."""
    return narrowed(who, number, listing).select_related("acceptance__by").defer("content").order_by(*listing.order())


def narrowed(who: Acting, number: int, listing: Listing, leaving_out: str = "") -> QuerySet[Finding]:
    """The findings that the filters let through; ``leaving_out`` one filter, to count what its other values would show."""
    found = Finding.objects.filter(check_run__in=visible(who), check_run=number)
    for word in listing.text.split()[:8]:
        found = found.filter(
            Q(case_no__icontains=word) | Q(case_name__icontains=word) | Q(person__icontains=word)
            | Q(title__icontains=word) | Q(sentence__icontains=word) | Q(ref__iexact=word)
        )  # fmt: skip
    for key, values in listing.chosen.items():
        if values and key != leaving_out:
            found = found.filter(_state(values) if key == "state" else Q(**{f"{key}__in": values}))
    return found


def _state(values: Iterable[str]) -> Q:
    wanted = {OPEN: Q(acceptance__isnull=True), ACCEPTED: Q(acceptance__isnull=False)}
    chosen = Q()
    for value in values:
        chosen |= wanted[value]
    return chosen


def counts(who: Acting, number: int, listing: Listing) -> tuple[int, dict[str, list[tuple[str, str, int]]]]:
    """How many findings the list has, and for each filter how many each value would show: ``(value, title, number)``."""
    base = _tally(narrowed(who, number, listing))
    tallies = {key: _tally(narrowed(who, number, listing, key)) for key, on in listing.chosen.items() if on}
    found = {}
    for key in FILTERS:
        sums: Counter[tuple[str, str]] = Counter()
        for group, amount in tallies.get(key, base):
            sums[group[key], _title(key, group[key], group["title"])] += amount
        found[key] = [(value, title, n) for (value, title), n in sorted(sums.items(), reverse=key == "severity")]
    return sum(amount for _, amount in base), found


def _title(key: str, value: str, rule: str) -> str:
    if key == "severity":
        return str(Severity(int(value)).label)
    return {"ref": f"{value} {rule}", "state": STATES.get(value, value)}.get(key, value)


_TALLIED = ("group", "severity", "verdict", "export", "ref", "title")


def _tally(found: QuerySet[Finding]) -> list[tuple[dict[str, str], int]]:
    """The findings by everything that a filter looks at, with their number."""
    rows = found.order_by().values(*_TALLIED).annotate(n=Count("pk"), taken=Count("acceptance"))
    tally = []
    for row in rows:
        group = {key: str(row[key]) for key in _TALLIED}
        for state, amount in ((ACCEPTED, row["taken"]), (OPEN, row["n"] - row["taken"])):
            if amount:
                tally.append((group | {"state": state}, amount))
    return tally


def neighbours(who: Acting, number: int, listing: Listing, place: int, reach: int = 2000) -> tuple[int, int, int, int]:
    """Where a finding stands in a list: ``(position, total, previous number, next number)``; 0 for none."""
    order = list(narrowed(who, number, listing).order_by(*listing.order()).values_list("number", flat=True)[:reach])
    if place not in order:
        return 0, len(order), 0, order[0] if order else 0
    at = order.index(place)
    return at + 1, len(order), order[at - 1] if at else 0, order[at + 1] if at + 1 < len(order) else 0


def in_force(office_id: int) -> QuerySet[Acceptance]:
    """What an office has accepted and not reopened."""
    return Acceptance.objects.filter(office=office_id, revoked_at__isnull=True)
