"""Parties with their agents, from the party block, else from the sentence that tells of the case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianwei.extract.judgment import Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.agents import AGENT, HEAD, add_agents
from jianwei.extract.parts.narration import named_by_publisher, narrated
from jianwei.extract.parts.person import named, particulars
from jianwei.extract.parts.roles import NOT_PARTIES, ROLE, kind_of
from jianwei.extract.text import Doc

_ENTRY_FORM = (
    r"(?:(?P<agent>%s)"
    rf"|(?P<role>{ROLE})(?P<order>[一二三四五六七八九十]{{1,2}}(?=[：（ ])|[0-9]{{1,2}}(?=[：:.、 ]))?|(?P<head>{HEAD}))"
    r"(?P<alias>(?: ?（(?:原审|一审|二审|反诉|本诉|下称|以下|被|申请|再审|上诉|异议|执行|原|兼|案外|仲裁|特别授权|一般|代理权限|公益|赔偿|第三人|债)[^）\n]{0,40}）){0,3})"
    r" ?：? ?"
)
_ENTRY = re.compile(_ENTRY_FORM % AGENT)
_ENTRY_OF_PARTY = re.compile(_ENTRY_FORM % r"(?!)")
_AGENT_WITHIN = 64
"""Where an entry begins with words for an agent, those end within so many characters."""
_BOUNDARY = re.compile(
    r"[\n 。；：，.×xX*＊）0-9号](?=[原被上公附抗赔复一二两三四五六七八九十申再强异利案执反第自起债罪买协法主行出诉负经业投委特指代监前以各全共])"
)
_GLUED = (
    *("原告：", "被告：", "第三人：", "上诉人：", "申请人：", "被申请人：", "申请执行人：", "被执行人："),
    *("委托诉讼代理人：", "委托代理人：", "法定代表人：", "负责人："),
)
_SHARED = re.compile(
    r"(?:上述|上列|以上|[二两三四五六各])(?:原告|被告|上诉人|被上诉人|申请人|第三人)[^，。；：\n ]{0,12}\Z"
)


def parties(doc: Doc, published: Sequence[str] = (), title: str = "") -> list[Party]:
    """The parties in the order printed, a name once. ``published``: their names as the publisher of a text without a
    party block gives them, which then decide who is a party."""
    found = _block(doc)
    if found:
        return found
    told = narrated(doc, title)
    return named_by_publisher(doc, told, published) if published else told


def _block(doc: Doc) -> list[Party]:
    norm = doc.norm
    marks = _marks(norm, doc.parties, doc.record)
    if not marks:
        return []
    edges = [*(mark.start() for mark in marks), doc.record][1:]
    found: list[Party] = []
    met: dict[str, list[Party]] = {}
    current: list[Party] = []
    for mark, edge in zip(marks, edges, strict=True):
        if mark["agent"]:
            add_agents(norm, mark, edge, found, current)
        elif mark["head"]:
            _head(norm, mark, edge, current)
        elif mark["role"] in NOT_PARTIES:
            current = []
        else:
            current = _entry(norm, mark, edge, found, met) or current
    for party in found:
        if party.kind is None:
            value = kind_of(party.name.value, person=party.born_on is not None)
            party.kind = Leaf(value, party.name.start, party.name.end)
    return found


def _marks(norm: str, start: int, end: int) -> list[re.Match[str]]:
    """Where entries begin: after a boundary, or, glued to what stands before, at a position with a colon."""
    places = [start]
    places.extend(match.end() for match in _BOUNDARY.finditer(norm, start, end))
    at = norm.find("：", start, end)
    while at >= 0:
        glued = norm.endswith(_GLUED, max(start, at - 8), at + 1)
        label = next(label for label in _GLUED if norm.endswith(label, start, at + 1)) if glued else ""
        if (
            label
            and at + 1 - len(label) > start
            and (label[0] == "委" or norm[at - len(label)] not in "被反申诉上共再同公自原请")
        ):
            begin = at + 1 - len(label)
            shared = _SHARED.search(norm, max(start, begin - 24), begin) if label.startswith("委托") else None
            places.append(shared.start() if shared else begin)
        at = norm.find("：", at + 1, end)
    found: list[re.Match[str]] = []
    floor = start
    for place in sorted(set(places)):
        if place < floor:
            continue
        near = norm[place : place + _AGENT_WITHIN]
        entry = _ENTRY if "代理人" in near or "监护人" in near else _ENTRY_OF_PARTY
        match = entry.match(norm, place, end)
        if match:
            found.append(match)
            floor = match.end()
    return found


def _entry(norm: str, mark: re.Match[str], edge: int, found: list[Party], met: dict[str, list[Party]]) -> list[Party]:
    """The party or parties of one entry; one already met is the same unless birth or address say otherwise."""
    names = named(norm, mark.end(), edge)
    role = Leaf(mark["role"], mark.start("role"), mark.end("role"))
    current = []
    for name in names:
        party = Party(role, name)
        if name is names[-1]:
            particulars(norm, name.end, edge, party)
            if party.address and party.address.value.startswith("同上"):
                party.address = found[-1].address if found else None
        known = next((other for other in met.get(name.value, ()) if _same(other, party)), None)
        if known is None:
            found.append(party)
            met.setdefault(name.value, []).append(party)
        current.append(known or party)
    return current


def _same(one: Party, other: Party) -> bool:
    return all(
        a is None or b is None or a.value == b.value for a, b in ((one.born_on, other.born_on), (one.idno, other.idno))
    )


def _head(norm: str, mark: re.Match[str], edge: int, current: list[Party]) -> None:
    """法定代表人, 负责人, 经营者 of the party just named."""
    names = named(norm, mark.end(), edge)
    if not names or not current:
        return
    party = current[-1]
    if party.representative is None:
        party.representative = names[0]
    if mark["head"] in ("经营者", "业主"):
        party.kind = Leaf("个体工商户", mark.start("head"), mark.end("head"))
