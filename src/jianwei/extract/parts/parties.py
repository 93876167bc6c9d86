"""Parties with their agents, from the party block, else from the sentence that tells of the case."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.agents import AGENT, HEAD, add_agents
from jianwei.extract.parts.narration import narrated
from jianwei.extract.parts.person import named, particulars
from jianwei.extract.parts.roles import NOT_PARTIES, ROLE, kind_of
from jianwei.extract.text import Doc

_BODY = (
    rf"(?:(?P<role>{ROLE})(?P<order>[一二三四五六七八九十]{{1,2}}(?=[：（ ])|[0-9]{{1,2}}(?=[：:.、 ]))?"
    rf"|(?P<head>{HEAD})|(?P<agent>{AGENT}))"
    r"(?P<alias>(?: ?（(?:原审|一审|二审|反诉|本诉|下称|以下|被|申请|再审|上诉|异议|执行|原|兼|案外|仲裁|特别授权|一般|代理权限|公益|赔偿)[^）\n]{0,40}）){0,3})"
    r" ?[：:]? ?"
)
_FIRST = re.compile(_BODY)
_ENTRY = re.compile(r"(?<=[\n 。；;:：，.×xX*＊）\d号])" + _BODY)


def parties(doc: Doc) -> list[Party]:
    """The parties in the order printed, a name once."""
    found = _block(doc)
    return found or narrated(doc)


def _block(doc: Doc) -> list[Party]:
    norm = doc.norm
    first = _FIRST.match(norm, doc.parties, doc.record)
    marks = [first] if first else []
    marks.extend(_ENTRY.finditer(norm, first.end() if first else doc.parties, doc.record))
    found: list[Party] = []
    by_name: dict[str, Party] = {}
    if not marks:
        return found
    edges = [mark.start() for mark in marks[1:]] + [doc.record]
    current: list[Party] = []
    for mark, edge in zip(marks, edges, strict=True):
        if mark["role"]:
            names = named(norm, mark.end(), edge)
            if not names:
                continue
            if mark["role"] in NOT_PARTIES:
                current = []
                continue
            role = Leaf(mark["role"], mark.start("role"), mark.end("role"))
            current = []
            for name in names:
                party = by_name.get(name.value)
                if party is None:
                    party = Party(role, name)
                    by_name[name.value] = party
                    found.append(party)
                current.append(party)
            particulars(norm, names[-1].end, edge, current[-1])
        elif mark["head"]:
            names = named(norm, mark.end(), edge)
            if names and current:
                for party in current:
                    if party.representative is None:
                        party.representative = names[0]
                    if mark["head"] in ("经营者", "业主"):
                        party.kind = Leaf("个体工商户", mark.start("head"), mark.end("head"))
        elif mark["agent"]:
            add_agents(norm, mark, edge, found, current)
    for party in found:
        if party.kind is None:
            value = kind_of(party.name.value, person=party.born_on is not None)
            party.kind = Leaf(value, party.name.start, party.name.end)
    return found
