"""The only way to read checks of case cards. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet

from jianwei.cards.annotation import summary
from jianwei.desk.cards.copies import told
from jianwei.desk.cards.listing import CHECKS, FINDINGS
from jianwei.desk.cards.models import Acceptance, Check, Finding
from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists import MOST_ROWS, Listing, Rows


def visible(who: Acting) -> QuerySet[Check]:
    """The checks of the own office and those below; nothing for the three administrators."""
    if not who.sees_cases:
        return Check.objects.none()
    return Check.objects.filter(office__path__startswith=who.path)


def checks(who: Acting) -> Rows:
    """What the list of checks is made of, each with how many of its findings are open."""
    still = Count("findings", filter=Q(findings__acceptance__isnull=True))
    return Rows(CHECKS, who, visible(who).select_related("office", "by").annotate(still_open=still))


def check(who: Acting, number: int) -> Check | None:
    return visible(who).select_related("office", "by").filter(pk=number).first()


def finding(who: Acting, number: int, place: int) -> Finding | None:
    """One finding with everything that its page shows."""
    found = Finding.objects.filter(check_run__in=visible(who), check_run=number, number=place)
    return found.select_related("check_run__office", "acceptance__by").first()


class Findings(Rows):
    """The findings of one check; a page does without their full content, a file holds the list of the commented copy."""

    def __init__(self, who: Acting, number: int) -> None:
        found = Finding.objects.filter(check_run__in=visible(who), check_run=number)
        super().__init__(FINDINGS, who, found.select_related("acceptance__by").defer("content"))

    def lines(self, listing: Listing) -> tuple[list[str], Iterator[list[str | int]]]:
        every = self.ordered(listing).defer(None)[:MOST_ROWS]
        return list(summary.HEADS), (summary.cells(told(one), one.number) for one in every)


def neighbours(who: Acting, number: int, listing: Listing, place: int, reach: int = 2000) -> tuple[int, int, int, int]:
    """Where a finding stands in a list: ``(position, total, previous number, next number)``; 0 for none."""
    order = list(Findings(who, number).ordered(listing).values_list("number", flat=True)[:reach])
    if place not in order:
        return 0, len(order), 0, order[0] if order else 0
    at = order.index(place)
    return at + 1, len(order), order[at - 1] if at else 0, order[at + 1] if at + 1 < len(order) else 0


def in_force(office_id: int) -> QuerySet[Acceptance]:
    """What an office has accepted and not reopened."""
    return Acceptance.objects.filter(office=office_id, revoked_at__isnull=True)
