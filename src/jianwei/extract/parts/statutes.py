"""Cited law: every article the document cites before the signatures, those of the ruling's own basis marked.

The basis is the sentence 依照…之规定，判决如下. Citations elsewhere (of the court below, in a submission, in the reasons) are
kept apart from it by ``Statute.basis``; the appendix of statutes after the signatures is not read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jianwei.extract.judgment import Statute
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import NUMERAL, number
from jianwei.extract.text import Doc

_N = rf"[{NUMERAL}0-9]"
_TOKEN = re.compile(
    rf"《(?P<law>(?:[^《》〈〉\n]|〈[^〈〉\n]{{0,60}}〉|《[^《》\n]{{0,60}}》){{1,90}})》"
    rf"|第(?:(?P<article>{_N}{{1,9}}) ?(?:条(?P<bis>之{_N}{{1,2}})?|(?=第{_N}{{1,3}}款)|(?=(?:、{_N}{{1,9}}){{1,9}}条))"
    rf"|(?P<clause>{_N}{{1,4}}|（{_N}{{1,4}}）) ?(?P<unit>[款项目]))"
)
_MORE = re.compile(
    rf"[、，和及与至]? ?(?P<article>{_N}{{2,9}}) ?(?:条(?P<bis>之{_N}{{1,2}})?|(?=(?:、{_N}{{1,9}}){{1,9}}条))"
)
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


class _Article(NamedTuple):
    printed: str
    number: int
    start: int
    end: int


def statutes(doc: Doc) -> list[Statute]:
    """The articles of the legal basis in order, then those cited elsewhere; each article of a law once."""
    start = _basis_start(doc)
    found: dict[tuple[str, str], Statute] = {}
    _cited(doc.norm, start, doc.ruling, found, basis=True)
    if doc.norm.find("》", doc.parties, start) >= 0 or doc.norm.find("法第", doc.parties, start) >= 0:
        _cited(doc.norm, doc.parties, start, found, basis=False)
    return list(found.values())


def _cited(norm: str, start: int, end: int, found: dict[tuple[str, str], Statute], *, basis: bool) -> None:
    law: Leaf[str] | None = None
    article: _Article | None = None
    at = clear = start
    while True:
        match = _TOKEN.search(norm, at, end)
        if match is None:
            return
        at = match.end()
        if match["law"]:
            name = law_name(match["law"])
            if basis or _LAW.search(name):
                law = Leaf(name, match.start(), match.end())
                clear = match.end()
                article = None
                more = _MORE.match(norm, at, end)
                if more and norm[at] not in "、，和及与至":
                    at, article = _add(norm, more, law, found, basis)
            continue
        if match["unit"]:
            if article and law and match.start() - article.end <= 1:
                article = _with_clause(norm, match, article, found, law, basis)
            continue
        bare = _bare_law(norm, match.start())
        if bare:
            law, clear = bare, bare.end
        elif law and not basis:
            law = None if norm.find("。", clear, match.start()) >= 0 else law
            clear = match.start()
        if law is None:
            continue
        at, article = _add(norm, match, law, found, basis)
        while norm[at : at + 1] in _JOINTS and (more := _MORE.match(norm, at, end)):
            at, article = _add(norm, more, law, found, basis)


def _add(
    norm: str, match: re.Match[str], law: Leaf[str], found: dict[tuple[str, str], Statute], basis: bool
) -> tuple[int, _Article | None]:
    value = number(match["article"])
    if not value:
        return match.end(), None
    printed = f"第{match['article']}条{match['bis'] or ''}"
    begin = match.start() if norm[match.start()] == "第" else match.start("article")
    article = _Article(printed, value, begin, match.end())
    found.setdefault((law.value, printed), _statute(law, article, basis))
    return match.end(), article


def _statute(law: Leaf[str], article: _Article, basis: bool) -> Statute:
    return Statute(
        law, Leaf(article.printed, article.start, article.end), Leaf(article.number, article.start, article.end), basis
    )


def _with_clause(
    norm: str,
    match: re.Match[str],
    article: _Article,
    found: dict[tuple[str, str], Statute],
    law: Leaf[str],
    basis: bool,
) -> _Article:
    """第六十七条 + 第三款; after 、 a clause of the same rank is another one of the same article."""
    clause = match.group().replace(" ", "")
    base = article.printed
    if norm[match.start() - 1] in "、，和及":
        same = base.rfind("第") if base.endswith(match["unit"]) else -1
        if same <= 0:
            return article
        grown = _Article(base[:same] + clause, article.number, match.start(), match.end())
    else:
        bare = found.get((law.value, base))
        if bare and bare.article.start == article.start:
            del found[law.value, base]
        grown = _Article(base + clause, article.number, article.start, match.end())
    found.setdefault((law.value, grown.printed), _statute(law, grown, basis))
    return grown


def _bare_law(norm: str, at: int) -> Leaf[str] | None:
    """A law named without 《》 right before an article: 刑法第六十七条."""
    if at == 0 or norm[at - 1] not in "法典则":
        return None
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


def law_name(printed: str) -> str:
    """``中华人民共和国刑法`` as it is; a known short form is written out."""
    name = printed.replace(" ", "").replace("《", "〈").replace("》", "〉")
    return _SHORT.get(name, name)
