"""The only way to read documents. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from jianwei.desk.documents.flow import Status, allowed, may_write
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.listing import FILTERS, MARKS, Listing
from jianwei.desk.documents.models import Document, Entry, Letterhead, OwnTemplate, Rendering, Version
from jianwei.desk.documents.shelf import kind as kind_of
from jianwei.desk.documents.shelf import template as shelf_template
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.numbering import short_name
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office


def visible(who: Acting) -> QuerySet[Document]:
    """The documents of the matters in scope, and those of no matter of the own office and below."""
    if not who.sees_cases:
        return Document.objects.none()
    alone = Q(matter__isnull=True)
    if who.user.office.parent_id is not None:
        alone &= Q(office__in=_offices(who))
    return Document.objects.filter(alone | Q(matter__in=matters.visible(who).order_by().values("pk")))


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
    return allowed(who.role, one.status, kind_of(one.kind).signed_by) if writable(who, one) else {}


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


def counts(who: Acting, listing: Listing) -> tuple[int, dict[str, list[tuple[str, str, int]]]]:
    """How many documents the list has, and for each filter how many each value would show: ``(value, title, number)``."""
    columns = {
        "status": ("status",),
        "group": ("group",),
        "kind": ("kind", "title"),
        "office": ("office__code", "office__name"),
    }
    seen, found = visible(who), {}
    for key in FILTERS:
        rest = _narrowed(seen, who, listing, leaving_out=key).order_by()
        if key == "mark":
            sums = rest.aggregate(**{name: Count("pk", filter=q) for name, q in marks(who).items()})
            found[key] = [(name, MARKS[name], sums[name]) for name in MARKS if sums[name]]
            continue
        tally: Counter[tuple[str, str]] = Counter()
        for *names, number in rest.values_list(*columns[key]).annotate(n=Count("pk")):
            tally[(names[0], names[-1])] += number
        found[key] = [(value, title, n) for (value, title), n in sorted(tally.items())]
    return _narrowed(seen, who, listing).count(), found


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
