"""What is asked and what is answered: where the pleadings stand, and whether the claim is admitted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc, first, sentence_start

_CLAIMS = re.compile(
    r"诉称|起诉称|诉讼请求|诉请|上诉称|上诉请求|申请称|再审称|请求(?:依法)?(?:判令|判决|撤销|确认)|请求事项|申请请求"
)
_DEFENCE = re.compile(
    r"(?:辩称|答辩称|答辩认为|答辩意见|述称|辩解称|口头答辩)|(?:未(?:作|予|提交|提出|做|进行|到庭|书面|发表|应诉)[^。]{0,14}?)答辩|未答辩|没有答辩|放弃答辩|(?:放弃|丧失)[^。]{0,8}答辩|未提[供交][^。]{0,6}答辩|拒不答辩"
)
_FOUND = re.compile(
    r"(?:经(?:本院|公开|开庭|依法)?(?:公开)?(?:开庭)?(?:审理|审查)(?:查明|认定|确认)|本院(?:经审理|经审查|审理)?(?:查明|认定)|(?:认定|确认)(?:以下|如下)?事实(?:如下)?|事实认定如下|查明(?:以下|如下)?(?:事实|如下)|审理查明|经查明|经查[，：]|认定如下|围绕(?:诉讼请求|其)|提供(?:了|以下|如下)[^。]{0,8}证据|提交(?:了|以下|如下)[^。]{0,8}证据|为支持(?:其|自己)|举证如下|举示了)"
)
_ANSWERS = ("辩", "述称")
_FINDS = ("查明", "认定", "确认", "经查", "围绕", "证据", "为支持", "举证如下", "举示了")
"""Words of which every match of the patterns above holds one, at most 20 and 14 characters after it begins."""
_NONE = re.compile(r"未[^。]{0,16}答辩|没有答辩|放弃[^。]{0,10}答辩|丧失[^。]{0,10}答辩|拒不答辩|未应诉|无答辩")
_ADMITS = re.compile(
    r"(?:无异议|没有异议|没意见|无意见|属实|是事实|予?以?认可|均?认可|承认|同意(?:原告|归还|偿还|还款|支付|给付|赔偿|返还|离婚|诉讼请求|其|还)|愿意(?:归还|偿还|支付|还|承担|给付))"
)
_DISPUTES = re.compile(
    r"不属实|不认可|不予认可|不承认|不同意|不应|不是事实|有异议|过高|驳回|已(?:经)?(?:归还|偿还|还清|支付|履行|付清|还)|未收到|没有收到|没有实际|并未|不存在|时效|并非|不是我|与(?:我|其|本案)?[^，。]{0,6}无关|无效|超过|不符|只(?:收到|借|拿)|仅(?:收到|借)|证明人|赌|伪造|没有(?:借|欠)|不清楚|不知情|不负|不承担"
)
_AFTER = 6000
"""Pleadings are looked for in this many characters after the record; *chosen*: the longest real ones met are shorter."""


@dataclass(slots=True)
class Pleadings:
    """Offsets: the claims run to ``defence`` or ``found``, the defence to ``found``, the facts found to the reasons."""

    claims: int
    claims_end: int
    defence: int
    defence_end: int
    found: int


def pleadings(doc: Doc) -> Pleadings:
    norm, start, end = doc.norm, doc.facts, doc.reasons
    low = min(end, start + _AFTER)
    asked = _CLAIMS.search(norm, start, low)
    after = asked.end() if asked else start
    answer = _DEFENCE.search(norm, max(after, first(norm, _ANSWERS, after, low) - 20), low)
    after = answer.end() if answer else after
    found = _FOUND.search(norm, max(after, first(norm, _FINDS, after, end) - 14), end)
    found_at = sentence_start(norm, found.start(), start) if found else end
    defence = sentence_start(norm, answer.start(), start) if answer and answer.start() < found_at else found_at
    claims = sentence_start(norm, asked.start(), start) if asked else start
    return Pleadings(claims, max(claims, min(defence, found_at)), defence, found_at, found_at)


def claims(doc: Doc, at: Pleadings) -> Leaf[str] | None:
    """The claims as printed."""
    return _trimmed(doc, at.claims, at.claims_end) if at.claims_end - at.claims >= 4 else None


def _trimmed(doc: Doc, start: int, end: int) -> Leaf[str] | None:
    piece = doc.text[start:end]
    value = piece.strip()
    begin = start + len(piece) - len(piece.lstrip())
    return Leaf(value, begin, begin + len(value)) if value else None


def defence(doc: Doc, at: Pleadings) -> Leaf[str] | None:
    """``admitted``, ``disputed`` or ``none``, with the words that decide it."""
    if at.defence >= at.defence_end:
        return None
    norm = doc.norm
    admits = disputes = nothing = None
    position = at.defence
    while position < at.defence_end:
        end = _paragraph_end(norm, position, at.defence_end)
        silent = _NONE.search(norm, position, end)
        if silent and not re.search("辩称", norm[position : silent.start()]):
            nothing = nothing or silent
        else:
            disputes = disputes or _DISPUTES.search(norm, position, end)
            admits = admits or _ADMITS.search(norm, position, end)
        position = end
    if disputes:
        return Leaf("disputed", disputes.start(), disputes.end())
    if admits:
        return Leaf("admitted", admits.start(), admits.end())
    if nothing:
        return Leaf("none", nothing.start(), nothing.end())
    return Leaf("disputed", at.defence, at.defence_end)


def _paragraph_end(norm: str, start: int, end: int) -> int:
    """The end of the sentence, so that one defendant's silence is not read into another's answer."""
    found = [position + 1 for position in (norm.find("。", start, end), norm.find("\n", start, end)) if position >= 0]
    return min(found, default=end)
