"""The only way to read the register and its draws; scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from jianwei.desk.allotment import drawing
from jianwei.desk.listeners.models import Listener, ListenerDraw
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting

HEARING = "management/public_hearing"
FIRST, LATER = "抽选听证员", ("告知", "举行")
"""The stages at which a hearing's listeners are drawn, and drawn again."""


def register(who: Acting) -> QuerySet[Listener]:
    """Those on the own office's register now."""
    if not who.sees_cases:
        return Listener.objects.none()
    return Listener.objects.filter(office=who.user.office_id, left_at__isnull=True)


def hearings(who: Acting) -> QuerySet[Matter]:
    """The own office's hearings whose listeners are to be drawn, or may be drawn again."""
    found = matters.visible(who).filter(procedure=HEARING, closed=False, office=who.user.office_id)
    return found.filter(stage__in=(FIRST, *LATER)).order_by("opened_on", "pk")


def hearing(who: Acting, matter_id: int) -> Matter | None:
    return hearings(who).filter(pk=matter_id).first()


def drawn_before(who: Acting, matter_id: int) -> frozenset[str]:
    """Everybody drawn or set aside for a hearing so far."""
    book = matters.opened(who, matter_id)
    acts = book.acts if book else ()
    return frozenset(name for act in acts for fact in ("drawn", "recused") for name in act.facts.get(fact, ()))


def draws(who: Acting) -> QuerySet[ListenerDraw]:
    return ListenerDraw.objects.filter(matter__in=matters.visible(who).order_by()).select_related(
        "by", "matter__office"
    )


def draw(who: Acting, draw_id: int) -> ListenerDraw | None:
    return draws(who).filter(pk=draw_id).first()


def proved(one: ListenerDraw) -> bool:
    """Whether the recorded seed draws the recorded people from the recorded pool."""
    same = one.version == drawing.VERSION
    return same and list(drawing.several(one.pool, len(one.drawn), one.seed, one.number)) == one.drawn
