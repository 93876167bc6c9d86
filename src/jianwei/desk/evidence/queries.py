"""The only way to read materials. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from jianwei.desk.evidence.listing import PLAN, PRESENTATIONS
from jianwei.desk.evidence.models import Custody, Erasure, Material, Presentation, Stage, Upload, Verification
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.roles import LEADERS, WRITERS
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.site.lists import Listing, Rows

A_DAY = dt.timedelta(days=1)


def scoped(who: Acting) -> Q:
    """What has an office and perhaps a matter, and lies within somebody's sight: as with the documents of a matter."""
    scope = Q() if who.user.office.parent_id is None else Q(office__in=offices(who))
    if seen := matters.unrestricted(who, "matter__"):
        scope &= Q(matter__isnull=True) | seen
    if scope and (named := matters.named_for(who)):  # an empty scope is everything already
        scope |= Q(matter__in=named)
    return scope


def offices(who: Acting) -> QuerySet[Office]:
    return Office.objects.filter(path__startswith=who.path).order_by()


def visible(who: Acting) -> QuerySet[Material]:
    """The materials of the own office and those below, and of matters one was named for; nothing for administrators."""
    if not who.sees_cases:
        return Material.objects.none()
    return Material.objects.filter(scoped(who))


def material(who: Acting, material_id: str) -> Material | None:
    found = visible(who).select_related("office", "matter__office", "by", "corrects")
    return found.filter(pk=material_id).first()


def writable(who: Acting, one: Material) -> bool:
    """Whether that person may act on a material: who may write its matter; without one, who works in its office."""
    if one.matter:
        return matters.writable(who, one.matter)
    return who.role in WRITERS and one.office_id == who.user.office_id


def may_fix(who: Acting) -> bool:
    return who.role in WRITERS


def decides(who: Acting, one: Erasure) -> bool:
    """Whether that person may decide on an erasure: a leader of the office, and not who asked for it."""
    return (
        one.outcome == Erasure.Outcome.OPEN
        and who.role in LEADERS
        and who.user.office_id == one.material.office_id
        and one.asked_by_id != who.user.pk
    )


class _Rows(Rows):
    def narrowed(self, listing: Listing, leaving_out: str = "") -> QuerySet[Any]:
        found = super().narrowed(listing, leaving_out)
        return found.filter(matter__number=listing.asked["matter"]) if "matter" in listing.asked else found


def rows(who: Acting) -> Rows:
    """The materials as a list."""
    late = When(collected_at__lt=F("at") - A_DAY, then=Value(True))
    found = visible(who).select_related("office", "matter", "by")
    return _Rows(PLAN, who, found.annotate(late=Case(late, default=Value(False), output_field=BooleanField())))


def of_matter(who: Acting, matter_id: int) -> QuerySet[Material]:
    """The materials of a matter in scope, newest first."""
    return visible(who).filter(matter=matter_id).select_related("office", "by").order_by("-at", "-pk")


def same_file(who: Acting, sha256: str, sm3: str) -> QuerySet[Material]:
    """The materials in scope with the very same content."""
    found = visible(who).filter(sha256=sha256, sm3=sm3).exclude(stage=Stage.ERASED)
    return found.select_related("office", "matter").order_by("at", "pk")


def custody(one: Material) -> list[Custody]:
    """Everything that was done with a material that the caller was allowed to see, newest first."""
    return list(one.custody.select_related("by", "office").order_by("-pk"))


def erasures(one: Material) -> list[Erasure]:
    return list(one.erasures.select_related("asked_by", "decided_by", "material"))


def verification(who: Acting, verification_id: str) -> Verification | None:
    """One's own verification, or one of a material in scope."""
    if not who.sees_cases:
        return None
    seen = Q(by=who.user.pk) | Q(material__in=visible(who).order_by().values("pk"))
    found = Verification.objects.filter(seen).select_related("office", "by", "material")
    return found.filter(pk=verification_id).first()


def verifications(who: Acting) -> QuerySet[Verification]:
    """One's own, newest first."""
    return Verification.objects.filter(by=who.user.pk).select_related("material")


def told_of(one: Material) -> list[Verification]:
    """Whatever anybody's office verified of a material and wrote into its log: for its erasure."""
    told = Verification.objects.filter(Q(material=one.pk) | Q(report__manifest__id=one.pk), in_log=True)
    return list(told.select_related("office").order_by("pk"))


def uploads(who: Acting) -> list[Upload]:
    """One's own uploads that have not come to an end."""
    return list(Upload.objects.filter(by=who.user.pk).select_related("matter")[:50])


def upload(who: Acting, upload_id: str) -> Upload | None:
    return Upload.objects.filter(by=who.user.pk, pk=upload_id).select_related("matter__office", "office").first()


def presentations(who: Acting) -> QuerySet[Presentation]:
    if not who.sees_cases:
        return Presentation.objects.none()
    return Presentation.objects.filter(scoped(who)).select_related("office", "matter", "by")


def presentation_rows(who: Acting) -> Rows:
    """What is prepared for hearings as a list."""
    return Rows(PRESENTATIONS, who, presentations(who).annotate(count=Count("exhibits")))


def presentation(who: Acting, presentation_id: int) -> Presentation | None:
    return presentations(who).filter(pk=presentation_id).first()


def presents(who: Acting, one: Presentation) -> bool:
    """Whether that person may change a list for a hearing."""
    if one.matter:
        return matters.writable(who, one.matter)
    return who.role in WRITERS and one.office_id == who.user.office_id


_WAY = (Stage.RECEIVED, Stage.FIXED, Stage.WITNESSED, Stage.STAMPED, Stage.ANCHORED)


def unfinished(office: Office, ends: Stage, after: str) -> QuerySet[Material]:
    """Materials of an office short of ``ends``, by number: for the background worker, which shows nothing to anybody."""
    short = _WAY[: _WAY.index(ends)]
    return Material.objects.filter(office=office, pk__gt=after, stage__in=short).select_related("office").order_by("pk")


def waiting_offices() -> list[Office]:
    """The offices that such materials may be of."""
    over = (Stage.ANCHORED, Stage.ERASED)
    return list(Office.objects.filter(pk__in=Material.objects.exclude(stage__in=over).order_by().values("office")))


def with_materials() -> list[Office]:
    """The offices that have any: for the background worker."""
    return list(Office.objects.filter(pk__in=Material.objects.order_by().values("office").distinct()))


def not_emptied(ids: list[str]) -> list[Material]:
    """Of these, the materials that still say something: for the background worker."""
    return list(Material.objects.filter(pk__in=ids).exclude(stage=Stage.ERASED))


def is_kept(material_id: str) -> bool:
    """Whether the desk has a material of that number, whatever one's sight."""
    return Material.objects.filter(pk=material_id).exists()


def is_erased(material_id: str) -> bool:
    """Whatever one's sight: what was erased must not be written down anew by anybody."""
    return Material.objects.filter(pk=material_id, stage=Stage.ERASED).exists()


def moving(who: Acting) -> QuerySet[Material]:
    """The newest materials in sight that no outside party has signed yet."""
    short = (Stage.RECEIVED, Stage.FIXED)
    return visible(who).filter(stage__in=short).select_related("office").order_by("-at", "-pk")


def log_offices(who: Acting) -> list[Office]:
    """Whose logs one may look at the state of: the own office and those below; the system administrator those of all below."""
    return list(offices(who).order_by("path"))
