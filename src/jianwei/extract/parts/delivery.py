"""What was handed over of a loan: one sum, or the cash and the transfers that add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.money import LISTED_MONEY, fen_of

BANK = re.compile(r"转账|汇款|转款|银行卡|汇入|转入|网银|微信|支付宝|打款|电汇|存入|银行流水|网上银行")
CASH = re.compile(r"(?<![归偿]还)现金(?!流|人民币[^，。]{0,12}[”\"]|[^，。]{0,4}(?:归还|偿还|还款))")
_HANDED = re.compile(r"转账|汇款|转款|打款|汇入|转入|转给|汇给|交付|实际(?:出借|支付|借款|收到)")
_MODE = re.compile(f"{_HANDED.pattern}|{BANK.pattern}|{CASH.pattern}")
_REPAID = re.compile(r"归还|偿还|还款|返还|退还|还清|已还|还了|付息|[支给]付[^，。；]{0,4}利息")
_BY_BORROWER = re.compile(
    r"(?<![向给至到与为由入往])被告(?!账|帐|银行|名下|指定|的)[^，。；]{0,16}(?:转账|汇款|转款|支付|给付|打款)"
)
_NOT_ADDED = re.compile(r"其中|包括|包含|[共合总]计|总共|一共|出具|载明|[借欠收]条|今借|[又再另][^，。；]{0,10}借")
"""Words between two sums of which the second is a whole, a part, the note for the same money, or another loan."""
_GOES_ON = re.compile(r"又|另|再|其余|剩余|余款|余下|次日|同日|当[日天]|随后")
_LISTED = ("、", "和", "及", "与")
_CLAUSE = re.compile(r"[，。；、\n]")
_BACK, _AHEAD, _APART = 28, 16, 60
"""Chosen: how far before and after a sum the word that says how it was handed over may stand, and how far apart two
sums of one delivery."""


def delivered(norm: str, start: int, end: int, most: int | None = None) -> list[Leaf[int]]:
    """The sums, in order, that together were handed over first between ``start`` and ``end``; empty if none was.

    ``most`` fen (the principal, where known) are not exceeded by adding. Cash alone counts only where the text says
    that it was handed over: a note for so much cash proves no delivery.
    """
    parts: list[Leaf[int]] = []
    certain, total, last = False, 0, start
    for leaf in _sums(norm, start, end):
        low = max(start, leaf.start - _BACK)
        low = max(low, norm.rfind("。", low, leaf.start) + 1)
        own, after = max(low, last), _clause_end(norm, leaf.end, end)
        gap, last = norm[last : leaf.start], leaf.end
        handed = _HANDED.search(norm, own, leaf.start) or _HANDED.search(norm, leaf.end, after)
        mode = handed or _MODE.search(norm, own, leaf.start) or _MODE.search(norm, leaf.end, after)
        repaid = _REPAID.search(norm, _clause_start(norm, own, leaf.start), leaf.start)
        over = most is not None and total + leaf.value > most
        if parts and (repaid or over or _ends(gap)):
            if certain:
                break
            parts = []
        if not parts:
            if mode is None:  # a word before an earlier sum may still be the one
                handed, repaid = _HANDED.search(norm, low, leaf.start), _REPAID.search(norm, low, leaf.start)
            if (mode or handed) and not repaid:
                parts, certain, total = [leaf], handed is not None, leaf.value
        elif (mode or gap in _LISTED) and not _BY_BORROWER.search(norm, own, leaf.start):
            parts.append(leaf)
            total += leaf.value
            certain = certain or handed is not None
    return parts if certain else []


def _sums(norm: str, start: int, end: int) -> Iterator[Leaf[int]]:
    for match in LISTED_MONEY.finditer(norm, start, end):
        fen = fen_of(match)
        if fen:
            yield Leaf(fen, match.start(), match.end())


def _ends(gap: str) -> bool:
    """Whether what stands between two sums says that the second is not one more part of the same delivery."""
    if len(gap) > _APART or _NOT_ADDED.search(gap):
        return True
    sentence = max(gap.rfind("。"), gap.rfind("\n"))
    return sentence >= 0 and not _GOES_ON.search(gap, sentence)


def _clause_start(norm: str, start: int, at: int) -> int:
    return max((norm.rfind(mark, start, at) + 1 for mark in "，。；、\n"), default=start) or start


def _clause_end(norm: str, at: int, end: int) -> int:
    edge = min(end, at + _AHEAD)
    stop = _CLAUSE.search(norm, at, edge)
    return stop.start() if stop else edge
