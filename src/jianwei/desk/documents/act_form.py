"""What the forms of a document ask for the act of the matter that is recorded with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from jianwei.desk.documents import matter_acts
from jianwei.desk.documents.act_facts import SAID, Companion, Occasion
from jianwei.desk.documents.matter_acts import Wanted
from jianwei.desk.documents.models import Document
from jianwei.desk.matters import asking
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.asking import Field
from jianwei.procedures import Fact

ALONE = "alone"
FORMS: dict[str, tuple[Occasion, ...]] = {
    "issue": (Occasion.ISSUE,),
    "serve": (Occasion.SEND, Occasion.RECEIVE),
    "receipt": (Occasion.RECEIVE,),
    "reply": (Occasion.REPLY, Occasion.OBJECTION),
}
"""The forms of a document's page, and what each of them is to the matter."""


@dataclass(frozen=True)
class Part:
    """One act in such a form: what is asked of it, and why it cannot be recorded today."""

    companion: Companion
    fields: tuple[Field, ...]
    which: str
    """The name of the field that says which of several acts it is."""
    chosen: bool

    @property
    def when(self) -> str:
        """When it is recorded, where the form may be sent without it."""
        return {
            Occasion.RECEIVE: "填写签收日期的，", Occasion.REPLY: "内容不是异议的，", Occasion.OBJECTION: "内容是异议的，",
        }.get(self.companion.occasion, "")  # fmt: skip


def parts(
    document: Document, form: str, moment: dt.datetime, *, typed: QueryDict | None = None,
    wrong: Mapping[str, str] | None = None, prefix: str = "",
) -> list[Part]:  # fmt: skip
    """The acts that go with a form of the document's page; ``prefix`` tells apart forms of one kind on a page."""
    found = matter_acts.companions(document, FORMS[form], moment.date())
    people = [party.name for party in matters.parties(document.matter)] if document.matter and found else []
    return [_part(one, moment, typed, wrong or {}, people, prefix) for one in found]


def _part(
    one: Companion,
    moment: dt.datetime,
    typed: QueryDict | None,
    wrong: Mapping[str, str],
    people: Sequence[str],
    prefix: str,
) -> Part:
    facts = tuple(_eased(fact) for fact in one.asked)
    scope = f"{one.scope}."
    values = asking.typed(typed, facts, prefix + scope) if typed else {}
    errors = {name.removeprefix(scope): says for name, says in wrong.items() if name.startswith(scope)}
    fields = asking.fields(facts, values, moment, errors=errors, people=people, prefix=prefix + scope)
    which = f"{prefix}{one.occasion}.which"
    return Part(one, tuple(fields), which, typed is not None and typed.get(which) == one.act.key)


def _eased(fact: Fact) -> Fact:
    """A choice that the document's own form may already have made need not be made again."""
    if SAID & set(fact.choices.values()):
        return replace(fact, required=False, hint="上面已经选明的，不必再选")
    return fact


def wanted(posted: QueryDict, document: Document, form: str, today: dt.date, prefix: str = "") -> Wanted:
    """What was said of the acts."""
    facts: dict[str, str] = {}
    which: dict[str, str] = {}
    for one in matter_acts.companions(document, FORMS[form], today):
        typed = asking.typed(posted, one.asked, f"{prefix}{one.scope}.")
        facts |= {f"{one.scope}.{name}": text for name, text in typed.items() if text}
        if one.several:
            which[one.occasion] = posted.get(f"{prefix}{one.occasion}.which", "")
    return Wanted(facts, posted.get(ALONE) == "1", which)
