"""The only way to read recordings. Scope is that of the material: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jianwei.desk.evidence import queries as evidence
from jianwei.desk.evidence.models import Material, Source, Stage
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.matters.roles import WRITERS
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.recordings.listing import PLAN
from jianwei.desk.recordings.models import Arrival, Mark, Recording, Session
from jianwei.desk.site.lists import Listing, Rows

LOOSE = Q(material__matter__isnull=True) & ~Q(material__stage=Stage.ERASED)
UNSETTLED = Q(differs=True, settled_at__isnull=True) & ~Q(material__stage=Stage.ERASED)


def visible(who: Acting) -> QuerySet[Recording]:
    """The recordings whose material one sees."""
    seen = evidence.visible(who).filter(source=Source.RECORDING).order_by().values("pk")
    return Recording.objects.filter(material__in=seen).select_related(
        "material__office", "material__matter__office", "material__by"
    )


def recording(who: Acting, material_id: str) -> Recording | None:
    found = visible(who).select_related("settled_by", "completes__material")
    return found.filter(pk=material_id).first()


def writable(who: Acting, one: Recording) -> bool:
    return evidence.writable(who, one.material) and one.material.stage != Stage.ERASED


def marks(one: Recording) -> list[Mark]:
    """The marks of a recording that the caller was allowed to see, in the order of the film."""
    return [] if one.material.stage == Stage.ERASED else list(one.marks.select_related("by"))


def completed_by(who: Acting, one: Recording) -> list[Recording]:
    """The whole recordings that came after a broken one."""
    return list(visible(who).filter(completes=one.pk))


class _Rows(Rows):
    def narrowed(self, listing: Listing, leaving_out: str = "") -> QuerySet[Any]:
        found = super().narrowed(listing, leaving_out)
        return found.filter(material__matter__number=listing.asked["matter"]) if "matter" in listing.asked else found


def rows(who: Acting) -> Rows:
    """The recordings as a list."""
    return _Rows(PLAN, who, visible(who).annotate(marked=Count("marks")))


def of_matter(who: Acting, matter_id: int) -> QuerySet[Recording]:
    """The recordings of a matter in scope, the newest first."""
    found = visible(who).filter(material__matter=matter_id).annotate(marked=Count("marks"))
    return found.order_by("-material__at", "-pk")


def held(who: Acting, matter_id: int) -> list[Recording]:
    """Those of a matter that are still there."""
    return list(of_matter(who, matter_id).exclude(material__stage=Stage.ERASED)[:500])


def sessions(who: Acting, matter_id: int) -> list[Session]:
    """What is being recorded for a matter in scope now, or was broken off and may go on."""
    if matters.matter(who, matter_id) is None:
        return []
    return list(Session.objects.filter(matter=matter_id).select_related("by")[:20])


def session(who: Acting, session_id: str) -> Session | None:
    """One's own recording under way, of a matter that one may still write."""
    found = (
        Session.objects.filter(pk=session_id, by=who.user.pk).select_related("office", "matter__office", "by").first()
    )
    if found is None or matters.matter(who, found.matter_id) is None or not matters.writable(who, found.matter):
        return None
    return found


def made_of(who: Acting, session_id: str) -> Recording | None:
    """The whole recording that a session became."""
    return visible(who).filter(session=session_id, broken=False, material__by=who.user.pk).first()


def arrivals(who: Acting) -> QuerySet[Arrival]:
    """Files of the drop folders of the offices in scope that are not in the log."""
    if not who.sees_cases:
        return Arrival.objects.none()
    return Arrival.objects.filter(office__in=evidence.offices(who)).select_related("office", "material")


def left_lying(who: Acting) -> QuerySet[Arrival]:
    """Those that need somebody."""
    return arrivals(who).exclude(problem="")


def loose(who: Acting) -> QuerySet[Recording]:
    return visible(who).filter(LOOSE).order_by("-material__at", "-pk")


def unsettled(who: Acting) -> QuerySet[Recording]:
    """Those that differ from what the device said, which nobody has looked into yet."""
    return visible(who).filter(UNSETTLED).order_by("-material__at", "-pk")


def waiting(who: Acting) -> int:
    """How much waits for a person."""
    return left_lying(who).count() + visible(who).filter(LOOSE | UNSETTLED).count()


def drops(who: Acting) -> Office | None:
    """The office whose drop folder is one's own."""
    return who.user.office if who.role in WRITERS else None


def same_recording(office: Office, sha256: str, sm3: str) -> Material | None:
    """A recording of an office with the very same content: for the background worker."""
    found = Material.objects.filter(office=office, source=Source.RECORDING, sha256=sha256, sm3=sm3)
    return found.exclude(stage=Stage.ERASED).select_related("office", "matter").order_by("pk").first()


def matter_of(office: Office, number: str) -> Matter | None:
    """The matter of an office by its number: for the background worker."""
    return matters.unscoped().filter(office=office, number=number).first() if number else None


def silent(since: dt.datetime) -> list[Session]:
    """Recordings under way of which nothing was heard since then: for the background worker."""
    found = Session.objects.filter(heard_at__lt=since).select_related("office", "matter__office", "by")
    return list(found.order_by("heard_at"))


def is_running(session_id: str) -> bool:
    return Session.objects.filter(pk=session_id).exists()


def broken_off(session_id: str, *, besides: str = "") -> Recording | None:
    """What the last break of a session left in the log, the longest; ``besides`` is the SHA-256 of one that does not count."""
    found = Recording.objects.filter(session=session_id, broken=True).exclude(material__sha256=besides)
    return found.select_related("material").order_by("-material__size").first()


def not_emptied() -> QuerySet[Recording]:
    """Recordings that were erased by law and still say something: for the background worker."""
    words = Mark.objects.filter(recording=OuterRef("pk")).exclude(text="")
    says = ~Q(present=[]) | ~Q(copies=[]) | ~Q(settled="") | Q(ended_at__isnull=False) | Exists(words)
    return Recording.objects.filter(says, material__stage=Stage.ERASED).select_related("material__office")
