"""The only way to read segments, checks and findings. Who sees cases sees no more of them here than anywhere else."""

from __future__ import annotations

from django.db.models import Count, F, Max, Q, QuerySet, Sum, Value

from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import WATCHERS
from jianwei.desk.site.lists import Rows
from jianwei.desk.trails.listing import FINDINGS, SEGMENTS
from jianwei.desk.trails.models import Check, Finding, Segment
from jianwei.desk.trails.trail import TRAILS


def watches(who: Acting) -> bool:
    return who.role in WATCHERS


def findings(who: Acting) -> QuerySet[Finding]:
    """Those of the own office and below. Whole segments and rows that no longer say whose they were are the top's.

    The audit administrator sees places, never the matter; the others only what lies in matters they see.
    """
    if not watches(who):
        return Finding.objects.none()
    scope = Q(office__path__startswith=who.path)
    if who.user.office.parent_id is None:
        scope |= Q(office__isnull=True)
    if who.sees_cases:
        scope &= Q(matter__isnull=True) | Q(matter__in=matters.visible(who).order_by().values("pk"))
    number = F("matter__number") if who.sees_cases else Value("")
    found = Finding.objects.filter(scope).select_related("office")
    return found.annotate(matter_number=number, is_gone=Q(gone_at__isnull=False))


def finding_rows(who: Acting) -> Rows:
    return Rows(FINDINGS, who, findings(who))


def segments(who: Acting) -> QuerySet[Segment]:
    """What is sealed says nothing of any office: whoever watches sees all segments."""
    return Segment.objects.defer("ids", "hashes") if watches(who) else Segment.objects.none()


def segment_rows(who: Acting) -> Rows:
    return Rows(SEGMENTS, who, segments(who))


def sums(who: Acting) -> list[dict[str, object]]:
    """Of each trail: how many segments and rows are sealed, until when, and how many rows wait."""
    counted = {
        one["trail"]: one
        for one in segments(who)
        .order_by()
        .values("trail")
        .annotate(n=Count("pk"), rows=Sum("rows"), last=Max("last"), at=Max("at"))
    }
    told = []
    for key, trail in TRAILS.items():
        one = counted.get(key, {"n": 0, "rows": 0, "last": 0, "at": None})
        waiting = trail.table._default_manager.filter(pk__gt=one["last"]).count() if watches(who) else 0
        told.append({"title": trail.title, "waiting": waiting, **one})
    return told


def last_check() -> Check | None:
    return Check.objects.filter(ended_at__isnull=False).first()


def asked_check() -> Check | None:
    """A check that was asked for and has not been made."""
    return Check.objects.filter(ended_at__isnull=True).last()
