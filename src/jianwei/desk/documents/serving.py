"""Service, receipts, replies: what happens to a document after issue. One verb, one transaction, one audit entry."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from jianwei.desk.documents import keeping, matter_acts, shelf, wording
from jianwei.desk.documents.act_facts import Occasion
from jianwei.desk.documents.actions import held
from jianwei.desk.documents.errors import NotFound, Refused
from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.issuing import begin_reply
from jianwei.desk.documents.matter_acts import Wanted
from jianwei.desk.documents.models import Answer, Document, Method, Received, Service, Step
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting

OUT = (Status.ISSUED, Status.SERVED)
"""The states of a document that may be served and answered."""

ADDRESSED = ("recipient", "organ", "court")
"""Fields of documents that name whom they go to."""


@transaction.atomic
def serve(
    who: Acting, document_id: int, revision: int, *,
    recipient: str, method: str, sent_on: dt.date | None, received_on: dt.date | None = None, receipt: str = "",
    wanted: Wanted | None = None,
) -> Service:  # fmt: skip
    """Record that the document was sent out; with ``received_on`` also that it was signed for.

    The first time, each is an act of the matter too, where its procedure has one: see ``matter_acts``.
    """
    document = _out(who, document_id, revision)
    fields = {}
    if not recipient.strip():
        fields["recipient"] = "请填写受送达人"
    if method not in Method.values:
        fields["method"] = "请选择送达方式"
    fields |= _day_errors(who, "sent_on", sent_on, document.issued_on)
    if received_on:
        fields |= _day_errors(who, "received_on", received_on, sent_on)
    if fields or sent_on is None:
        raise Refused("；".join(fields.values()) + "。", fields)
    first = not document.services.exists()
    service = Service.objects.create(
        document=document, recipient=wording.clean(recipient).strip()[:120], method=method, sent_on=sent_on,
        received_on=received_on, receipt=wording.clean(receipt).strip()[:200], at=who.at, by_id=who.user.pk,
    )  # fmt: skip
    said = [f"{service.recipient}，{service.get_method_display()}"]
    if first:
        service.sent_act, told = matter_acts.record(
            who, document, Occasion.SEND, wanted or Wanted(), sent_on, choice=service.get_method_display()
        )
        said.append(told)
    if received_on:
        said.append(_signed_for(who, document, service, received_on, wanted))
    service.save()
    after(who, document, "serve", "；".join(filter(None, said)))
    audit.record(who, "送达文书", kind="文书", object_id=str(document.pk), recipient=service.recipient, method=method)
    return service


@transaction.atomic
def receipt(
    who: Acting, document_id: int, revision: int, service_id: int, *, received_on: dt.date | None, note: str = "",
    wanted: Wanted | None = None,
) -> Service:  # fmt: skip
    """Record that a document sent out was signed for."""
    document = _out(who, document_id, revision)
    service = document.services.filter(pk=service_id).first()
    if service is None:
        raise NotFound
    if service.received_on:
        raise Refused("这次送达已有签收日期。")
    fields = _day_errors(who, "received_on", received_on, service.sent_on)
    if fields or received_on is None:
        raise Refused("；".join(fields.values()) + "。", fields)
    service.received_on, service.receipt = received_on, wording.clean(note).strip()[:200]
    said = _signed_for(who, document, service, received_on, wanted)
    service.save()
    after(who, document, "receipt", "；".join(filter(None, (f"{service.recipient}签收", said))))
    audit.record(
        who,
        "登记送达回证",
        kind="文书",
        object_id=str(document.pk),
        recipient=service.recipient,
        on=received_on.isoformat(),
    )
    return service


@transaction.atomic
def reply(
    who: Acting, document_id: int, revision: int, *, received_on: dt.date | None, nature: str, text: str,
    wanted: Wanted | None = None,
) -> Received:  # fmt: skip
    """Record an answer that came in. An objection is no answer: the clock goes on. The first answer, and each objection,
    is an act of the matter too, where its procedure has one.
    """
    document = _out(who, document_id, revision)
    fields = _day_errors(who, "received_on", received_on, document.issued_on)
    if nature not in Answer.values:
        fields["nature"] = "请选择回复的内容"
    if not text.strip():
        fields["text"] = "请写明摘要"
    if fields or received_on is None:
        raise Refused("；".join(fields.values()) + "。", fields)
    found = Received.objects.create(
        document=document,
        received_on=received_on,
        nature=nature,
        text=wording.clean(text).strip()[:4000],
        at=who.at,
        by_id=who.user.pk,
    )
    said = ""
    if nature == Answer.OBJECTION or document.replied_on is None:
        occasion = Occasion.OBJECTION if nature == Answer.OBJECTION else Occasion.REPLY
        told = {"choice": found.get_nature_display(), "text": found.text}
        found.act, said = matter_acts.record(who, document, occasion, wanted or Wanted(), received_on, **told)
        found.save(update_fields=["act"])
    if nature != Answer.OBJECTION and document.replied_on is None:
        document.replied_on = received_on
    after(who, document, "reply", "；".join(filter(None, (found.get_nature_display(), said))))
    audit.record(who, "登记回复", kind="文书", object_id=str(document.pk), nature=nature, on=received_on.isoformat())
    return found


def addressee(document: Document) -> str:
    """On whom the document is served, as it says itself; else as its kind says."""
    values = keeping.latest(document).values
    named = (str(values.get(name) or "").strip() for name in ADDRESSED)
    return (next(filter(None, named), "") or shelf.kind(document.kind).served_on or "受送达人")[:120]


def _out(who: Acting, document_id: int, revision: int) -> Document:
    document = held(who, document_id, revision)
    if document.status not in OUT:
        raise Refused(f"文书现为“{document.get_status_display()}”，签发后才能登记送达和回复。")
    return document


def _signed_for(who: Acting, document: Document, service: Service, on: dt.date, wanted: Wanted | None) -> str:
    """The receipt of a service; a sentence about the act of the matter that it is."""
    told = ""
    if document.served_on is None:
        choice = service.get_method_display()
        service.act, told = matter_acts.record(
            who, document, Occasion.RECEIVE, wanted or Wanted(), on, choice=choice, received_on=on.isoformat()
        )
    received(document, on)
    return told


def received(document: Document, on: dt.date) -> None:
    """The first receipt makes the document served, and the answer's clock begins with it. The caller saves it."""
    if document.served_on is None:
        document.status, document.served_on = Status.SERVED, on
        kind = shelf.kind(document.kind)
        if kind.reply and kind.reply.starts == "送达":
            begin_reply(document, kind, on)


def after(who: Acting, document: Document, verb: str, note: str) -> None:
    """What was done after the issue is kept as a step, and the document saved."""
    document.revision += 1
    document.updated_at = who.at
    document.save()
    Step.objects.create(
        document=document,
        at=who.at,
        by_id=who.user.pk,
        verb=verb,
        before=document.status,
        after=document.status,
        note=note,
    )


def _day_errors(who: Acting, name: str, on: dt.date | None, earliest: dt.date | None) -> dict[str, str]:
    if on is None:
        return {name: "请填写日期，如 2026-11-22"}
    if on > matters.today(who):
        return {name: "日期不能在今天之后"}
    if earliest and on < earliest:
        return {name: f"日期不能早于{earliest.isoformat()}"}
    return {}
