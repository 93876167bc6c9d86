"""The only way to read matters. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from jianwei.desk.matters import casebook
from jianwei.desk.matters.models import Access, ActRow, Handover, Link, Matter, MatterClock, Party
from jianwei.desk.matters.roles import LEADERS, WRITERS
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.procedures import Act, Procedure
from jianwei.procedures.shelf import procedures


def visible(who: Acting) -> QuerySet[Matter]:
    """The matters of the own office and those below, and those one was named for; nothing for the administrators.

    A restricted matter is seen by its handler, the leaders in scope, and who was named.
    """
    if not who.sees_cases:
        return Matter.objects.none()
    scope = Q() if who.user.office.parent_id is None else Q(office__in=_offices(who))
    scope &= unrestricted(who)
    if scope and (named := named_for(who)):  # an empty scope is everything already; Q() | Q(x) would be x alone
        scope |= Q(pk__in=named)
    return Matter.objects.filter(scope)


def unrestricted(who: Acting, at: str = "") -> Q:
    """Of the matters of one's own scope those that one sees; ``at`` leads to the matter from another table."""
    if who.role in LEADERS:
        return Q()
    return Q(**{f"{at}restriction": ""}) | Q(**{f"{at}handler": who.user.pk})


def named_for(who: Acting) -> list[int]:
    """Ids of the matters that somebody sees beside those of the own scope: as one on their list, or since they were
    handed over between an office in scope and one that is not.
    """
    named = Access.objects.filter(user=who.user.pk).order_by().values_list("matter_id", flat=True)
    crossed = handovers(who).exclude(sender__path__startswith=who.path, receiver__path__startswith=who.path)
    handed = crossed.exclude(state__in=_UNDONE).order_by().values_list("matter_id", flat=True)
    return list(named.union(handed)[:5000])


_UNDONE = (Handover.State.RETURNED, Handover.State.RECALLED)


def handovers(who: Acting) -> QuerySet[Handover]:
    """What was handed over from or to the offices in scope; of restricted matters what that person may see."""
    if not who.sees_cases:
        return Handover.objects.none()
    scope = unrestricted(who, "matter__")
    if who.user.office.parent_id is not None:
        scope &= Q(sender__in=_offices(who)) | Q(receiver__in=_offices(who))
    return Handover.objects.filter(scope)


def handover(who: Acting, handover_id: int) -> Handover | None:
    found = handovers(who).select_related("matter__office", "sender", "receiver", "sent_by", "answered_by", "became")
    return found.filter(pk=handover_id).first()


def handed(one: Matter) -> list[Handover]:
    """The handovers of a matter that the caller was allowed to see, the latest first."""
    told = ("sender", "receiver", "sent_by", "answered_by", "became")
    return list(Handover.objects.filter(Q(matter=one) | Q(became=one)).select_related("matter", *told))


def forwarded(who: Acting, by: int | None = None) -> QuerySet[Handover]:
    """What one's own office handed over and nobody has received yet, ``by`` a person, the oldest first."""
    found = handovers(who).filter(sender=who.user.office_id, state=Handover.State.WAITING)
    found = found.filter(sent_by=by) if by else found
    return found.select_related("matter", "receiver").order_by("sent_on", "pk")


def waiting(who: Acting) -> QuerySet[Handover]:
    """What waits for one's own office to receive it, the oldest first."""
    found = handovers(who).filter(receiver=who.user.office_id, state=Handover.State.WAITING)
    return found.select_related("matter", "sender").order_by("sent_on", "pk")


def _offices(who: Acting) -> QuerySet[Office]:
    return Office.objects.filter(path__startswith=who.path).order_by()


def matter(who: Acting, matter_id: int) -> Matter | None:
    """One matter with what its head shows."""
    return visible(who).select_related("office", "handler").filter(pk=matter_id).first()


def writable(who: Acting, one: Matter) -> bool:
    """Whether that person may record acts: who works on matters in its office, its handler, or who was named to."""
    if who.role not in WRITERS:
        return False
    if one.office_id == who.user.office_id or one.handler_id == who.user.pk:
        return True
    return Access.objects.filter(matter=one, user=who.user.pk, writes=True).exists()


def procedure_of(one: Matter) -> type[Procedure] | None:
    """The procedure of a matter; None when it is no longer on the shelf."""
    return procedures().get(one.procedure)


@dataclass(frozen=True)
class Casebook:
    """A matter with its acts, as recorded and as the kernel reads them."""

    matter: Matter
    procedure: type[Procedure]
    rows: tuple[ActRow, ...]
    acts: tuple[Act, ...]


def casebook_of(one: Matter) -> Casebook | None:
    """The acts of a matter that the caller was allowed to see. None when its procedure is not on the shelf."""
    procedure = procedure_of(one)
    if procedure is None:
        return None
    rows = tuple(ActRow.objects.filter(matter=one).select_related("by").order_by("seq"))
    names = {row.by_id: row.by.name for row in rows}
    return Casebook(one, procedure, rows, tuple(casebook.acts(procedure, rows, names)))


def opened(who: Acting, matter_id: int) -> Casebook | None:
    """A matter in scope with its acts."""
    one = matter(who, matter_id)
    return casebook_of(one) if one else None


def today(who: Acting) -> dt.date:
    """The day on which somebody looks, here."""
    return timezone.localtime(who.at).date()


def parties(one: Matter) -> list[Party]:
    return list(Party.objects.filter(matter=one))


def clocks(one: Matter) -> list[MatterClock]:
    return list(MatterClock.objects.filter(matter=one))


def access(one: Matter) -> list[Access]:
    return list(Access.objects.filter(matter=one).select_related("user__office", "by"))


def links(who: Acting, one: Matter) -> list[Link]:
    """Clues and matters it is tied to, in both directions; of other matters only those in scope."""
    seen = visible(who).order_by().values("pk")
    mine = Q(matter=one) & (Q(other__isnull=True) | Q(other__in=seen))
    theirs = Q(other=one, matter__in=seen)
    found = Link.objects.filter(mine | theirs).select_related("other", "matter", "clue", "by")
    return list(found[:200])


def of_clue(who: Acting, clue_id: str) -> Matter | None:
    """The matter in scope that a clue became."""
    return visible(who).filter(links__clue=clue_id, links__kind=Link.Kind.FROM_CLUE).order_by("-pk").first()


def by_number(who: Acting, number: str) -> Matter | None:
    """The matter in scope of a 受案号, also of one that it had at another office."""
    numbered = Q(number=number.strip()) | Q(handovers__number=number.strip())
    return visible(who).filter(numbered).order_by("pk").first()


def running_clocks(
    who: Acting, *, kinds: Iterable[str] = (), due_from: dt.date | None = None, due_until: dt.date | None = None
) -> QuerySet[MatterClock]:
    """Clocks that run in matters in scope, by last day: for the calendar, the workbench and warnings.

    ``kinds`` are names of ``ClockKind`` in lower case. Each comes with its matter, office and handler.
    """
    found = all_running(kinds=kinds, due_until=due_until).filter(matter__in=visible(who).order_by())
    return found.filter(due_on__gte=due_from) if due_from else found


def all_running(*, kinds: Iterable[str] = (), due_until: dt.date | None = None) -> QuerySet[MatterClock]:
    """The running clocks of every open matter: for the background worker, which shows nothing to anybody."""
    found = MatterClock.objects.filter(status=MatterClock.Status.RUNNING, past=False, matter__closed=False)
    if kinds := list(kinds):
        found = found.filter(kind__in=kinds)
    if due_until:
        found = found.filter(due_on__lte=due_until)
    return found.select_related("matter__office", "matter__handler").order_by("due_on", "matter_id", "place")


def unscoped() -> QuerySet[Matter]:
    """Every matter: for the search index, which shows nothing to anybody."""
    return Matter.objects.all()


def clocks_missing(of: QuerySet[Matter]) -> list[MatterClock]:
    """The clocks of these matters that an input is missing for, each with its matter."""
    ids = list(of.values_list("pk", flat=True))
    found = MatterClock.objects.filter(matter__in=ids, status=MatterClock.Status.MISSING, past=False)
    return list(found.select_related("matter").order_by("matter_id", "place"))
