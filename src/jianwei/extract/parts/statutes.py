"""Cited law: every article the document cites before the signatures, those of the ruling's own basis marked.

The basis is the sentence 依照…之规定，判决如下. Citations elsewhere (of the court below, in a submission, in the reasons) are
kept apart from it by ``Statute.basis``; the appendix of statutes after the signatures is not read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jianwei.extract.judgment import Statute
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import NUMERAL, number
from jianwei.extract.text import Doc

_N = rf"[{NUMERAL}0-9]"
_CLAUSE = rf"(?:{_N}{{1,4}}|（{_N}{{1,4}}）) ?[款项目]"
_ARTICLE = rf"(?P<article>{_N}{{%s}}) ?(?:条(?P<bis>之{_N}{{1,2}})?%s|(?=(?:、{_N}{{1,9}}){{1,9}}条))(?P<clauses>(?: ?第{_CLAUSE})*)"
_TOKEN = re.compile(
    rf"《(?P<law>[^《》〈〉\n]{{1,90}}(?=》)|(?:[^《》〈〉\n]|〈[^〈〉\n]{{0,60}}〉|《[^《》\n]{{0,60}}》){{1,90}})》"
    rf"|第(?:{_ARTICLE % ('1,9', f'|(?=第{_N}{{1,3}}款)')}|(?P<clause>{_CLAUSE}))"
)
_MORE = re.compile(rf"[、，和及与至]? ?{_ARTICLE % ('2,9', '')}")
_JOINTS = frozenset("、，和及与至 0123456789" + NUMERAL)
_BASIS = re.compile(r"依照|依据|根据|按照|适用")
_LAW = re.compile(
    r"(?:法|法典|解释|规定|条例|办法|意见|细则|决定|通则|总则|纪要|规则|批复|通知|答复|修正案|公约|标准)(?:（[^）]{1,16}）|\(.{1,16}\))*$"
)
_STATE = "中华人民共和国"
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
        "治安管理处罚法",
        "刑诉法",
        "民诉法",
    ]
} | {"刑诉法": _STATE + "刑事诉讼法", "民诉法": _STATE + "民事诉讼法"}
_BARE = tuple(sorted(_SHORT, key=len, reverse=True))

Found = dict[tuple[str, str], Statute]
"""What is cited, by law and printed article."""


def statutes(doc: Doc) -> list[Statute]:
    """The articles of the legal basis in order, then those cited elsewhere; each article of a law once."""
    start = _basis_start(doc)
    found: Found = {}
    _cited(doc.norm, start, doc.ruling, found, basis=True)
    if doc.norm.find("》", doc.parties, start) >= 0 or doc.norm.find("法第", doc.parties, start) >= 0:
        _cited(doc.norm, doc.parties, start, found, basis=False)
    return list(found.values())


def _cited(norm: str, start: int, end: int, found: Found, *, basis: bool) -> None:
    law: Leaf[str] | None = None
    article: Statute | None = None
    at = clear = start
    while match := _TOKEN.search(norm, at, end):
        at = match.end()
        kind = match.lastgroup
        if kind == "law":
            name = law_name(match["law"])
            if basis or _is_law(name):
                law = Leaf(name, match.start(), at)
                clear = at
                article = None
                more = _MORE.match(norm, at, end)
                if more and norm[at] not in "、，和及与至":
                    at = more.end()
                    article = _add(more, law, found, basis)
            continue
        if kind == "clause":
            if article and match.start() - article.article.end <= 1:
                article = _with_clause(norm, match, article, found)
            continue
        begin = match.start()
        if begin and norm[begin - 1] in "法典则" and (bare := _bare_law(norm, begin)):
            law, clear = bare, begin
        elif law and not basis:
            law = None if norm.find("。", clear, begin) >= 0 else law
            clear = begin
        if law is None:
            continue
        article = _add(match, law, found, basis)
        while norm[at : at + 1] in _JOINTS and not match["clauses"] and (match := _MORE.match(norm, at, end)):
            at = match.end()
            article = _add(match, law, found, basis)


def _add(match: re.Match[str], law: Leaf[str], found: Found, basis: bool) -> Statute | None:
    printed, bis, clauses = match.group("article", "bis", "clauses")
    value = number(printed)
    if not value:
        return None
    begin, end = match.span()
    if match.re is _MORE:
        begin = match.start("article")
    words = f"第{printed}条{bis or ''}{clauses.replace(' ', '')}"
    statute = Statute(law, Leaf(words, begin, end), Leaf(value, begin, end), basis)
    found.setdefault((law.value, words), statute)
    return statute


def _with_clause(norm: str, match: re.Match[str], article: Statute, found: Found) -> Statute:
    """第六十七条 + 第三款; after 、 a clause of the same rank is another one of the same article."""
    clause = match.group().replace(" ", "")
    law, base = article.law, article.article.value
    begin, end = match.span()
    if norm[begin - 1] in "、，和及":
        same = base.rfind("第") if base.endswith(clause[-1]) else -1
        if same <= 0:
            return article
        base = base[:same]
    else:
        if found.get((law.value, base)) is article:
            del found[law.value, base]
        begin = article.article.start
    words = base + clause
    grown = Statute(law, Leaf(words, begin, end), Leaf(article.number.value, begin, end), article.basis)
    found.setdefault((law.value, words), grown)
    return grown


def _bare_law(norm: str, at: int) -> Leaf[str] | None:
    """A law named without 《》 right before an article: 刑法第六十七条."""
    before = norm[max(0, at - 8) : at]
    for name in _BARE:
        if before.endswith(name):
            return Leaf(_SHORT[name], at - len(name), at)
    return None


def _basis_start(doc: Doc) -> int:
    """Where the last sentence before the ruling opens its 依照."""
    low = max(doc.facts, doc.ruling - 4000)
    stop = max(low, doc.norm.rfind("。", low, max(low, doc.ruling - 12)))
    basis = _BASIS.search(doc.norm, stop, doc.ruling)
    return basis.start() if basis else stop


@lru_cache(maxsize=4096)
def _is_law(name: str) -> bool:
    return _LAW.search(name) is not None


@lru_cache(maxsize=4096)
def law_name(printed: str) -> str:
    """``中华人民共和国刑法`` as it is; a known short form is written out."""
    name = printed.replace(" ", "").replace("《", "〈").replace("》", "〉")
    return _SHORT.get(name, name)
