"""Parties of a document without a party block: from its title, and from the sentences that name them by position.

The official site prints many documents without the block. A name met twice is taken where its end is certain; a short
form gives way to the full name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianwei.extract.judgment import Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.mention import ALIAS, MENTION, STRONG, Name, name_at, names_at
from jianwei.extract.parts.roles import NOT_PARTIES, kind_of
from jianwei.extract.text import Doc, normalise

_OBJECT = re.compile(
    r"(?:因诉|因与|(?<![上申起反自应胜败撤])诉(?!讼|称|人|争|请|求|辩|至|状)|申请(?:强制)?执行(?!人)|与|不服)"
)
_PLEADS = re.compile(
    r"(?:（[^）]{1,20}）)?(?:[^，。；\n]{0,12})(?:辩称|述称|诉称|答辩|负担|承担|拒不到庭|未到庭|到庭|的起诉|的再审|的诉讼请求|的上诉|送达)"
)
_JOIN = re.compile(r"、|与|诉|申请(?:强制)?执行|等与|等诉|，|和|不服")
_MOST = 300
"""Mentions looked at; *chosen*: a document that needs more has a party block."""


def narrated(doc: Doc, title: str = "") -> list[Party]:
    """The parties that the sentences of ``doc`` name. ``title``: as the publisher gives it, else the text's own."""
    names: list[Name] = []
    for section, (start, end) in enumerate(((doc.record, doc.facts), (doc.facts, doc.tail))):
        for match in MENTION.finditer(doc.norm, start, min(end, start + 20_000)):
            if match["role"] in NOT_PARTIES:
                continue
            if len(names) > _MOST:
                break
            listed = names_at(doc.norm, match.end(), end, match["role"], section)
            for name in listed:
                name.mention = match.start()
            names.extend(listed)
    names.extend(_unlabelled(doc))
    aliases = {match["alias"] for match in ALIAS.finditer(doc.norm, doc.record, doc.tail)}
    names = [name for name in names if name.value not in aliases]
    title = normalise(title)
    whole = bool(title) and "等" not in title
    return _settle(doc, names, _titled(title or _first_line(doc)), whole)


def _first_line(doc: Doc) -> str:
    line = doc.norm[: max(0, doc.norm.find("\n", 0, 200))]
    return line if line.endswith("书") and len(line) > 12 else ""


def _unlabelled(doc: Doc) -> list[Name]:
    """甲因诉乙局…一案: the subject and the object of a sentence that uses no positions."""
    norm = doc.norm
    at = norm.find("一案", doc.record, min(doc.facts, doc.record + 1200))
    if at < 0 and MENTION.match(doc.norm, doc.record):
        at = doc.norm.find("。", doc.record, min(doc.tail, doc.record + 300))
    if at < 0:
        return []
    start = max(norm.rfind("。", doc.record, at), norm.rfind("\n", doc.record, at), doc.record - 1) + 1
    found: list[Name] = []
    if not MENTION.match(norm, start) and not norm.startswith("本院", start):
        found.extend(names_at(norm, start, at, "", 0))
    for match in _OBJECT.finditer(norm, start, at):
        if norm[match.end() : match.end() + 2] in ("被告", "被上", "被申", "原告", "第三") or MENTION.match(
            norm, match.end()
        ):
            continue
        if not found and not MENTION.match(norm, start):
            continue
        objects = names_at(norm, match.end(), at, "", 0)
        if match.group() in ("与", "不服"):
            objects = [name for name in objects if STRONG.search(name.value) and not name.value.endswith("法院")]
        found.extend(objects)
    return found


def _titled(title: str) -> list[Name]:
    """甲、乙局行政处罚一审行政判决书: the names a title begins with."""
    found: list[Name] = []
    at = 0
    while at < len(title) and len(found) < 40:
        role = MENTION.match(title, at)
        at = role.end() if role else at
        name = name_at(title, at, len(title), role["role"] if role else "", 2)
        if name is None:
            break
        found.append(name)
        join = _JOIN.match(title, name.start + len(name.value))
        if join is None:
            break
        at = join.end()
    return found


def _settle(doc: Doc, names: list[Name], titled: list[Name], whole: bool) -> list[Party]:
    """``whole``: the title names everybody."""
    certain = dict.fromkeys(name.value for name in names if name.certain)
    for name in names:
        if not name.certain:
            better = [value for value in certain if name.value.startswith(value) or value.startswith(name.value)]
            if better:
                name.value = max(better, key=len)
                name.certain = True
    kept: list[Name] = []
    sides: set[str] = set()
    mentions: set[int] = set()
    for name in names:
        pleads = _PLEADS.match(doc.norm, name.start + len(name.value)) is not None
        if name.section == 0 or pleads or _side(name.role) not in sides or name.mention in mentions:
            kept.append(name)
            sides.add(_side(name.role))
            mentions.add(name.mention)
    longest: dict[str, str] = {}
    values = dict.fromkeys(name.value for name in [*names, *titled])
    for value in values:
        longer = [other for other in values if len(other) > len(value) and _abbreviates(value, other)]
        longest[value] = max(longer, key=len) if longer else value
    found: dict[str, Party] = {}
    roles: dict[str, str] = {}
    for name in kept:
        value = longest.get(name.value, name.value)
        roles.setdefault(value, name.role)
        if not roles[value] and name.role:
            roles[value] = name.role
    for name in [*kept, *titled]:
        full = not whole and len(found) >= 2 and not any(_abbreviates(other, name.value) for other in found)
        value = longest.get(name.value, name.value)
        if value in found or (name.section == 2 and full):
            continue
        unsure = whole and not name.role and name.section != 2 and not STRONG.search(value)
        if unsure and all(value != other.value for other in titled):
            continue
        at = doc.norm.find(value)
        if at < 0 and name.section != 2:
            at = name.start
        role = roles.get(value) or _guess(len(found), doc)
        leaf = Leaf(value, at, at + len(value)) if at >= 0 else Leaf(value, 0, 0)
        found[value] = Party(Leaf(role, leaf.start, leaf.end), leaf, Leaf(kind_of(value), leaf.start, leaf.end))
    return list(found.values())


def _side(role: str) -> str:
    if "第三" in role:
        return "第三人"
    return "被" if role.startswith("被") or "被" in role else "原"


def _abbreviates(short: str, full: str) -> bool:
    """市监局 abbreviates 仙居县市场监督管理局: the same last character and a subsequence of it."""
    if (
        not 3 <= len(short) <= 8
        or len(full) < 6
        or short in full
        or short[-1] != full[-1]
        or full.startswith(short[:2])
        or "人民政府" in short
        or len(full) > 4 * len(short)
    ):
        return False
    at = 0
    for c in short:
        at = full.find(c, at) + 1
        if at == 0:
            return False
    return True


def _guess(position: int, doc: Doc) -> str:
    if "上诉" in doc.norm[doc.record : doc.facts]:
        return "被上诉人" if position else "上诉人"
    if "再审" in doc.norm[doc.record : doc.facts]:
        return "被申请人" if position else "再审申请人"
    if "申请" in doc.norm[doc.record : doc.facts] and "执行" in doc.norm[doc.record : doc.facts]:
        return "被执行人" if position else "申请执行人"
    return "被告" if position else "原告"


def named_by_publisher(doc: Doc, told: list[Party], published: Sequence[str]) -> list[Party]:
    """One party for each published name; positions from the sentences, a name that is not printed has an empty span."""
    by_name = {party.name.value: party for party in told}
    found: list[Party] = []
    for position, name in enumerate(dict.fromkeys(published)):
        party = by_name.get(name)
        if party is None:
            at = max(doc.norm.find(name, doc.record), 0) if name else 0
            end = at + len(name) if doc.norm.startswith(name, at) else at
            leaf = Leaf(name, at, end)
            short = next((p for p in told if p.name.value not in published and _abbreviates(p.name.value, name)), None)
            role = short.role if short else Leaf(_guess(position, doc), at, end)
            party = Party(role, leaf, Leaf(kind_of(name), at, end))
        found.append(party)
    return found
