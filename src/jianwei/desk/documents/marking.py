"""The other way round: an act of service or answer recorded on the matter marks the document that it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.desk.documents import matter_acts, serving
from jianwei.desk.documents.act_facts import Occasion
from jianwei.desk.documents.models import Answer, Document, Method, Received, Service
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.procedures import ActKind, FactKind

VERBS = {
    Occasion.SEND: "serve", Occasion.RECEIVE: "serve", Occasion.REPLY: "reply", Occasion.OBJECTION: "reply",
}  # fmt: skip


def mark(who: Acting, matter: Matter, kind: ActKind, row: ActRow) -> None:
    """Mark the document that the act is about: the latest issued one to which the same has not been done yet."""
    for title in kind.documents:
        issued = _meant(matter, Occasion.ISSUE, (title,), row)
        if issued is not None:
            Document.objects.filter(pk=issued.pk).update(act=row.seq)
    about = {
        Occasion.SEND: kind.sends, Occasion.RECEIVE: kind.serves, Occasion.REPLY: kind.answers,
        Occasion.OBJECTION: kind.objects,
    }  # fmt: skip
    for occasion, titles in about.items():
        document = _meant(matter, occasion, titles, row) if titles else None
        if document is not None:
            _mark(who, document, occasion, kind, row)
            serving.after(who, document, VERBS[occasion], f"据事项第 {row.seq} 号行为“{kind.title}”")
            audit.record(
                who, "据事项行为登记文书", kind="文书", object_id=str(document.pk), act=kind.title, seq=row.seq
            )


def _meant(matter: Matter, occasion: Occasion, titles: tuple[str, ...], row: ActRow) -> Document | None:
    found = Document.objects.select_for_update(of=("self",)).filter(matter=matter, status__in=serving.OUT)
    found = found.filter(issued_on__lte=row.on).order_by("-issued_on", "-pk")
    for document in found:
        if matter_acts.names(document, titles) and not _done(document, occasion):
            return document
    return None


def _done(document: Document, occasion: Occasion) -> bool:
    match occasion:
        case Occasion.ISSUE:
            return document.act is not None
        case Occasion.SEND:
            return document.services.exists()
        case Occasion.RECEIVE:
            return document.served_on is not None
        case Occasion.REPLY:
            return document.replied_on is not None
    return False


def _mark(who: Acting, document: Document, occasion: Occasion, kind: ActKind, row: ActRow) -> None:
    made: dict[str, Any] = {"at": who.at, "by_id": who.user.pk}
    if occasion is Occasion.SEND:
        addressee = serving.addressee(document)
        Service.objects.create(document=document, recipient=addressee, sent_on=row.on, sent_act=row.seq, **made)
    elif occasion is Occasion.RECEIVE:
        serving.received(document, _served(document, kind, row, made))
    else:
        nature = Answer.OBJECTION if occasion is Occasion.OBJECTION else _chosen(Answer, kind, row) or Answer.REPLY
        Received.objects.create(
            document=document, received_on=row.on, nature=nature, text=_words(kind, row), act=row.seq, **made
        )
        if occasion is Occasion.REPLY:
            document.replied_on = row.on


def _served(document: Document, kind: ActKind, row: ActRow, made: dict[str, Any]) -> dt.date:
    """The service that was under way is signed for; without one it is registered whole. Returns the day of receipt."""
    stated = row.facts.get("received_on")
    on = dt.date.fromisoformat(stated) if stated else row.on
    under_way = document.services.filter(received_on__isnull=True).first()
    if under_way is None:
        method = _chosen(Method, kind, row)
        addressee = serving.addressee(document)
        under_way = Service(document=document, recipient=addressee, method=method, sent_on=min(on, row.on), **made)
    under_way.received_on, under_way.act = on, row.seq
    under_way.save()
    return on


def _chosen(among: type[Answer] | type[Method], kind: ActKind, row: ActRow) -> str:
    """The choice of an act that is called as one of the document's own."""
    by_label = {label: value for value, label in among.choices}
    said = (f.show(row.facts.get(f.name)) for f in kind.facts if f.kind is FactKind.CHOICE)
    return next((by_label[label] for label in said if label in by_label), "")


def _words(kind: ActKind, row: ActRow) -> str:
    said = [f"{f.label}：{f.show(f.read(row.facts[f.name]))}" for f in kind.facts if row.facts.get(f.name) is not None]
    return "；".join(said)[:4000] or f"见事项第 {row.seq} 号行为“{kind.title}”"
