"""The only way to write documents: one verb, one transaction, one audit entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jianwei.desk.documents import isolated, keeping, matter_acts, queries, shelf, signing, wording
from jianwei.desk.documents.act_facts import Occasion
from jianwei.desk.documents.archive import BadPackage
from jianwei.desk.documents.errors import Conflict, NotFound, Refused
from jianwei.desk.documents.flow import VERBS, Status, may_write
from jianwei.desk.documents.issuing import issue
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.matter_acts import Wanted
from jianwei.desk.documents.models import Document, Step, Version
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import label

__all__ = ["Conflict", "NotFound", "Refused"]


@transaction.atomic
def start(
    who: Acting, kind_key: str, values: Mapping[str, Any], *, matter_id: int | None = None, about: str = ""
) -> Document:
    """Begin a document of a kind, in a matter or alone, with its first version."""
    kind = shelf.kind(kind_key)
    matter = _matter(who, matter_id)
    if not may_write(who.role) or (matter and not matters.writable(who, matter)):
        raise Refused(f"您的职责（{label(who.role)}）不能在这里制作文书。")
    about = (matter.title if matter and not about.strip() else about).strip()[:200]
    if not about:
        raise Refused("请写明案件或事项名称。", {"about": "请写明案件或事项名称"})
    document = Document.objects.create(
        kind=kind.key, title=keeping.title(kind, values), group=kind.group, about=about, office=matter.office if matter else who.user.office,
        matter=matter, author_id=who.user.pk, created_at=who.at, updated_at=who.at,
    )  # fmt: skip
    keeping.fill(who, document, kind, values, "起草")
    audit.record(
        who,
        "起草文书",
        kind="文书",
        object_id=str(document.pk),
        title=kind.title,
        matter=matter.number if matter else "",
    )
    return document


@transaction.atomic
def save(who: Acting, document_id: int, revision: int, values: Mapping[str, Any], why: str = "") -> Version:
    """Fill a draft again: a new version."""
    document = _held(who, document_id, revision)
    _is_draft(document)
    if document.matter:
        document.office = document.matter.office
    version = keeping.fill(who, document, shelf.kind(document.kind), values, why)
    _touched(who, document)
    audit.record(who, "修改文书", kind="文书", object_id=str(document.pk), version=version.n, why=why)
    return version


def upload(who: Acting, document_id: int, revision: int, docx: bytes, why: str = "") -> Version:
    """Take a .docx that was edited outside as a new version. It is parsed in a limited process, before anything is locked."""
    if queries.document(who, document_id) is None:
        raise NotFound
    try:
        blocks = isolated.checked(docx)
    except BadPackage as error:
        audit.record(who, "上传文书", kind="文书", object_id=str(document_id), result="拒绝", why=str(error))
        raise Refused(f"不能接受这个文件：{error}。", {"docx": str(error)}) from error
    with transaction.atomic():
        document = _held(who, document_id, revision)
        _is_draft(document)
        version = keeping.keep(
            who, document, Version.Origin.UPLOADED, docx, blocks, values=keeping.latest(document).values, why=why
        )
        _touched(who, document)
        audit.record(who, "上传文书", kind="文书", object_id=str(document.pk), version=version.n, digest=version.digest)
    return version


@transaction.atomic
def act(
    who: Acting,
    document_id: int,
    verb: str,
    revision: int,
    *,
    note: str = "",
    signer: str = "",
    on: dt.date | None = None,
    wanted: Wanted | None = None,
) -> Document:
    """Carry out one verb of ``flow.VERBS``. ``signer`` and ``on`` are for 签发: who signed, and the day.

    What is issued is an act of its matter too, where the procedure has one: ``wanted`` says its further facts, or that
    it is not recorded. Raises ``Refused`` when the matter does not admit it; then nothing is issued.
    """
    document = _held(who, document_id, revision)
    before, kind = document.status, shelf.kind(document.kind)
    if verb not in queries.verbs(who, document):
        raise Refused(
            f"“{VERBS[verb].name}”不能用于{label(who.role)}在“{document.get_status_display()}”状态下的文书。"
            + signing.barred(who, document, kind, verb)
        )
    if VERBS[verb].reasoned and not note.strip():
        raise Refused("请写明理由。", {"note": "请写明理由"})
    if verb in ("submit", "issue"):
        _is_of_the_handling_office(document)
        _is_whole(document)
    if verb == "issue":
        issue(who, document, kind, signer=_signer(who, document, kind, signer), on=on or matters.today(who))
    if verb == "void":
        keeping.cancel_number(who, document, note.strip())
    document.status = VERBS[verb].leads
    _touched(who, document)
    if verb == "issue" and document.issued_on:
        document.act, said = matter_acts.record(who, document, Occasion.ISSUE, wanted or Wanted(), document.issued_on)
        document.save(update_fields=["act"])
        note = "；".join(part for part in (note.strip(), said) if part)
    _step(who, document, verb, before, note)
    audit.record(
        who, VERBS[verb].name, kind="文书", object_id=str(document.pk), before=before, after=document.status,
        number=document.number, note=note.strip()[:200],
    )  # fmt: skip
    return document


def looked(who: Acting, action: str, document: Document | None = None, **detail: Any) -> None:
    """Record that case data were shown."""
    audit.record(who, action, kind="文书", object_id=str(document.pk) if document else "", purpose="办案", **detail)


def held(who: Acting, document_id: int, revision: int) -> Document:
    """The document, locked, if that person may write it and saw its latest state."""
    return _held(who, document_id, revision)


def _held(who: Acting, document_id: int, revision: int) -> Document:
    document = (
        queries.visible(who)
        .select_for_update(of=("self",))
        .select_related("office", "author", "matter__handler", "matter__office")
        .filter(pk=document_id)
        .first()
    )
    if document is None:
        raise NotFound
    if not queries.writable(who, document):
        raise Refused(f"本文书由{document.office.name}制作，您（{label(who.role)}）可以查看，不能处理。")
    if document.revision != revision:
        raise Conflict(document)
    return document


def _is_of_the_handling_office(document: Document) -> None:
    """What was drafted before its matter went to another office is filled in anew there, under that one's letterhead."""
    matter = document.matter
    if matter and matter.office_id != document.office_id:
        raise Refused(f"事项现由{matter.office.name}办理，请先重新填写一版，换用该院的院名和文号，再办理。")


def _matter(who: Acting, matter_id: int | None) -> Matter | None:
    if matter_id is None:
        return None
    found = matters.matter(who, matter_id)
    if found is None:
        raise NotFound
    return found


def _signer(who: Acting, document: Document, kind: Kind, named: str) -> str:
    """Who signed: the person himself, or the chief whom a head names who records what was signed on paper."""
    named = wording.clean(named).strip()[:40]
    if wrong := signing.misnamed(who, document, kind, named):
        raise Refused(wrong, {"signer": wrong})
    return named or who.user.name


def _is_draft(document: Document) -> None:
    if document.status != Status.DRAFT:
        raise Refused(f"文书现为“{document.get_status_display()}”，不能修改；需要修改的，先退回。")


def _is_whole(document: Document) -> None:
    gaps = keeping.latest(document).gaps
    if gaps:
        raise Refused("还有没有填写的内容：" + "、".join(gaps) + "。")


def _touched(who: Acting, document: Document) -> None:
    document.revision += 1
    document.updated_at = who.at
    document.save()


def _step(who: Acting, document: Document, verb: str, before: str, note: str) -> None:
    Step.objects.create(
        document=document,
        at=who.at,
        by_id=who.user.pk,
        verb=verb,
        before=before,
        after=document.status,
        note=wording.clean(note).strip(),
    )
