"""The only way to read packages. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from jianwei.desk.evidence import queries as evidence
from jianwei.desk.evidence.models import Material
from jianwei.desk.exchange.listing import RECEIVED, SENT
from jianwei.desk.exchange.models import Arrival, Package, Received, State
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.roles import LEADERS, OPENERS, WRITERS
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import Role
from jianwei.desk.site.lists import Rows


def packages(who: Acting) -> QuerySet[Package]:
    """What the own office and those below sent, of matters that one sees."""
    if not who.sees_cases:
        return Package.objects.none()
    return Package.objects.filter(evidence.scoped(who))


def sent(who: Acting, package_id: str) -> Package | None:
    found = packages(who).select_related("office", "matter__office", "record__office", "to_office", "counterpart", "by")
    return found.filter(pk=package_id).first()


def sends(who: Acting, package: Package) -> bool:
    return matters.writable(who, package.matter)


def records(package: Package) -> list[Material]:
    """The record of a package and the materials in it."""
    items = [item.material for item in package.items.select_related("material__office") if item.material]
    return [*([package.record] if package.record else []), *items]


def arrived(who: Acting) -> QuerySet[Received]:
    """What the own office and those below received. One of a restricted matter is seen, until it is taken into a matter here,
    by the leaders, who keeps the cases, and who received it; after that by who sees that matter."""
    if not who.sees_cases:
        return Received.objects.none()
    found = Received.objects.filter(evidence.scoped(who))
    if who.role in LEADERS or who.role == Role.CASE_MANAGER:
        return found
    return found.filter(Q(restricted=False) | Q(by=who.user.pk) | Q(matter__isnull=False))


def received(who: Acting, package_id: str) -> Received | None:
    found = arrived(who).select_related(
        "office", "matter__office", "record__office", "receipt__office", "package", "by", "answered_by"
    )
    return found.filter(pk=package_id).first()


def answers(who: Acting, one: Received) -> bool:
    """Whether that person may open and answer what came: who opens matters in the office that it came to."""
    return who.role in OPENERS and one.office_id == who.user.office_id


def may_receive(who: Acting) -> bool:
    return who.role in WRITERS


def sent_rows(who: Acting) -> Rows:
    return Rows(SENT, who, packages(who).select_related("office", "matter", "by", "record"))


def received_rows(who: Acting) -> Rows:
    return Rows(RECEIVED, who, arrived(who).select_related("office", "matter", "by").defer("manifest"))


def of_matter(who: Acting, matter_id: int) -> tuple[list[Package], list[Received]]:
    """What was sent of a matter in scope and what was received into it, newest first."""
    out = packages(who).filter(matter=matter_id).select_related("record")
    come = arrived(who).filter(matter=matter_id).defer("manifest")
    return list(out.order_by("-pk")[:50]), list(come.order_by("-pk")[:50])


def overdue(today: dt.date) -> Q:
    """Sent, or made and still here, and no receipt by the day asked for."""
    return Q(state__in=(State.MADE, State.SENT), reply_by__lt=today)


def arrivals(who: Acting) -> list[Arrival]:
    """One's own uploads that have not come to an end."""
    return list(Arrival.objects.filter(by=who.user.pk)[:50])


def arrival(who: Acting, arrival_id: str) -> Arrival | None:
    return Arrival.objects.filter(by=who.user.pk, pk=arrival_id).select_related("office").first()
