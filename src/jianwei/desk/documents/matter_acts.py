"""The acts of the matter that go with what is done to a document: its issue, dispatch, receipt, answer, and objections.

Registered once, either way: what is done to the document records the act, and the act marks the document (``marking``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field

from jianwei.desk.documents import keeping, shelf
from jianwei.desk.documents.act_facts import Companion, Occasion, known_facts, reply_by, said
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.models import Answer, Document, Received, Service
from jianwei.desk.errors import DeskError
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.matters.queries import Casebook
from jianwei.desk.people.acting import Acting
from jianwei.procedures import ActKind, Refusal, standing
from jianwei.procedures.kernel.fold import in_force

_TITLES: dict[Occasion, Callable[[ActKind], tuple[str, ...]]] = {
    Occasion.ISSUE: lambda act: act.documents,
    Occasion.SEND: lambda act: act.sends,
    Occasion.RECEIVE: lambda act: act.serves,
    Occasion.REPLY: lambda act: act.answers,
    Occasion.OBJECTION: lambda act: act.objects,
}
NONE = "-"
"""The choice that it is none of several acts."""
_DAYS = {
    Occasion.ISSUE: "on", Occasion.SEND: "sent_on", Occasion.RECEIVE: "received_on", Occasion.REPLY: "received_on",
    Occasion.OBJECTION: "received_on",
}  # fmt: skip
"""The field of the document's form that holds the day of the act."""


@dataclass(frozen=True)
class Wanted:
    """What is said of the acts: their facts as typed, by ``Companion.scope``; that none is recorded; or which of several
    it is, by occasion.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    which: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Belonging:
    """An act that goes with a document: its key and title, and the place of the one that it is; "" for none."""

    key: str
    title: str
    seq: str


def of(document: Document) -> list[Belonging]:
    """The acts of the matter's procedure that go with what was done to the document; that of its issue always."""
    casebook = _casebook(document)
    if casebook is None:
        return []
    done = {Occasion.ISSUE}
    done |= {Occasion.SEND} if document.services.exists() else set()
    done |= {Occasion.RECEIVE} if document.served_on else set()
    done |= {Occasion.REPLY} if document.replied_on else set()
    done |= {Occasion.OBJECTION} if document.replies.filter(nature=Answer.OBJECTION).exists() else set()
    return [
        Belonging(act.key, act.title, _recorded(document, casebook, act, occasion))
        for occasion in Occasion
        if occasion in done
        for act in _acts(document, casebook, occasion)
    ]


def companions(document: Document, occasions: tuple[Occasion, ...], today: dt.date) -> list[Companion]:
    """The acts that may be recorded with these occasions: of several for one, those that the matter admits today."""
    casebook = _casebook(document)
    if casebook is None:
        return []
    shut = _barred(casebook, today)
    values, kind, found = keeping.latest(document).values, shelf.kind(document.kind), []
    days = kind.reply.days if kind.reply else ""
    for occasion in occasions:
        acts = [act for act in _acts(document, casebook, occasion) if not act.opens]
        if any(_recorded(document, casebook, act, occasion, shut) for act in acts):
            continue
        acts = [act for act in acts if act.key not in shut] or acts
        for act in acts:
            known = dict(known_facts(occasion, act, document, kind, values))
            found.append(Companion(occasion, act, known, shut.get(act.key), days, len(acts) > 1))
    return found


@dataclass(frozen=True)
class Barring:
    """The acts that the issue of a document would be and that the matter does not admit today, and its stage."""

    stage: str
    acts: tuple[tuple[ActKind, Refusal], ...]


def barring(document: Document, today: dt.date) -> Barring | None:
    """What stands against the act of a document that is not issued yet; None where nothing does."""
    if document.issued_on or document.matter is None:
        return None
    return barred(document.matter, shelf.kind(document.kind), document.title, today)


def barred(matter: Matter, kind: Kind, title: str, today: dt.date) -> Barring | None:
    """The same of a document of this kind and title yet to be drafted."""
    casebook = matters.casebook_of(matter)
    if casebook is None:
        return None
    shut = _barred(casebook, today)
    own = [act for act in casebook.procedure.acts.values() if not act.opens]
    acts = [act for act in own if _named(kind, title, act.documents)]
    taken = _taken(matter, kind.key, title)
    if any(
        one.kind in shut and one.kind in {act.key for act in acts} and one.id not in taken
        for one in in_force(casebook.acts)
    ):
        return None
    against = tuple((act, shut[act.key]) for act in acts if act.key in shut)
    return Barring(matter.stage, against) if against and len(against) == len(acts) else None


def record(
    who: Acting, document: Document, occasion: Occasion, wanted: Wanted, on: dt.date, **told: str
) -> tuple[int | None, str]:
    """Record the act that goes with the occasion, in the caller's transaction: its place, and a sentence about it.

    An act already recorded is only named. ``told`` is what the document's form says: ``choice``, ``text``,
    ``received_on``. Raises ``Refused`` field by field when the matter does not admit it.
    """
    casebook = _casebook(document)
    if wanted.alone or casebook is None or document.matter is None:
        return None, ""
    acts, shut = _acts(document, casebook, occasion), _barred(casebook, matters.today(who))
    for act in [act for act in acts if not act.opens] or acts:
        if seq := _recorded(document, casebook, act, occasion, shut):
            return int(seq), f"事项中已有“{act.title}”（第 {seq} 号行为）。"
    found = companions(document, (occasion,), matters.today(who))
    if not found or wanted.which.get(occasion) == NONE:
        return None, ""
    chosen = found[0] if len(found) == 1 else _chosen(found, occasion, wanted)
    row = _recorded_now(who, document, chosen, wanted, on, told)
    return row.seq, f"已在事项中录入“{chosen.act.title}”（第 {row.seq} 号行为）。"


def _chosen(found: list[Companion], occasion: Occasion, wanted: Wanted) -> Companion:
    """The one of several acts that it is."""
    for one in found:
        if one.act.key == wanted.which.get(occasion):
            return one
    titles = "、".join(f"“{one.act.title}”" for one in found)
    raise Refused(f"请选择对应的事项行为：{titles}。", {f"{occasion}.which": "请选择对应的事项行为"})


def _recorded_now(
    who: Acting, document: Document, found: Companion, wanted: Wanted, on: dt.date, told: Mapping[str, str]
) -> ActRow:
    assert document.matter
    typed = {f.name: text for f in found.act.facts if (text := wanted.facts.get(f"{found.scope}.{f.name}", ""))}
    facts = {**found.known, **said(found, told), **reply_by(document, found, on), **typed}
    document.matter.refresh_from_db(fields=["seq"])
    try:
        return matter_actions.record_act(
            who, document.matter.pk, document.matter.seq, found.act.key, facts, on=on.isoformat(), alone=True
        )
    except matter_actions.Refused as error:
        fields = {f"{found.scope}.{name}": says for name, says in error.fields.items() if name != "done_on"}
        if says := error.fields.get("done_on"):
            fields[_DAYS[found.occasion]] = says
        cite = f"（{error.cite}）" if error.cite else ""
        raise Refused(f"同时录入事项行为“{found.act.title}”未成：{error}{cite}", fields) from error
    except DeskError as error:
        raise Refused(f"同时录入事项行为“{found.act.title}”未成：{error}") from error


def _casebook(document: Document) -> Casebook | None:
    return matters.casebook_of(document.matter) if document.matter else None


def _acts(document: Document, casebook: Casebook, occasion: Occasion) -> list[ActKind]:
    return [act for act in casebook.procedure.acts.values() if names(document, _TITLES[occasion](act))]


def names(document: Document, titles: tuple[str, ...]) -> bool:
    """Whether one of these titles is the document: a general form by the heading it was given, others by their kind."""
    return _named(shelf.kind(document.kind), document.title, titles)


def _named(kind: Kind, title: str, titles: tuple[str, ...]) -> bool:
    if kind.endings:
        return title in titles
    return any(kind in shelf.titled(one) for one in titles)


def _barred(casebook: Casebook, today: dt.date) -> dict[str, Refusal]:
    """What the matter does not admit today."""
    now = standing(casebook.procedure, casebook.acts, today)
    return {kind.key: refusal for kind, refusal in now.forbidden}


def _recorded(
    document: Document, casebook: Casebook, act: ActKind, occasion: Occasion, barred: Container[str] = ()
) -> str:
    """The place of the act that it is: the one bound to it, or that states its number, else the first free since its issue.

    Of an act that cannot be done any more, the last one that no other document of the kind is: it was done before.
    """
    acts = [one for one in in_force(casebook.acts) if one.kind == act.key]
    bound, others = _bound(document, occasion)
    if mine := [one for one in acts if one.id in bound]:
        return mine[0].id
    since, free = document.issued_on, [one for one in acts if one.id not in others]
    stated = [one for one in acts if document.number and document.number in one.facts.values()]
    later = [one for one in free if since and one.day >= since]
    before = free[-1:] if occasion is Occasion.ISSUE and act.key in barred else []
    return next((one.id for one in (*stated, *later, *before)), "")


def _taken(matter: Matter, kind: str, title: str) -> set[str]:
    """The places of the acts of a matter that documents of this kind and title are."""
    same = Document.objects.filter(matter=matter, kind=kind, title=title, act__isnull=False)
    return {str(n) for n in same.order_by().values_list("act", flat=True)}


def _bound(document: Document, occasion: Occasion) -> tuple[set[str], set[str]]:
    """The places of acts bound to this document on such an occasion, and to others of its kind in the matter.

    Documents of different kinds may go with one act (起诉书、量刑建议书); two of one kind are two acts.
    """
    same = Document.objects.filter(matter=document.matter_id, kind=document.kind, title=document.title)
    if occasion is Occasion.ISSUE:
        pairs = list(same.filter(act__isnull=False).order_by().values_list("pk", "act"))
    else:
        table = Service if occasion in (Occasion.SEND, Occasion.RECEIVE) else Received
        field = "sent_act" if occasion is Occasion.SEND else "act"
        bound = table.objects.filter(document__in=same.order_by(), **{f"{field}__isnull": False})
        pairs = list(bound.order_by().values_list("document_id", field))
    return {str(n) for pk, n in pairs if pk == document.pk}, {str(n) for pk, n in pairs if pk != document.pk}
