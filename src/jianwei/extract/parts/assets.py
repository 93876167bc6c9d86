"""以物抵债: property that a mediation, a settlement or an enforcement ruling hands over for a debt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jianwei.extract.judgment import Count, Judgment, Party, Text
from jianwei.extract.leaf import Leaf, json_of
from jianwei.extract.parts.aliases import short_names
from jianwei.extract.parts.money import amounts
from jianwei.extract.text import Doc

_HANDS_OVER = re.compile(r"抵(?:偿|债|顶|付|给|还)|折抵|以物抵")
_NOT_SO = re.compile(
    r"不(?:同意|接受|愿|予|申请|得|能|宜)|拒绝|放弃|未[^，。；]{0,10}抵|无法|驳回|(?:如(?!下)|若|逾期)[^。；]{0,60}抵"
)
_TOLD = re.compile(r"和解|协议|约定|裁定")
_STOP = (
    r"，?(?:作价|折价|折合|估价|按照?|依照?|以[^。；，]{0,24}(?:价|元)|折?抵|交付|交由|过户|转让|变更|归|用[于以来])"
)
_ASSET = re.compile(rf"(?:将|以|把|用|名下的?|所有的)(?P<asset>[^将把抵。；\n]{{2,160}}?)(?={_STOP})")
_PROPERTY = re.compile(
    r"房|楼|铺|室|[单别]元|公寓|别墅|车|船|土地|使用权|设备|机器|股[权份]|厂|不动产|货物|产品|存货|林权|矿权|商标|专利|债权|资产|产权"
)
_INCOME = re.compile(r"租金|房租|收益|[货工欠借价]款|程款")
_HELD = re.compile(
    r"(?P<who>[^，。；：]{0,40}?)(?:(?:名下|所有|共有|享有|拥有|持有)的?|(?<=[告人司])的|其(?=坐落|位于))"
)
_PRICED = re.compile(r"作价|折价|折合|价格|保留价|起拍价|变卖价|拍卖价|流拍价|抵偿价|抵债价")
_WORTH = re.compile(
    r"评估(?:总)?(?:价值|价格|价|值)|评估[^。；0-9]{0,14}?(?:价值|现值|总值)|评估(?:为|结果|金额)|市场(?:价值|价格|价)|市值"
)
_GIVERS = ("被告", "被执行人", "被申请人", "被申请执行人", "债务人")
_TAKERS = ("原告", "申请执行人", "申请人", "债权人")
_SENTENCE = re.compile(r"[^。；\n]+")
_NEAR = 24
"""Chosen: how far behind the word that announces a sum the sum may stand."""


@dataclass(slots=True)
class Asset:
    """One thing given for a debt. ``debt`` is the sum it pays off, ``worth`` its appraised value; both in fen."""

    asset: Text
    owner: Party | None = None
    taker: Party | None = None
    debt: Count | None = None
    worth: Count | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "asset": json_of(self.asset),
            "owner": json_of(self.owner.name if self.owner else None),
            "taker": json_of(self.taker.name if self.taker else None),
            "debt": json_of(self.debt),
            "worth": json_of(self.worth),
        }


def fill(judgment: Judgment, doc: Doc) -> None:
    """The things handed over, in the order of the text; a judgment's own story of such a deal is not one."""
    kind = judgment.doc_type.value if judgment.doc_type else None
    norm, start = doc.norm, doc.ruling if kind == "调解书" else doc.record
    if kind not in ("调解书", "裁定书") or not _HANDS_OVER.search(norm, start, doc.tail):
        return
    names = short_names(judgment.parties, norm, doc.parties, doc.tail)
    confirms = norm.find("有效", doc.ruling, doc.tail) >= 0  # 司法确认: the agreement stands before the ruling
    found: dict[str, Asset] = {}
    for low, high in _sentences(norm, start, doc.tail):
        agreed = confirms or low >= doc.ruling or _TOLD.search(norm, low, high)
        if agreed and not _NOT_SO.search(norm, low, high):
            asset = _asset(judgment, norm, names, low, high)
            if asset:
                found[asset.asset.value] = asset  # what the ruling says replaces what led to it
    for asset in found.values():
        if asset.worth is None and len(found) == 1:
            asset.worth = _sum_after(_WORTH, norm, start, doc.tail)
        judgment.transfers.append(asset)


def _sentences(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(norm, start, end):
        if _HANDS_OVER.search(norm, *match.span()):
            yield match.span()


def _asset(judgment: Judgment, norm: str, names: list[tuple[str, Party]], low: int, high: int) -> Asset | None:
    for match in _ASSET.finditer(norm, low, high):
        begin, end = match.span("asset")
        if not _PROPERTY.search(norm, begin, end) or _INCOME.search(norm, begin, end):
            continue
        held = _HELD.match(norm, begin, end)
        owner = _last(names, judgment, norm, low, held.end("who") if held else begin) or _only(judgment, _GIVERS)
        begin = held.end() if held else begin
        taker = _first(names, judgment, norm, end, high, owner) or _only(judgment, _TAKERS)
        debt = _sum_after(_PRICED, norm, end, high) or next(amounts(norm, end, high), None)
        worth = _sum_after(_WORTH, norm, low, high)
        if debt and worth and debt.start == worth.start:
            debt = next((leaf for leaf in amounts(norm, worth.end, high)), None)
        return Asset(Leaf(norm[begin:end], begin, end), owner, taker if taker is not owner else None, debt, worth)
    return None


def _sum_after(word: re.Pattern[str], norm: str, start: int, end: int) -> Count | None:
    for match in word.finditer(norm, start, end):
        stop = norm.find("。", match.end(), end)
        edge = min(end if stop < 0 else stop, match.end() + _NEAR)
        leaf = next(amounts(norm, match.end(), edge), None)
        if leaf:
            return leaf
    return None


def _last(names: list[tuple[str, Party]], judgment: Judgment, norm: str, low: int, high: int) -> Party | None:
    places = ((norm.rfind(word, low, high), party) for word, party in _called(names, judgment))
    return max((p for p in places if p[0] >= 0), key=lambda p: p[0], default=(0, None))[1]


def _first(
    names: list[tuple[str, Party]], judgment: Judgment, norm: str, low: int, high: int, besides: Party | None
) -> Party | None:
    places = ((norm.find(word, low, high), party) for word, party in _called(names, judgment) if party is not besides)
    return min((p for p in places if p[0] >= 0), key=lambda p: p[0], default=(0, None))[1]


def _called(names: list[tuple[str, Party]], judgment: Judgment) -> Iterator[tuple[str, Party]]:
    """What the parties are called: by name and, where only one bears it, by role."""
    yield from names
    for roles in (_GIVERS, _TAKERS):
        party = _only(judgment, roles)
        if party:
            yield party.role.value, party


def _only(judgment: Judgment, roles: tuple[str, ...]) -> Party | None:
    """The one party on a side, else nobody."""
    held = [party for party in judgment.parties if party.role.value in roles]
    return held[0] if len(held) == 1 else None
