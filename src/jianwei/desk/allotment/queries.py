"""The only way to read allotment. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jianwei.desk.allotment.grounds import grounds
from jianwei.desk.allotment.listing import PEOPLE, WAITING
from jianwei.desk.allotment.models import Absence, Batch, Draw, Expertise, Recusal, Row
from jianwei.desk.allotment.pool import Avoided, Candidate, Case, Field
from jianwei.desk.allotment.roles import ALLOTTERS, DRAWN, LEADING
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.site.lists import MOST_ROWS, Listing, Rows


def own(who: Acting) -> QuerySet[Matter]:
    """The matters in hand of the own office that one sees: those one may allot."""
    return matters.visible(who).filter(office=who.user.office_id, closed=False).select_related("office", "handler")


class Waiting(Rows):
    """The matters that nobody handles; with ``leaver`` those that this person handles."""

    def __init__(self, who: Acting, leaver: User | None) -> None:
        super().__init__(WAITING, who, own(who).filter(handler=leaver))
        self._leaver = leaver

    def condition(self, listing: Listing, key: str) -> str:
        return self._leaver.name if self._leaver else listing.asked[key]


def chosen(who: Acting, ids: Iterable[int]) -> list[Matter]:
    """These matters, in the order of their numbers, with what the pool looks at."""
    return list(own(who).filter(pk__in=list(ids)).prefetch_related("parties", "acts").order_by("number"))


def case(matter: Matter) -> Case:
    """A matter as the pool sees it."""
    told = [str(value) for act in matter.acts.all() for value in dict(act.facts).values()]
    return Case(
        number=matter.number, line=matter.line, procedure=matter.procedure, about=" ".join([matter.title, *told]),
        names=frozenset(party.name for party in matter.parties.all()),
        handler=matter.handler.username if matter.handler else "",
    )  # fmt: skip


def staff(who: Acting) -> QuerySet[User]:
    """The people of the own office who handle matters or may."""
    return people.handlers(who, who.path).filter(office=who.user.office_id, role__in=DRAWN | LEADING)


def candidates(who: Acting) -> list[Candidate]:
    """Everybody of the own office who may be drawn for something. Heads and the chief only with an expertise."""
    users = list(staff(who))
    fields, avoids, away, loads = _fields(users), _avoids(users), _away(users, matters.today(who)), _loads(users)
    return [
        Candidate(
            username=user.username,
            name=user.name,
            role=user.role,
            load=loads.get(user.pk, 0),
            away=away.get(user.pk, ""),
            fields=tuple(fields[user.pk]),
            avoids=tuple(avoids[user.pk]),
        )  # fmt: skip
        for user in users
        if user.role in DRAWN or fields[user.pk]
    ]


@dataclass(frozen=True)
class Person:
    """Somebody as the list of people shows them."""

    user: User
    fields: int | None
    avoids: int | None
    today: str


class People(Rows):
    """Everybody of the office who handles matters or may, with the number of own open matters."""

    def __init__(self, who: Acting) -> None:
        held = matters.unscoped().filter(handler=OuterRef("pk"), closed=False).order_by().values("handler")
        load = Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0)
        super().__init__(PEOPLE, who, staff(who).annotate(load=load).order_by())

    def page(self, listing: Listing, start: int, size: int) -> list[Person]:
        return self._told(self.ordered(listing)[start : start + size])

    def every(self, listing: Listing) -> list[Person]:
        return self._told(self.ordered(listing)[:MOST_ROWS])

    def _told(self, users: Iterable[User]) -> list[Person]:
        known = {one.username: one for one in candidates(self.who)}
        return [
            Person(user, len(one.fields), len(one.avoids), one.away or "参加分案")
            if (one := known.get(user.username))
            else Person(user, None, None, "未登记专长，不参加随机分案")
            for user in users
        ]


def _fields(users: list[User]) -> dict[int, list[Field]]:
    found: dict[int, list[Field]] = defaultdict(list)
    for one in Expertise.objects.filter(user__in=users):
        found[one.user_id].append(Field(one.line, one.procedure, one.about))
    return found


def _avoids(users: list[User]) -> dict[int, list[Avoided]]:
    found: dict[int, list[Avoided]] = defaultdict(list)
    for one in Recusal.objects.filter(user__in=users, ended_at__isnull=True).order_by("pk"):
        said = f"回避：{one.get_what_display()}{one.name}，{grounds()[one.ground]}"
        found[one.user_id].append(Avoided(one.name, one.what == Recusal.What.MATTER, said))
    return found


def _away(users: list[User], day: dt.date) -> dict[int, str]:
    return {one.user_id: said(one) for one in absences(users, day)}


def absences(users: Iterable[User], day: dt.date) -> QuerySet[Absence]:
    """The absences in force on a day."""
    lasting = Q(until_on__isnull=True) | Q(until_on__gte=day)
    return Absence.objects.filter(lasting, user__in=list(users), from_on__lte=day, cancelled_at__isnull=True)


def said(absence: Absence) -> str:
    until = f"至{absence.until_on.isoformat()}" if absence.until_on else "起"
    return f"{absence.get_why_display()}（{absence.from_on.isoformat()}{until}）"


def _loads(users: list[User]) -> dict[int, int]:
    held = matters.unscoped().filter(handler__in=users, closed=False).order_by()
    return dict(held.values_list("handler").annotate(n=Count("pk")))


def person(who: Acting, username: str) -> User | None:
    """Somebody of the own office: anybody for those who allot, for others only oneself."""
    found = staff(who).filter(username=username)
    return (found if who.role in ALLOTTERS else found.filter(pk=who.user.pk)).first()


def draws(who: Acting) -> QuerySet[Draw]:
    """The draws of matters in scope; for those who allot, at whatever level."""
    if who.role not in ALLOTTERS:
        return Draw.objects.none()
    seen = matters.visible(who).order_by().values("pk")
    return Draw.objects.filter(matter__in=seen).select_related("office", "by")


def batches(who: Acting) -> QuerySet[Batch]:
    """The tables of received cases of the own office."""
    if who.role not in ALLOTTERS:
        return Batch.objects.none()
    found = Batch.objects.filter(office=who.user.office_id).select_related("by")
    return found.annotate(rows=Count("lines"), opened=Count("lines", filter=Q(lines__matter__isnull=False)))


def rows(batch: Batch) -> QuerySet[Row]:
    """The rows of a table that the caller was allowed to see."""
    return Row.objects.filter(batch=batch)
