"""Keeping versions and numbers; called inside the transaction of an action."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from jianwei.desk.documents import isolated, queries, reading, wording
from jianwei.desk.documents.archive import BadPackage
from jianwei.desk.documents.drafting import Letterhead, page
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.models import Document, Entry, Version
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office


def drawn(who: Acting, office: Office, kind: Kind, values: Mapping[str, Any]) -> tuple[bytes, list[reading.Block]]:
    """A draft and what is on its page. An office's own template is filled in a limited process."""
    # Word and Jinja take a third of a second to load; no other page should wait for them.
    from jianwei.desk.documents.filling import filled

    short, _ = queries.short(office)
    shown = page(kind, values, Letterhead(office.name, short), matters.today(who).year)
    template, own = queries.template(office, kind)
    try:
        docx = isolated.filled(template, shown) if own else filled(template, shown)
    except BadPackage as error:
        raise Refused(f"本院的模板不能套用：{error}。可在“模板”中改回系统模板。") from error
    return docx, reading.blocks(docx)


def title(kind: Kind, values: Mapping[str, Any]) -> str:
    """What a document is called: on a general form the heading that was typed in, else the title of its kind."""
    heading = values.get("heading") if kind.field("heading") else None
    return wording.clean(str(heading)).strip()[:60] if heading else kind.title


def fill(who: Acting, document: Document, kind: Kind, values: Mapping[str, Any], why: str) -> Version:
    """A new version from typed values."""
    docx, blocks = drawn(who, document.office, kind, values)
    missing = wording.missing(kind.fields, values)
    return keep(who, document, Version.Origin.FILLED, docx, blocks, values=values, why=why, missing=missing)


def keep(
    who: Acting, document: Document, origin: str, docx: bytes, blocks: list[reading.Block], *,
    values: Mapping[str, Any], why: str = "", missing: list[str] | None = None,
) -> Version:  # fmt: skip
    """A new version of a document; the caller saves the document."""
    document.latest += 1
    document.save(update_fields=["latest"])
    return Version.objects.create(
        document=document, n=document.latest, at=who.at, by_id=who.user.pk, why=wording.clean(why).strip()[:200], origin=origin,
        values=dict(values), blocks=blocks, docx=docx, digest=hashlib.sha256(docx).hexdigest(),
        gaps=wording.gaps(reading.text(blocks)) if missing is None else missing,
    )  # fmt: skip


def latest(document: Document) -> Version:
    """The newest version."""
    return document.versions.get(n=document.latest)


def cancel_number(who: Acting, document: Document, why: str) -> None:
    """The number stays in the register, marked; it is never given again."""
    Entry.objects.filter(document=document).update(void_at=who.at, void_by_id=who.user.pk, void_why=why[:200])
