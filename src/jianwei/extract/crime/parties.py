"""The defendants as parties, with their counsel and guardians, in place of what the general reader made of the header."""

from __future__ import annotations

import re

from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.facts import Defendant
from jianwei.extract.crime.header import Block
from jianwei.extract.judgment import Agent, Judgment, Party, Text

_NAMES = re.compile(r"(?:（[^）]{1,24}）)?[：]?(?P<names>[^，。；：（）]{2,40})")
_FIRM = re.compile(
    r"(?<=[，；）系])(?:分别)?(?:系|均为|均系|为)?(?P<firm>[^，。；（）]{2,30}?(?:（[^）]{2,6}）)?(?:律师事务所|事务所|法律援助中心|法律服务所|法律援助处))"
)
_KINDS = (("实习律师", "实习律师"), ("法律工作者", "法律工作者"), ("律师", "律师"))
_KIN = re.compile(r"[父母妻夫兄弟姐妹子女]|近亲属|亲属|配偶")


def settle(judgment: Judgment, header: Compact, blocks: list[Block], people: dict[str, Defendant]) -> None:
    """Put one party for each defendant first, then the other parties (附带民事诉讼原告人, 自诉人)."""
    told = {party.name.value: party for party in judgment.parties}
    found: list[Party] = []
    for block in blocks:
        defendant = people[block.name]
        party = told.pop(block.name, None) or Party(defendant.role or defendant.name, defendant.name)
        party.role = defendant.role or party.role
        party.born_on = defendant.born_on or party.born_on
        party.address = defendant.address or defendant.domicile
        party.idno = party.idno or defendant.idno
        company = "单位" in block.role
        party.kind = header.leaf("法人" if company else "自然人", *block.name_at)
        counsel = _counsel(header, block)
        known = {agent.name.value for agent in counsel}
        party.agents = counsel + [agent for agent in party.agents if agent.name.value not in known]
        found.append(party)
    if not blocks:
        nameless = ((told.pop(name) if name in told else None, who.name) for name, who in people.items())
        found = [party or Party(name.as_value("被告人"), name) for party, name in nameless]
    names = tuple(people)
    others = [party for name, party in told.items() if not name.startswith(names)]
    judgment.parties = found + others


def _counsel(header: Compact, block: Block) -> list[Agent]:
    agents: list[Agent] = []
    for start, after, end in block.counsel:
        names = _NAMES.match(header.text, after, end)
        if names is None:
            continue
        label = header.text[start:after]
        told = header.text[names.end() : end]
        firm_at = _FIRM.search(header.text, names.end(), end)
        firm: Text | None = header.leaf(firm_at["firm"], *firm_at.span("firm")) if firm_at else None
        kind = _kind(header, label, told, start, after, names.end())
        at = names.start("names")
        for name in names["names"].split("、"):
            if len(name) >= 2:
                agents.append(Agent(header.leaf(name, at, at + len(name)), kind, firm))
            at += len(name) + 1
    return agents


def _kind(header: Compact, label: str, told: str, start: int, after: int, at: int) -> Text | None:
    if label.endswith(("法定代理人", "诉讼代表人")):
        return header.leaf("法定代理人" if label.endswith("法定代理人") else "员工", start, after)
    for word, value in _KINDS:
        position = told.find(word)
        if position >= 0:
            return header.leaf(value, at + position, at + position + len(word))
    kin = _KIN.search(told)
    return header.leaf("近亲属", at + kin.start(), at + kin.end()) if kin else None
