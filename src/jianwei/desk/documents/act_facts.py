"""What a document and its own forms tell of the act of the matter that goes with them, so that it is not typed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jianwei.desk.documents import keeping, shelf
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.models import Answer, Document, Method
from jianwei.desk.documents.owed import owed
from jianwei.procedures import ActKind, BadFact, Fact, FactKind, Refusal


class Occasion(StrEnum):
    """What is done to a document."""

    ISSUE = "issue"
    SEND = "send"
    RECEIVE = "receive"
    REPLY = "reply"
    OBJECTION = "objection"


REPLY_BY = "reply_by_on"
"""The fact of an act of service that holds the last day of the answer where the document sets it."""
SAID = frozenset((*Answer.labels, *Method.labels))
"""What the document's own form lets be chosen: an act whose choices are called so needs no second choosing."""


@dataclass(frozen=True)
class Companion:
    """An act that goes with an occasion, and what stands against it today."""

    occasion: Occasion
    act: ActKind
    known: Mapping[str, Any]
    refusal: Refusal | None
    days: str = ""
    """The fact that says whether the document itself sets the days of the answer, where it has such a field."""
    several: bool = False
    """Whether it is one of several acts that it may be."""

    @property
    def scope(self) -> str:
        """Under what its facts are asked for."""
        return f"{self.occasion}.{self.act.key}" if self.several else str(self.occasion)

    @property
    def asked(self) -> tuple[Fact, ...]:
        """Its facts that neither the document nor its own form tells."""
        told = {fact.name for fact in self.act.facts if told_here(self.occasion, self.act, fact)}
        told |= {REPLY_BY} if self.days in self.known else set()
        return tuple(fact for fact in self.act.facts if fact.name not in self.known and fact.name not in told)


def known_facts(
    occasion: Occasion, act: ActKind, document: Document, kind: Kind, values: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """The facts of an act that the document holds, by name or by label; after its issue only whom it concerns."""
    days = act.fact(kind.reply.days) if kind.reply and occasion is Occasion.RECEIVE else None
    if days is not None and days.kind is FactKind.YES_NO:
        yield days.name, "是" if values.get(days.name) else "否"
    labels = {field.label: values.get(field.name) for field in kind.fields}
    for fact in act.facts:
        if occasion is not Occasion.ISSUE and fact.kind not in (FactKind.PERSON, FactKind.PEOPLE):
            continue
        value = values.get(fact.name, labels.get(fact.label))
        if fact.label.endswith("文号") and not value:
            value = document.number or ("签发时领取" if kind.numbering else "")
        if fact.kind is FactKind.PEOPLE and isinstance(value, list):
            value = [str(row["name"]) for row in value]
        elif isinstance(value, list) and all(isinstance(line, str) for line in value):
            value = "\n".join(value)
        if value in (None, "", []) or not isinstance(value, (str, int, list)):
            continue
        try:
            fact.read(value)
        except BadFact:
            continue
        yield fact.name, value


def told_here(occasion: Occasion, act: ActKind, fact: Fact) -> bool:
    """Whether the document's own form always tells that fact: the day of receipt, and the words of an answer."""
    if occasion is Occasion.RECEIVE:
        return fact.name == "received_on"
    words = [one for one in act.facts if one.kind is FactKind.LONG_TEXT]
    return occasion in (Occasion.REPLY, Occasion.OBJECTION) and fact in words[:1]


def said(found: Companion, told: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for fact in found.act.facts:
        if told_here(found.occasion, found.act, fact):
            facts[fact.name] = told.get("received_on" if found.occasion is Occasion.RECEIVE else "text", "")
        elif fact.kind is FactKind.CHOICE and told.get("choice") in fact.choices.values():
            facts[fact.name] = told["choice"]
    return facts


def reply_by(document: Document, found: Companion, on: dt.date) -> dict[str, str]:
    """The last day of the answer that the document itself sets, counted from its receipt."""
    kind = shelf.kind(document.kind)
    if kind.reply is None or found.known.get(found.days) != "是" or found.act.fact(REPLY_BY) is None:
        return {}
    last = owed(kind.reply, keeping.latest(document).values, on).on
    return {REPLY_BY: last.isoformat()} if last else {}
