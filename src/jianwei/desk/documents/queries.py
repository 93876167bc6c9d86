"""The only way to read documents. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from jianwei.desk.documents import signing
from jianwei.desk.documents.flow import Status, may_write
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.listing import MARKS, Listing
from jianwei.desk.documents.models import Document, Entry, Letterhead, OwnTemplate, Rendering, Version
from jianwei.desk.documents.shelf import kind as kind_of
from jianwei.desk.documents.shelf import kinds
from jianwei.desk.documents.shelf import template as shelf_template
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.numbering import short_name
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office


def visible(who: Acting) -> QuerySet[Document]:
    """The documents of the own office and those below, and those of matters one was named for.

    A document of a matter is of the matter's office and is seen by who sees the matter.
    """
    if not who.sees_cases:
        return Document.objects.none()
    scope = Q() if who.user.office.parent_id is None else Q(office__in=_offices(who))
    if seen := matters.unrestricted(who, "matter__"):
        scope &= Q(matter__isnull=True) | seen
    if named := matters.named_for(who):
        scope |= Q(matter__in=named)
    return Document.objects.filter(scope)


def _offices(who: Acting) -> QuerySet[Office]:
    return Office.objects.filter(path__startswith=who.path).order_by()


def unscoped() -> QuerySet[Document]:
    """Every document: for the search index, which shows nothing to anybody."""
    return Document.objects.all()


def latest_blocks(document_ids: Iterable[int]) -> dict[int, list[Any]]:
    """What is on the page of the latest version of these documents: for the search index."""
    latest = Version.objects.filter(document__in=list(document_ids), n=F("document__latest"))
    return dict(latest.values_list("document", "blocks"))


def writable(who: Acting, one: Document) -> bool:
    """Whether that person may write a document: who may write its matter; without one, who drafts in its office."""
    if not may_write(who.role):
        return False
    return matters.writable(who, one.matter) if one.matter else one.office_id == who.user.office_id


def verbs(who: Acting, one: Document) -> dict[str, Any]:
    """The verbs open to that person now."""
    return signing.verbs(who, one, kind_of(one.kind)) if writable(who, one) else {}


def document(who: Acting, document_id: int) -> Document | None:
    """One document with what its head shows."""
    return (
        visible(who)
        .select_related("office", "author", "matter__office", "matter__handler")
        .filter(pk=document_id)
        .first()
    )


def listed(who: Acting, listing: Listing) -> QuerySet[Document]:
    """The documents that a list shows, in its order."""
    return _narrowed(visible(who), who, listing).select_related("office", "author", "matter").order_by(*listing.order())


def _narrowed(found: QuerySet[Document], who: Acting, listing: Listing, leaving_out: str = "") -> QuerySet[Document]:
    """Those that the filters let through; ``leaving_out`` one filter, to count its other values."""
    for word in listing.text.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(about__icontains=word)
            | Q(number__icontains=word)
            | Q(matter__number__icontains=word)
        )
    for key, values in listing.chosen.items():
        if values and key != leaving_out:
            found = found.filter(_filter(who, key, values))
    return found


def _filter(who: Acting, key: str, values: tuple[str, ...]) -> Q:
    if key == "mark":
        marked = Q()
        for value in values:
            marked |= marks(who)[value]
        return marked
    if key == "office":
        return Q(office__code__in=values)
    return Q(**{f"{key}__in": values})


def marks(who: Acting) -> dict[str, Q]:
    """Marks of a document, by the day on which it is looked at."""
    awaiting = Q(reply_due_on__isnull=False, replied_on__isnull=True) & ~Q(status__in=(Status.VOID, Status.ARCHIVED))
    return {
        "mine": Q(author=who.user.pk),
        "awaiting": awaiting,
        "overdue": awaiting & Q(reply_due_on__lt=matters.today(who)),
        "unserved": Q(status=Status.ISSUED),
    }


MOST_COUNTED = 10_000
"""A longer list says so and is narrowed, not walked."""


def count(who: Acting, listing: Listing) -> int:
    """How many documents the list has, at most one more than ``MOST_COUNTED``."""
    return _narrowed(visible(who), who, listing).order_by()[: MOST_COUNTED + 1].count()


def values(who: Acting, listing: Listing, key: str) -> list[tuple[str, str, int]]:
    """What one filter offers: ``(value, title, documents it would show)``."""
    rest = _narrowed(visible(who), who, listing, leaving_out=key).order_by()
    if key == "mark":
        sums = rest.aggregate(**{name: Count("pk", filter=q) for name, q in marks(who).items()})
        return [(name, MARKS[name], sums[name]) for name in MARKS if sums[name]]
    column = "office__code" if key == "office" else key
    tally = rest.values_list(column).annotate(n=Count("pk")).order_by(column)
    return [(value, title_of(key, value), n) for value, n in tally]


def title_of(key: str, value: str) -> str:
    """The Chinese name of a filter's value; the value itself when nothing has it."""
    match key:
        case "status":
            return str(Status(value).label)
        case "mark":
            return MARKS[value]
        case "kind":
            found = kinds().get(value)
            return found.title if found else value
        case "office":
            return Office.objects.filter(code=value).values_list("name", flat=True).first() or value
    return value


def of_matter(who: Acting, matter_id: int) -> QuerySet[Document]:
    """The documents of a matter in scope, newest first."""
    return visible(who).filter(matter=matter_id).select_related("author", "office").order_by("-pk")


def versions(one: Document) -> list[Version]:
    """The versions of a document that the caller was allowed to see, newest first, without their bodies."""
    return list(one.versions.select_related("by").defer("docx", "blocks", "values"))


def version(one: Document, n: int) -> Version | None:
    return one.versions.select_related("by").filter(n=n).first()


def rendering(version: Version) -> bytes | None:
    found = Rendering.objects.filter(version=version).first()
    return bytes(found.pdf) if found else None


def register(who: Acting, *, series: str = "", text: str = "") -> QuerySet[Entry]:
    """The register of numbers of the own office and those below; only of documents in scope."""
    if not who.sees_cases:
        return Entry.objects.none()
    found = Entry.objects.filter(document__in=visible(who).order_by().values("pk"))
    if series:
        found = found.filter(series=series)
    if text:
        found = found.filter(
            Q(text__icontains=text) | Q(document__about__icontains=text) | Q(document__title__icontains=text)
        )
    return found.select_related("document", "office", "by", "void_by").order_by("office__path", "-year", "series", "-n")


def register_years(who: Acting) -> list[tuple[int, str, int]]:
    """``(year, series, numbers)`` of the register in scope."""
    rows = register(who).order_by().values_list("year", "series").annotate(n=Count("pk"))
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def short(office: Office) -> tuple[str, bool]:
    """The short name of an office, and whether it set it itself."""
    own = Letterhead.objects.filter(office=office).values_list("short", flat=True).first()
    return (own, True) if own else (short_name(office), False)


def template(office: Office, kind: Kind) -> tuple[bytes, OwnTemplate | None]:
    """The Word template an office works with: its own, that of the nearest office above, or the one of the shelf."""
    codes = [code for code in office.path.split("/") if code]
    found: dict[str, OwnTemplate] = {}
    for own in OwnTemplate.objects.filter(office__code__in=codes, kind=kind.key).select_related("office", "by"):
        found.setdefault(own.office.code, own)
    for code in reversed(codes):
        if code in found and found[code].docx:
            return bytes(found[code].docx), found[code]
    return shelf_template(kind.key).read_bytes(), None
