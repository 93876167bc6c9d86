"""Enforcement rulings: on what they rest, what they do, what is claimed and paid."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Amount, Judgment
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts import assets, litigation, ruling
from jianwei.extract.parts.head import canonical
from jianwei.extract.parts.money import MONEY, fen_of
from jianwei.extract.text import CASE_NO, Doc

_AWARD = re.compile(r"(?:[一-龥]{2,12}?)?(?:劳人?仲|仲)[一-龥]{0,4}（[12][0-9]{3}）[一-龥]{0,8}第?[0-9]{1,8}号")
_PAPER = re.compile(
    r"(?P<kind>支付令|[一-龥]{0,6}调解书|[一-龥]{0,4}判决书?|[一-龥]{0,6}裁定书?|公证债权文书|执行证书|公证书|仲裁裁决书?|裁决书)"
)
_BASES = (("支付令", "支付令"), ("仲", "仲裁"), ("裁决", "仲裁"), ("公证", "公证"), ("执行证书", "公证"), ("调解", "调解"), ("刑", "刑事"), ("判决", "判决"), ("裁定", "裁定"))  # fmt: skip
_CLAIMED = re.compile(
    rf"(?:执行标的|标的(?:额|金额)?|申请执行|请求执行|欠款|给付|支付|偿还|归还|案款|义务)[^。；0-9\n]{{0,30}}?(?:{MONEY.pattern})"
)
_PAID = re.compile(
    rf"(?:执行到位|已执行|已履行|到位(?:金额|款)?|执行(?:回|得|款)|扣划[^。；0-9\n]{{0,20}})[^。；0-9\n]{{0,16}}?(?:{MONEY.pattern})"
)
_COMPLETED = re.compile(r"(?:执行|履行)完毕|全部(?:执行|履行)")


def fill(judgment: Judgment, doc: Doc) -> None:
    """Everything an enforcement ruling has of its own."""
    litigation.litigation(judgment, doc, min(doc.ruling, doc.record + 4000))
    kind = judgment.doc_type.value if judgment.doc_type else None
    judgment.outcome = ruling.outcome(doc, kind)
    _basis(judgment, doc)
    _close_mode(judgment, doc)
    _money(judgment, doc)
    assets.fill(judgment, doc)


def _basis(judgment: Judgment, doc: Doc) -> None:
    """执行依据: the first number in the body that is not the ruling's own, and what kind of paper bears it."""
    own = judgment.case_no.value if judgment.case_no else ""
    numbers = (m for m in CASE_NO.finditer(doc.norm, doc.parties, doc.tail) if canonical(m.group()) != own)
    first = next(numbers, None)
    award = _AWARD.search(doc.norm, doc.parties, first.start() if first else doc.tail)
    found = award or first
    if found is None:
        return
    judgment.base_case_no = Leaf(canonical(found.group()), found.start(), found.end())
    paper = _PAPER.match(doc.norm, found.end())
    if paper:
        words = found.group() + paper["kind"]
        kind = next((kind for word, kind in _BASES if word in words), None)
        judgment.base_type = Leaf(kind, paper.start(), paper.end()) if kind else None


def _close_mode(judgment: Judgment, doc: Doc) -> None:
    outcome = judgment.outcome
    if outcome is None:
        done = _COMPLETED.search(doc.norm, doc.record, doc.tail)
        judgment.close_mode = Leaf("执行完毕", done.start(), done.end()) if done else None
        return
    value = outcome.value
    if value in ("终结执行", "其他") and _COMPLETED.search(doc.norm, doc.record, doc.tail):
        value = "执行完毕"
    elif value == "终结执行" and doc.norm.find("和解", doc.record, doc.ruling) >= 0:
        value = "和解"
    judgment.close_mode = Leaf(value, outcome.start, outcome.end)


def _money(judgment: Judgment, doc: Doc) -> None:
    for role, pattern, start, end in (
        ("claimed", _CLAIMED, doc.record, doc.ruling),
        ("paid", _PAID, doc.record, doc.ruling),
    ):
        match = pattern.search(doc.norm, start, end)
        fen = fen_of(match) if match else None
        if match and fen is not None:
            begin = match.start("digits" if match["digits"] is not None else "words") - 1
            judgment.amounts.append(Amount(Leaf(role, begin, match.end()), Leaf(fen, begin, match.end())))
    judgment.amounts.extend(ruling.decided(doc))
