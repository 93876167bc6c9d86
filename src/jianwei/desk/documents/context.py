"""What a matter already knows, for the blanks of a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.desk.documents.kind import Column, Field, FieldKind, Kind
from jianwei.desk.documents.models import Document
from jianwei.desk.documents.shelf import plain
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.procedures import Act, ActKind
from jianwei.procedures.kernel.fold import in_force

Known = Mapping[str, Any]
"""``office``, ``matter``, ``facts`` and ``labels`` (as written), ``parties`` (rows by role), ``names``, ``documents``."""

_PARTY_COLUMNS = {
    "name": "name",
    "born_on": "born_on",
    "id_number": "id_no",
    "residence": "address",
    "address": "address",
}
"""Columns of a document's person, and the facts of 登记当事人 they are taken from."""


def known(who: Acting, matter: Matter | None) -> Known:
    """Everything a document of this matter may be filled with; of no matter, only the office and the day."""
    above = who.user.office.parent
    today = matters.today(who).isoformat()
    found: dict[str, Any] = {
        "office": {"name": who.user.office.name, "upper": above.name if above else ""},
        "today": today,
    }
    if matter is None:
        return found | {"matter": {"handler": who.user.name}}
    casebook = matters.casebook_of(matter)
    facts: dict[str, str] = {}
    labels: dict[str, str] = {}
    people: dict[str, dict[str, str]] = {}
    for act, kind in _acts(casebook):
        if kind.key == "party":
            people[str(act.facts.get("name", ""))] = {name: _written(value) for name, value in act.facts.items()}
        for name, value in act.facts.items():
            fact = kind.fact(name)
            shown = (fact.show(value) if not hasattr(value, "isoformat") else value.isoformat()) if fact else ""
            if fact and shown:
                facts[name] = labels[fact.label] = shown
    parties: dict[str, list[dict[str, str]]] = {}
    for party in matters.parties(matter):
        row = (
            people.get(party.name, {})
            | {"name": party.name}
            | ({"born_on": party.born_on.isoformat()} if party.born_on else {})
        )
        parties.setdefault(party.role, []).append(row)
    return found | {
        "matter": {
            "number": matter.number,
            "title": matter.title,
            "procedure": casebook.procedure.title if casebook else "",
            "department": matter.department,
            "handler": matter.handler.name if matter.handler else "",
            "accepted_on": matter.opened_on.isoformat(),
        },
        "facts": facts,
        "labels": labels,
        "parties": parties,
        "names": {role: "、".join(row["name"] for row in rows) for role, rows in parties.items()},
        "documents": _issued(matter),
    }


def prefilled(kind: Kind, known_of: Known) -> dict[str, Any]:
    """The values of the fields that the matter already knows."""
    values = {}
    for field in kind.fields:
        value = _value(field, known_of)
        if value not in (None, "", []):
            values[field.name] = value
    return values


def _value(field: Field, known_of: Known) -> Any:
    for source in field.sources:
        if (found := _followed(source, known_of)) not in (None, "", []):
            return _rows(field, found) if field.kind is FieldKind.ROWS else found
    if field.kind is FieldKind.ROWS:
        return _rows(field, known_of.get("parties", {}).get(field.label, []))
    found = known_of.get("labels", {}).get(field.label)
    if found and field.kind in (FieldKind.CHOICE, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.YES):
        return found if found in field.options else None
    return [line for line in found.split("\n") if line.strip()] if found and field.kind is FieldKind.LINES else found


def _followed(path: str, known_of: Known) -> Any:
    found: Any = known_of
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _rows(field: Field, people: Any) -> list[dict[str, str]]:
    if not isinstance(people, list):
        return []
    return [{c.name: _cell(c, person) for c in field.columns} for person in people]


def _cell(column: Column, person: Mapping[str, str]) -> str:
    return person.get(_PARTY_COLUMNS.get(column.name, column.name), "")


def _acts(casebook: matters.Casebook | None) -> list[tuple[Act, ActKind]]:
    if casebook is None:
        return []
    kinds = casebook.procedure.acts
    return [(act, kinds[act.kind]) for act in in_force(casebook.acts) if act.kind in kinds]


def _written(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def _issued(matter: Matter) -> dict[str, dict[str, str]]:
    """The documents of the matter that have a number, the latest of each title."""
    rows = Document.objects.filter(matter=matter, issued_on__isnull=False).exclude(status="void").order_by("pk")
    return {
        plain(row.title): {"number": row.number, "issued_on": row.issued_on.isoformat()}
        for row in rows
        if row.issued_on
    }
