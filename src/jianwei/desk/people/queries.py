"""The only way to read people, offices and the audit trail; each question is scoped to who asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jianwei.desk.people.acting import Acting
from jianwei.desk.people.audit import REVEALED
from jianwei.desk.people.models import AuditEntry, Office, SavedView, User
from jianwei.desk.people.roles import CASE_ROLES, Role


def offices(who: Acting) -> QuerySet[Office]:
    """The own office and those below."""
    return Office.objects.filter(path__startswith=who.path)


def within(codes: Iterable[str], at: str = "office") -> Q:
    """What is of these offices or of those below them; ``at`` leads to the office."""
    below = Q()
    for code in codes:
        below |= Q(path__contains=f"{code}/")
    return Q(**{f"{at}__in": Office.objects.filter(below).order_by()})


def office(code: str) -> Office | None:
    """The office of a region; its name and place are no case data."""
    return Office.objects.filter(code=code).first()


def office_named(text: str) -> Office | None:
    """The office of that name or code; its name and place are no case data."""
    return Office.objects.filter(Q(name=text) | Q(code=text)).first() if text else None


def office_names() -> list[str]:
    """The names of all offices of this installation, in their order."""
    return list(Office.objects.order_by("path").values_list("name", flat=True))


def offices_near(who: Acting, one: Office) -> list[Office]:
    """The offices in the asker's scope above an office and beside it, from the top down."""
    above = [code for code in one.path.split("/") if code]
    return list(offices(who).filter(Q(code__in=above) | Q(parent=one.parent_id)).order_by("path"))


def users(who: Acting) -> QuerySet[User]:
    """Accounts of the own office and below; for the system administrator only."""
    if who.role != Role.SYSTEM_ADMIN:
        return User.objects.none()
    return User.objects.filter(office__path__startswith=who.path).select_related("office")


def handlers(who: Acting, office_path: str) -> QuerySet[User]:
    """Who may be given a clue of ``office_path``: people on cases at or below the asker's office who can see it."""
    if not who.sees_cases:
        return User.objects.none()
    paths = [office_path[: i + 1] for i, c in enumerate(office_path) if c == "/"]
    return (
        User.objects.filter(
            is_active=True,
            role__in=[str(role) for role in CASE_ROLES],
            office__path__in=paths,
            office__path__startswith=who.path,
        )
        .select_related("office")
        .order_by("-office__path", "name")
    )


def audit_entries(who: Acting) -> QuerySet[AuditEntry]:
    """The trail of the own office and below, for the audit administrator only. Unknown log-ins are shown at the top."""
    if who.role != Role.AUDIT_ADMIN:
        return AuditEntry.objects.none()
    scope = Q(office__path__startswith=who.path)
    if who.user.office.parent_id is None:
        scope |= Q(office__isnull=True)
    return AuditEntry.objects.filter(scope).select_related("user", "office")


def reveals(kind: str, object_id: str, most: int = 50) -> list[AuditEntry]:
    """Who looked at the personal numbers of an object that the caller was allowed to see, when and why; the latest first."""
    found = AuditEntry.objects.filter(object_kind=kind, object_id=object_id, action=REVEALED, result="成功")
    return list(found.select_related("user__office").order_by("-id")[:most])


def saved_views(who: Acting) -> QuerySet[SavedView]:
    """One's own views of lists."""
    return SavedView.objects.filter(user=who.user.pk)
