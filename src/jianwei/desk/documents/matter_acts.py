"""The acts of the matter that a document belongs to: issue is an act where the procedure declares one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jianwei.desk.documents import shelf
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.models import Document
from jianwei.desk.errors import DeskError
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting
from jianwei.procedures import Act, ActKind, FactKind
from jianwei.procedures.kernel.fold import in_force


@dataclass(frozen=True)
class Belonging:
    """An act that goes with a document: its key and title, and the place of the one recorded since the issue; "" for none."""

    key: str
    title: str
    seq: str


def of(document: Document) -> list[Belonging]:
    """The acts of the matter's procedure that are done with a document of this kind; once served, its service too."""
    if document.matter is None:
        return []
    casebook = matters.casebook_of(document.matter)
    if casebook is None:
        return []
    kind, standing = shelf.kind(document.kind), list(in_force(casebook.acts))
    return [
        Belonging(a.key, a.title, _recorded(document, [act for act in standing if act.kind == a.key]))
        for a in casebook.procedure.acts.values()
        if _goes_with(document, kind, a) or (document.served_on and a.title == f"送达{document.title}")
    ]


def _recorded(document: Document, acts: Sequence[Act]) -> str:
    """The place of the act that the document is: the one that states its number, else the first since its issue."""
    since = document.issued_on
    stated = [act for act in acts if document.number and document.number in act.facts.values()]
    later = [act for act in acts if since and act.day >= since]
    return (stated or later)[0].id if stated or later else ""


def record(who: Acting, document: Document, kind: Kind, values: Mapping[str, Any]) -> str:
    """Record the act that an issued document is, where there is exactly one and the document holds all its facts.

    Returns one sentence about it; "" when the procedure declares no such act. A refusal of the matter undoes nothing.
    """
    if document.matter is None or document.issued_on is None:
        return ""
    casebook = matters.casebook_of(document.matter)
    acts = [a for a in casebook.procedure.acts.values() if _goes_with(document, kind, a)] if casebook else []
    if len(acts) != 1:
        return "事项中与本文书对应的行为有多种，请到事项页录入。" if acts else ""
    facts = _facts(acts[0], document, kind, values)
    lacking = [fact.label for fact in acts[0].facts if fact.required and not facts.get(fact.name)]
    if lacking:
        return f"事项行为“{acts[0].title}”还需要：{'、'.join(lacking)}，请到事项页录入。"
    try:
        with transaction.atomic():
            matter_actions.record_act(
                who, document.matter.pk, document.matter.seq, acts[0].key, facts, on=document.issued_on.isoformat()
            )
    except DeskError as error:
        return f"事项行为“{acts[0].title}”未能自动录入：{error}"
    return f"已在事项中录入“{acts[0].title}”。"


def _goes_with(document: Document, kind: Kind, act: ActKind) -> bool:
    """Whether the act names this document: a general form by the heading it was given, others by their kind."""
    if kind.endings:
        return document.title in act.documents
    return any(kind in shelf.titled(title) for title in act.documents)


def _facts(act: ActKind, document: Document, kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an act that the document holds, by name or by label."""
    labels = {field.label: values.get(field.name) for field in kind.fields}
    found: dict[str, Any] = {}
    for fact in act.facts:
        value = values.get(fact.name, labels.get(fact.label))
        if fact.label.endswith("文号") and not value:
            value = document.number
        if value in (None, "", []):
            continue
        if fact.kind is FactKind.PEOPLE:
            found[fact.name] = [str(row["name"]) for row in value] if isinstance(value, list) else value
        elif isinstance(value, str | int):
            found[fact.name] = value
        elif isinstance(value, list) and all(isinstance(line, str) for line in value):
            found[fact.name] = "\n".join(value)
    return found
