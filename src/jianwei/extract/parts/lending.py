"""A private loan: when, how much, how handed over, at what rate, on what note."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Amount, Judgment, Loan, Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.aliases import short_names
from jianwei.extract.parts.delivery import BANK, CASH, delivered
from jianwei.extract.parts.money import amounts
from jianwei.extract.parts.note import note
from jianwei.extract.parts.numerals import DATE, day
from jianwei.extract.parts.pleadings import Pleadings
from jianwei.extract.parts.rate import rate
from jianwei.extract.text import Doc

_LENDING = re.compile(r"借贷|借款|追偿|欠款|债权")
_LENT = re.compile(r"借(?:款|到|给|取|得|走|条|据)?|出借|欠(?:款|条|到)?|贷款|转账|汇款|交付")
_BORROWED = re.compile(r"借|欠|本金|贷款")
_CUT = re.compile(
    r"砍头息|(?:预先|提前|先行|预)扣(?:除|掉|下|了|取)?[^。，；]{0,12}利息|扣(?:除|掉|下|了|取)[^。，；]{0,6}(?:首|头|第一|当|一)个?月[^。，；]{0,6}利息"
    r"|利息[^。，；]{0,8}(?:预先|当场|已在本金中)扣"
)
_GUARANTEE = re.compile(r"保证|担保")


def fill(judgment: Judgment, doc: Doc, at: Pleadings) -> None:
    """Fill ``judgment.loan`` when the case is about lent money, and its principal among the amounts."""
    if judgment.cause:
        lending = _LENDING.search(judgment.cause.value)
    else:
        lending = _LENDING.search(doc.norm, doc.facts, doc.facts + 2000)
    if not lending:
        return
    found = (at.found, doc.reasons) if doc.reasons - at.found > 30 else (at.claims, at.claims_end)
    loan = Loan()
    for start, end in dict.fromkeys((found, (at.claims, at.claims_end))):
        _lent(loan, doc.norm, start, end)
        _sums(loan, doc.norm, start, end)
        _terms(loan, doc, start, end)
    if doc.norm.find("保", *found) >= 0:
        names = short_names(judgment.parties, doc.norm, doc.parties, doc.facts)
        _guarantor(loan, [pair for pair in names if _may_guarantee(pair[1])], doc.norm, *found)
    if loan.principal:
        judgment.amounts.insert(0, Amount(Leaf("principal", loan.principal.start, loan.principal.end), loan.principal))
    if loan.principal or loan.loaned_on or loan.rate:
        judgment.loan = loan


def _lent(loan: Loan, norm: str, start: int, end: int) -> None:
    if loan.loaned_on is not None:
        return
    for match in DATE.finditer(norm, start, end):
        edge = min(end, match.end() + 60)
        stop = norm.find("。", match.end(), edge)
        if _LENT.search(norm, match.end(), stop if stop >= 0 else edge):
            value = day(match)
            if value:
                loan.loaned_on = Leaf(value, match.start(), match.end())
                return


def _sums(loan: Loan, norm: str, start: int, end: int) -> None:
    """The first sum that follows 借 or 欠 in its clause, and what was handed over."""
    if loan.principal is None:
        loan.principal = _principal(norm, start, end)
    if loan.delivered:
        return
    parts, whole = delivered(norm, start, end), loan.principal
    if whole and any(part.start == whole.start for part in parts):
        # the sum after 借 is one of several that make up the loan (向其借款，现金5万元、转账25万元)
        loan.principal = _together(parts)
    elif whole:
        parts = delivered(norm, start, end, most=whole.value)
    if parts:
        loan.delivered = _together(parts)


def _principal(norm: str, start: int, end: int) -> Leaf[int] | None:
    for leaf in amounts(norm, start, end):
        low = max(start, leaf.start - 28)
        low = max(low, norm.rfind("。", low, leaf.start) + 1)
        if _BORROWED.search(norm, low, leaf.start):
            return leaf
    return None


def _together(parts: list[Leaf[int]]) -> Leaf[int]:
    return Leaf(sum(part.value for part in parts), parts[0].start, parts[-1].end)


def _terms(loan: Loan, doc: Doc, start: int, end: int) -> None:
    norm = doc.norm
    if loan.rate is None:
        loan.rate = found = rate(norm, start, end)
        if found:
            loan.monthly_per_mille = found.as_value(round(found.value * 10 / 12, 4))
            loan.rate_text = Leaf(doc.text[found.start : found.end], found.start, found.end)
    if loan.delivery is None:
        bank, cash = BANK.search(norm, start, end), CASH.search(norm, start, end)
        if bank and cash:
            loan.delivery = Leaf("混合", min(bank.start(), cash.start()), max(bank.end(), cash.end()))
        elif bank:
            loan.delivery = Leaf("转账", bank.start(), bank.end())
        elif cash:
            loan.delivery = Leaf("现金", cash.start(), cash.end())
    if loan.note is None:
        loan.note = note(doc, start, end)
    if loan.cut_interest is None and (norm.find("扣", start, end) >= 0 or norm.find("砍头", start, end) >= 0):
        cut = _CUT.search(norm, start, end)
        if cut:
            loan.cut_interest = Leaf(True, cut.start(), cut.end())


def _may_guarantee(party: Party) -> bool:
    return "原告" not in party.role.value and party.role.value not in ("上诉人", "申请人")


def _guarantor(loan: Loan, names: list[tuple[str, Party]], norm: str, start: int, end: int) -> None:
    """The party, other than the plaintiff, named in the clause that speaks of 保证 or 担保."""
    for tried, match in enumerate(_GUARANTEE.finditer(norm, start, end)):
        if tried == 8:
            return
        low = max(start, match.start() - 40)
        low = max(low, norm.rfind("。", low, match.start()) + 1)
        for name, party in names:
            at = norm.rfind(name, low, min(end, match.end() + 4 + len(name)))
            if at >= 0 and not norm.startswith(("向", "因", "借"), at + len(name)):
                loan.guarantor = Leaf(party.name.value, at, at + len(name))
                return
