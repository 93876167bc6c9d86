"""What is read from one document of a court. Every field that is there carries its span."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from jianwei.extract.leaf import Leaf, json_of

Text = Leaf[str]
Day = Leaf[dt.date]
Count = Leaf[int]
Flag = Leaf[bool]


class Part(Protocol):
    """A structured piece of a judgment that knows its own JSON."""

    def as_json(self) -> dict[str, Any]: ...


@dataclass(slots=True)
class Agent:
    """A representative in the proceedings. ``kind``: 律师, 实习律师, 法律工作者, 员工, 近亲属, 公民代理, 法定代理人."""

    name: Text
    kind: Text | None = None
    firm: Text | None = None
    address: Text | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": json_of(self.name),
            "kind": json_of(self.kind),
            "firm": json_of(self.firm),
            "address": json_of(self.address),
        }


@dataclass(slots=True)
class Party:
    """A party. ``kind``: 自然人, 法人, 其他组织, 个体工商户, 行政机关."""

    role: Text
    name: Text
    kind: Text | None = None
    born_on: Day | None = None
    address: Text | None = None
    idno: Text | None = None
    representative: Text | None = None
    agents: list[Agent] = field(default_factory=list)
    absent: Flag | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "role": json_of(self.role),
            "kind": json_of(self.kind),
            "name": json_of(self.name),
            "born_on": json_of(self.born_on),
            "address": json_of(self.address),
            "idno": json_of(self.idno),
            "representative": json_of(self.representative),
            "agents": [agent.as_json() for agent in self.agents],
            "absent": json_of(self.absent),
        }


@dataclass(slots=True)
class Judge:
    """One who signed. ``role``: 审判长, 审判员, 代理审判员, 助理审判员, 人民陪审员, 执行员, 执行长."""

    role: Text
    name: Text

    def as_json(self) -> dict[str, Any]:
        return {"role": json_of(self.role), "name": json_of(self.name)}


@dataclass(slots=True)
class Amount:
    """Money with its part in the case. ``role``: principal, claimed, decided, fee, interest, paid, executed."""

    role: Text
    fen: Count

    def as_json(self) -> dict[str, Any]:
        return {"role": json_of(self.role), "fen": json_of(self.fen)}


@dataclass(slots=True)
class Statute:
    """One cited article. ``number`` is the article without 款, 项 and 之一; ``basis``: the ruling itself rests on it."""

    law: Text
    article: Text
    number: Count
    basis: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "law": json_of(self.law),
            "article": json_of(self.article),
            "number": json_of(self.number),
            "basis": self.basis,
        }


@dataclass(slots=True)
class Loan:
    """What a private loan was made of. ``delivery``: 现金, 转账, 混合. ``rate`` is per cent a year."""

    loaned_on: Day | None = None
    principal: Count | None = None
    delivered: Count | None = None
    rate: Leaf[float] | None = None
    monthly_per_mille: Leaf[float] | None = None
    rate_text: Text | None = None
    delivery: Text | None = None
    note: Text | None = None
    cut_interest: Flag | None = None
    guarantor: Text | None = None
    payer: Text | None = None
    payee: Text | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: json_of(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(slots=True)
class Judgment:
    """One document. Fields that the text does not give are ``None`` or empty."""

    case_no: Text | None = None
    court: Text | None = None
    doc_type: Text | None = None
    case_type: Text | None = None
    procedure: Text | None = None
    track: Text | None = None
    cause: Text | None = None
    title: Text | None = None
    filed_on: Day | None = None
    heard_on: Day | None = None
    decided_on: Day | None = None
    parties: list[Party] = field(default_factory=list)
    bench: list[Judge] = field(default_factory=list)
    assistants: list[Text] = field(default_factory=list)
    clerk: Text | None = None
    appearance: Text | None = None
    noticed: Flag | None = None
    prelitigation: Flag | None = None
    claims: Text | None = None
    defence: Text | None = None
    amounts: list[Amount] = field(default_factory=list)
    loan: Loan | None = None
    contract: Text | None = None
    contract_on: Day | None = None
    proofs: list[Part] = field(default_factory=list)
    payees: list[Text] = field(default_factory=list)
    transfers: list[Part] = field(default_factory=list)
    base_case_no: Text | None = None
    base_type: Text | None = None
    close_mode: Text | None = None
    statutes: list[Statute] = field(default_factory=list)
    outcome: Text | None = None
    prosecutor: Text | None = None
    indictment_no: Text | None = None
    defendants: list[Part] = field(default_factory=list)
    custody: list[Part] = field(default_factory=list)
    sentences: list[Part] = field(default_factory=list)

    @property
    def judges(self) -> list[Text]:
        return [judge.name for judge in self.bench]

    def as_json(self) -> dict[str, Any]:
        return {
            "case_no": json_of(self.case_no),
            "court": json_of(self.court),
            "doc_type": json_of(self.doc_type),
            "case_type": json_of(self.case_type),
            "procedure": json_of(self.procedure),
            "track": json_of(self.track),
            "cause": json_of(self.cause),
            "title": json_of(self.title),
            "filed_on": json_of(self.filed_on),
            "heard_on": json_of(self.heard_on),
            "decided_on": json_of(self.decided_on),
            "parties": _list(self.parties),
            "judges": [json_of(judge.name) for judge in self.bench],
            "bench": _list(self.bench),
            "assistants": [json_of(name) for name in self.assistants],
            "clerk": json_of(self.clerk),
            "appearance": json_of(self.appearance),
            "noticed": json_of(self.noticed),
            "prelitigation": json_of(self.prelitigation),
            "claims": json_of(self.claims),
            "defence": json_of(self.defence),
            "amounts": _list(self.amounts),
            "loan": None if self.loan is None else self.loan.as_json(),
            "contract": json_of(self.contract),
            "contract_on": json_of(self.contract_on),
            "proofs": _list(self.proofs),
            "payees": [json_of(name) for name in self.payees],
            "transfers": _list(self.transfers),
            "base_case_no": json_of(self.base_case_no),
            "base_type": json_of(self.base_type),
            "close_mode": json_of(self.close_mode),
            "statutes": _list(self.statutes),
            "outcome": json_of(self.outcome),
            "prosecutor": json_of(self.prosecutor),
            "indictment_no": json_of(self.indictment_no),
            "defendants": _list(self.defendants),
            "custody": _list(self.custody),
            "sentences": _list(self.sentences),
        }


def _list(parts: Sequence[Part]) -> list[dict[str, Any]]:
    return [part.as_json() for part in parts]
