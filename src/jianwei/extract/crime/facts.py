"""What is read of one defendant; every value with its span."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from jianwei.extract.judgment import Count, Day, Flag, Text
from jianwei.extract.leaf import json_of


@dataclass(slots=True)
class Custody:
    """One measure told in the header. ``same_act``: whether it was for the case judged here; ``None`` when unclear.

    ``kind``: 抓获 (also 传唤, 投案, 到案), 羁押, 刑事拘留, 批准逮捕 (approved, carried out later), 未执行逮捕 (never taken in), 逮捕, 取保候审,
    监视居住, 指定居所监视居住, 释放, 行政拘留, 司法拘留, 留置, 管护, 强制隔离戒毒, 收监, 劳动教养.
    """

    kind: Text
    on: Day | None = None
    until: Day | None = None
    same_act: bool | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": json_of(self.kind),
            "on": json_of(self.on),
            "until": json_of(self.until),
            "same_act": self.same_act,
        }


@dataclass(slots=True)
class Prior:
    """A past sentence told in the header. A date told by month alone is that month's first day."""

    charge: Text | None = None
    penalty: Text | None = None
    months: Count | None = None
    extra_days: Count | None = None
    life_or_death: Text | None = None
    probation_months: Count | None = None
    decided_on: Day | None = None
    released_on: Day | None = None
    paroled_on: Day | None = None
    parole_end_on: Day | None = None
    court: Text | None = None
    case_no: Text | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: json_of(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(slots=True)
class Sentence:
    """One item of a sentence. ``total``: the one to be executed of several (决定执行). ``earlier``: of an earlier case."""

    charges: list[Text] = field(default_factory=list)
    penalty: Text | None = None
    months: Count | None = None
    extra_days: Count | None = None
    life_or_death: Text | None = None
    probation_months: Count | None = None
    fine_fen: Count | None = None
    confiscation: Text | None = None
    deprivation: Text | None = None
    total: bool = False
    earlier: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "charge": json_of(self.charges[0]) if self.charges else None,
            "charges": [json_of(charge) for charge in self.charges],
            "penalty": json_of(self.penalty),
            "months": json_of(self.months),
            "extra_days": json_of(self.extra_days),
            "life_or_death": json_of(self.life_or_death),
            "probation_months": json_of(self.probation_months),
            "fine_fen": json_of(self.fine_fen),
            "confiscation": json_of(self.confiscation),
            "deprivation": json_of(self.deprivation),
            "total": self.total,
            "earlier": self.earlier,
        }


@dataclass(slots=True)
class Defendant:
    """One defendant: who, for what, which sentence is executed, and what the header and the reasons tell.

    ``source``: 本判 when the sentence is this document's, 原判 when an upheld sentence is quoted in it.
    ``ban``: 从业禁止 or 禁止令, with ``ban_text``.
    """

    name: Text
    role: Text | None = None
    alias: list[Text] = field(default_factory=list)
    born_on: Day | None = None
    occupation: Text | None = None
    domicile: Text | None = None
    address: Text | None = None
    idno: Text | None = None
    charges: list[Text] = field(default_factory=list)
    penalty: Text | None = None
    months: Count | None = None
    extra_days: Count | None = None
    life_or_death: Text | None = None
    probation_months: Count | None = None
    fine_fen: Count | None = None
    confiscation: Text | None = None
    deprivation: Text | None = None
    term_start_on: Day | None = None
    term_end_on: Day | None = None
    circumstances: list[Text] = field(default_factory=list)
    custody: list[Custody] = field(default_factory=list)
    custody_days: Count | None = None
    held_at: Text | None = None
    priors: list[Prior] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    crime_on: Day | None = None
    crime_last_on: Day | None = None
    ban: Text | None = None
    ban_text: Text | None = None
    restitution: Text | None = None
    attached_civil: Flag | None = None
    source: Text | None = None

    def as_json(self) -> dict[str, Any]:
        """Without ``custody`` and ``sentences``: the judgment lists those by defendant."""
        told: dict[str, Any] = {
            name: None if leaf is None else json_of(leaf) for name, leaf in zip(_LEAVES, _leaves(self), strict=True)
        }
        told["alias"] = list(map(json_of, self.alias))
        told["charges"] = list(map(json_of, self.charges))
        told["circumstances"] = list(map(json_of, self.circumstances))
        told["priors"] = [prior.as_json() for prior in self.priors]
        return told


_LISTS = ("alias", "charges", "circumstances", "priors")
_LEAVES = tuple(name for name in Defendant.__dataclass_fields__ if name not in (*_LISTS, "custody", "sentences"))
_leaves = attrgetter(*_LEAVES)


@dataclass(slots=True)
class Listed:
    """The items of one kind that belong to one defendant."""

    name: Text
    items: list[Custody] | list[Sentence]

    def as_json(self) -> dict[str, Any]:
        return {"name": json_of(self.name), "items": [item.as_json() for item in self.items]}
