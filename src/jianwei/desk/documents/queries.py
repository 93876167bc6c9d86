"""The only way to read documents. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from jianwei.desk.documents import signing
from jianwei.desk.documents.flow import Status, may_write
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.listing import PLAN, REGISTER
from jianwei.desk.documents.models import Document, Entry, Letterhead, OwnTemplate, Rendering, Version
from jianwei.desk.documents.shelf import kind as kind_of
from jianwei.desk.documents.shelf import template as shelf_template
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.numbering import short_name
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.site.lists import Rows


def visible(who: Acting) -> QuerySet[Document]:
    """The documents of the own office and those below, and those of matters one was named for.

    A document of a matter is of the matter's office and is seen by who sees the matter.
    """
    if not who.sees_cases:
        return Document.objects.none()
    scope = Q() if who.user.office.parent_id is None else Q(office__in=_offices(who))
    if seen := matters.unrestricted(who, "matter__"):
        scope &= Q(matter__isnull=True) | seen
    if scope and (named := matters.named_for(who)):  # an empty scope is everything already; Q() | Q(x) would be x alone
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


def issued_versions() -> QuerySet[Version]:
    """Every document as it was issued: for the evidence log, which shows nothing to anybody."""
    issued = Version.objects.filter(origin=Version.Origin.ISSUED).order_by("pk")
    return issued.select_related("document__office", "document__matter", "by")


def issued_of_matter(who: Acting, matter_id: int) -> QuerySet[Version]:
    """The documents of a matter in scope as they were issued; void ones are left out."""
    seen = visible(who).filter(matter=matter_id).exclude(status=Status.VOID).order_by().values("pk")
    return issued_versions().filter(document__in=seen)


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


def rows(who: Acting) -> Rows:
    """What a list of documents is made of."""
    return Rows(PLAN, who, visible(who).select_related("office", "author", "matter"))


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


def register(who: Acting) -> Rows:
    """The register of numbers of the own office and those below; only of documents in scope."""
    found = Entry.objects.filter(document__in=visible(who).order_by().values("pk"))
    return Rows(REGISTER, who, found.select_related("document", "office", "by", "void_by"))


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
