"""Cited law: every article in the sentence of legal basis, 依照…之规定，判决如下."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Statute
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import NUMERAL, number
from jianwei.extract.text import Doc

_N = rf"[{NUMERAL}0-9]"
_TOKEN = re.compile(
    rf"(?P<law>《(?:[^《》〈〉\n]|〈[^〈〉\n]{{0,60}}〉|《[^《》\n]{{0,60}}》){{1,90}}》)"
    rf"|第(?P<article>{_N}{{1,9}}) ?条(?P<bis>(?:之{_N}{{1,2}})?)"
    rf"|第(?P<clause>{_N}{{1,4}}|（{_N}{{1,4}}）) ?(?P<unit>[款项目])"
    rf"|(?P<bare>刑事诉讼法|民事诉讼法|行政诉讼法|刑法|民法典|合同法|担保法|物权法|民法通则|民法总则|侵权责任法|婚姻法|公司法|劳动合同法|劳动法|保险法|道路交通安全法|行政强制法|行政处罚法)(?=第|（)"
    rf"|(?P<list>[、，和及与至] ?(?P<next>{_N}{{2,9}}) ?条)"
)
_BASIS = re.compile(r"(?:依照|依据|根据|按照|适用)")
_STATE = "中华人民共和国"


def statutes(doc: Doc) -> list[Statute]:
    """The articles of the legal basis, each once, in order."""
    start = _basis_start(doc)
    found: list[Statute] = []
    seen: set[tuple[str, str]] = set()
    law: Leaf[str] | None = None
    pending: tuple[str, int, int, int] | None = None
    for match in _TOKEN.finditer(doc.norm, start, doc.ruling):
        if match["law"]:
            pending = _close(pending, law, found, seen)
            law = Leaf(law_name(match["law"]), match.start(), match.end())
        elif match["bare"]:
            pending = _close(pending, law, found, seen)
            law = Leaf(_full(match["bare"]), match.start(), match.end())
        elif match["article"] or match["next"]:
            pending = _close(pending, law, found, seen)
            value = number(match["article"] or match["next"])
            if value:
                at = match.start() if match["article"] else match.start("next")
                pending = (doc.norm[at : match.end()].replace(" ", ""), value, at, match.end())
                if match["next"]:
                    pending = ("第" + pending[0], value, at, match.end())
        elif pending and match.start() - pending[3] <= 1:
            if pending[0].endswith(match["unit"]) and doc.norm[match.start() - 1] in "、，和及":
                _close(pending, law, found, seen)
                base = pending[0][: pending[0].rfind("第")]
                pending = (base + match.group().replace(" ", ""), pending[1], match.start(), match.end())
            elif doc.norm[match.start() - 1] not in "、，":
                pending = (pending[0] + match.group().replace(" ", ""), pending[1], pending[2], match.end())
    _close(pending, law, found, seen)
    return found


def _close(
    pending: tuple[str, int, int, int] | None, law: Leaf[str] | None, found: list[Statute], seen: set[tuple[str, str]]
) -> None:
    if pending is None or law is None:
        return
    article, value, start, end = pending
    if (law.value, article) not in seen:
        seen.add((law.value, article))
        found.append(Statute(law, Leaf(article, start, end), Leaf(value, start, end)))


def _basis_start(doc: Doc) -> int:
    """Where the last sentence before the ruling opens its 依照."""
    low = max(doc.facts, doc.ruling - 4000)
    stop = doc.norm.rfind("。", low, max(low, doc.ruling - 12))
    last = None
    for match in _BASIS.finditer(doc.norm, max(low, stop), doc.ruling):
        last = match
        break
    return last.start() if last else max(low, stop)


def law_name(printed: str) -> str:
    """``《中华人民共和国刑法》`` → 中华人民共和国刑法; a known short form is written out."""
    name = printed.strip("《》 ").replace(" ", "")
    name = name.replace("《", "〈").replace("》", "〉")
    return _full(name)


_SHORT = {
    name: _STATE + name
    for name in [
        "刑法",
        "刑事诉讼法",
        "民事诉讼法",
        "行政诉讼法",
        "民法典",
        "合同法",
        "担保法",
        "物权法",
        "民法通则",
        "民法总则",
        "侵权责任法",
        "婚姻法",
        "公司法",
        "劳动合同法",
        "劳动法",
        "保险法",
        "道路交通安全法",
        "行政强制法",
        "行政处罚法",
        "企业破产法",
        "票据法",
        "商标法",
        "继承法",
    ]
}


def _full(name: str) -> str:
    return _SHORT.get(name, name)
