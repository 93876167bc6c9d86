"""What goes into the log by itself. What was missed, for whatever reason, is found by the next round."""

from __future__ import annotations

import datetime as dt
import io

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from jianwei.desk.documents import queries as issuing
from jianwei.desk.evidence import fixing, ledger
from jianwei.desk.evidence.models import Material, Source
from jianwei.desk.people.models import Office
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import digests

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READ_AT_ONCE = 20


def documents(day: dt.date, at: dt.datetime) -> int:
    """Fix every document as it was issued, in the log of the office that issued it. Returns how many."""
    offices = [office.pk for office in Office.objects.all() if ledger.has_log(office)]
    kept = Material.objects.filter(source=Source.DOCUMENT, source_id=Cast(OuterRef("pk"), CharField()))
    missing = issuing.issued_versions().filter(~Exists(kept), document__office__in=offices)
    made = 0
    for version in missing.iterator(chunk_size=READ_AT_ONCE):
        document, matter = version.document, version.document.matter
        material = Material(
            id=ledger.new_id(at), office=document.office, matter=matter, kind=Kind.MATERIAL, source=Source.DOCUMENT,
            source_id=str(version.pk), name=f"{document.title}{document.number}"[:195] + ".docx", media_type=WORD,
            case_ref=(f"{matter.number} {matter.title}" if matter else document.about)[:200], doc_no=document.number,
            by=version.by, at=at, updated_at=at,
        )  # fmt: skip
        docx = bytes(version.docx)
        found = digests(io.BytesIO(docx))
        material.size, material.sha256, material.sm3 = found.size, found.sha256, found.sm3
        fixing.keep(material, docx)
        made += 1
    return made
