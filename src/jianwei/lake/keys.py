"""Who a row speaks of: the identity key that the lake writes beside a name.

``id:…`` a valid number · ``org:…`` an organisation by its full name · ``nbp:…`` name, birth and county · ``agent:…``
name and firm or address · else ``row:…``, which is nobody but this row. Never a person's name alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from jianwei.lake.place import county
from jianwei.lake.secret import Keys
from jianwei.records import Identity, Record
from jianwei.records.identifiers import birth, identity_number, place
from jianwei.records.names import former_names, is_organisation, normal_name

_ALWAYS_ORGANISATIONS = frozenset({"company", "lender", "employer_key"})
_REGISTRIES = frozenset({"company", "licensed_lender", "company_role"})
_ELSEWHERE = {"firm": "addr", "agent_addr": "agent_firm"}
"""Where an agent's second mark stands when the first column is empty."""

REGISTERED, MENTIONED = 0, 1
"""How good the evidence is that a name belongs to a number: from a registry, or from any other row."""

Alias = tuple[str, str, int, str]
"""(a key by name, the key by number that it stands for, how good the evidence is, the digest of the source)."""


@dataclass(frozen=True)
class Who:
    """What a row says of one person or organisation."""

    name: str | None
    idno: str | None = None
    born_on: dt.date | None = None
    address: str | None = None
    kind: str | None = None


class Identifier:
    """Gives the keys of one ``Identity`` of one record."""

    def __init__(self, record: type[Record], identity: Identity, keys: Keys) -> None:
        self.identity = identity
        self.keys = keys
        self.organisation = identity.key in _ALWAYS_ORGANISATIONS
        self.agent = identity.place is not None and identity.born_on is None
        self.kind = "kind" if record.table == "civ_party" else None
        self.place_else = _ELSEWHERE.get(identity.place or "")
        self.rank = REGISTERED if record.table in _REGISTRIES else MENTIONED

    def key(self, who: Who, row_id: str) -> str | None:
        """The key, or None when the row names nobody here."""
        number = identity_number(who.idno) if who.idno else None
        if number:
            return "id:" + self.keys.hash(number)
        name = normal_name(who.name) if who.name else ""
        if not name:
            return None if not who.idno else f"row:{row_id}/{self.identity.key}"
        if self.organisation or is_organisation(name, who.kind):
            return "org:" + name
        if self.agent:
            if who.address:
                return "agent:" + self.keys.hash(f"{name}|{normal_name(who.address)}")
        elif who.born_on:
            where = county(who.address) if who.address else None
            if where:
                return self._by_birth(name, who.born_on, where)
        return f"row:{row_id}/{self.identity.key}"

    def aliases(self, who: Who, digest: str) -> Iterator[Alias]:
        """The keys by name under which somebody with this row's number may appear elsewhere."""
        number = identity_number(who.idno) if who.idno else None
        if not number or not who.name:
            return
        entity, name = "id:" + self.keys.hash(number), normal_name(who.name)
        born = birth(number)
        if born is None:
            for each in (name, *former_names(who.name)):
                yield "org:" + each, entity, self.rank, digest
            return
        for each in (name, *former_names(who.name)):
            yield self._by_birth(each, born, place(number) or ""), entity, MENTIONED, digest
        where = county(who.address) if who.address and not self.agent else None
        if where and where != place(number):
            yield self._by_birth(name, born, where), entity, MENTIONED, digest

    def _by_birth(self, name: str, born_on: dt.date, where: str) -> str:
        return "nbp:" + self.keys.hash(f"{name}|{born_on:%Y%m%d}|{where}")
