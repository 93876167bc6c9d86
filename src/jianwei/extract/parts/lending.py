"""A private loan: when, how much, how handed over, at what rate, on what note."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Amount, Judgment, Loan
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.money import MONEY, fen_of
from jianwei.extract.parts.numerals import DATE, NUMERAL, day, number
from jianwei.extract.parts.pleadings import Pleadings
from jianwei.extract.text import Doc

_LENDING = re.compile(r"借贷|借款|追偿|欠款|债权")
_LENT = re.compile(r"借(?:款|到|给|取|得|走|条|据)?|出借|欠(?:款|条|到)?|贷款|转账|汇款|交付")
_PRINCIPAL = re.compile(
    rf"(?:借(?:款|到|给|取|走|得|支)?|出借|欠(?:款)?|本金|贷款)[^。；0-9\n]{{0,26}}?(?:{MONEY.pattern})"
)
_DELIVERED = re.compile(
    rf"(?:转账|汇款|转款|打款|汇入|转入|转给|汇给|交付|实际(?:出借|支付|交付|借款|收到))[^。；0-9\n]{{0,24}}?(?:{MONEY.pattern})"
)
_RATE = re.compile(
    rf"(?P<per>月利率|年利率|日利率|月利息|年利息|月息|年息|日息|月利|利率|利息|每月|每日|按月|按年)[^，。；0-9%‰分厘{NUMERAL}]{{0,12}}?"
    rf"(?P<value>[0-9]{{1,3}}(?:\.[0-9]{{1,6}})?|[{NUMERAL}]{{1,4}}|百分之[{NUMERAL}]{{1,4}}|千分之[{NUMERAL}]{{1,4}}|万分之[{NUMERAL}]{{1,4}}) ?(?P<unit>%|‰|分|厘|(?<=之.)|(?<=之..)|(?<=之...))(?P<tail>[/／每]?[年月日]|的?月利率|的?年利率)?"
)
_BANK = re.compile(r"转账|汇款|转款|银行卡|汇入|转入|网银|微信|支付宝|打款|电汇|存入|银行流水|网上银行")
_CASH = re.compile(r"(?<!到)现金(?!流|人民币[^，。]{0,12}[”\"])")
_CUT = re.compile(
    r"砍头息|(?:预先|提前|先行|预)扣(?:除|掉|下|了|取)?[^。，；]{0,12}利息|扣(?:除|掉|下|了|取)[^。，；]{0,6}(?:首|头|第一|当|一)个?月[^。，；]{0,6}利息|利息[^。，；]{0,8}(?:预先|当场|已在本金中)扣"
)
_NOTE = re.compile(
    r"(?:借条|欠条|借据|收条|借款协议|借款合同|还款协议|还款承诺书|承诺书|欠据|借款单)[^。；]{0,40}?(?:载明|内容为|内容如下|内容是|主要内容|写明|注明|记载|言明|：)[^“\"。]{0,12}[：，]?[“\"](?P<note>[^”\"]{6,600})[”\"]"
)
_NOTE_BARE = re.compile(
    r"(?:借条|欠条|借据|欠据|借款单)[^。；“\"]{0,30}?(?:载明|内容为|内容如下|写明|记载)：?(?P<note>今[^“”\"]{6,300}?)(?=。(?:[^此借欠]|$)|\n)"
)
_GUARANTOR = re.compile(
    r"(?:(?<=[由经，。；、])|被告)(?P<a>[一-龥某×·]{2,4}(?:[0-9])?)(?:自愿)?(?:为|对)?[^，。；]{0,16}?(?:提供|承担|作为|系|为)[^，。；]{0,8}?(?:连带责任)?(?:保证|担保)(?:担保|责任|人)?|(?:担保人|保证人)(?:为|是|系|：)?(?:被告)?(?P<b>[一-龥某×·]{2,4}[0-9]?)(?=[，。；、”\"\n签（在]|提供|承担|系|为)"
)


def fill(judgment: Judgment, doc: Doc, at: Pleadings) -> None:
    """Fill ``judgment.loan`` when the case is about lent money, and its principal among the amounts."""
    cause = judgment.cause.value if judgment.cause else doc.norm[doc.facts : doc.facts + 2000]
    if not _LENDING.search(cause):
        return
    found = (at.found, doc.reasons) if doc.reasons - at.found > 30 else (at.claims, at.claims_end)
    loan = Loan()
    for start, end in (found, (at.claims, at.claims_end)):
        _lent(loan, doc.norm, start, end)
        _terms(loan, doc, start, end)
    _guarantor(loan, judgment, doc.norm, found[0], found[1])
    if loan.principal:
        judgment.amounts.insert(0, Amount(Leaf("principal", loan.principal.start, loan.principal.end), loan.principal))
    if loan.principal or loan.loaned_on or loan.rate:
        judgment.loan = loan


def _lent(loan: Loan, norm: str, start: int, end: int) -> None:
    if loan.loaned_on is None:
        for match in DATE.finditer(norm, start, end):
            stop = norm.find("。", match.end(), min(end, match.end() + 60))
            if _LENT.search(norm, match.end(), stop if stop >= 0 else min(end, match.end() + 60)):
                value = day(match)
                if value:
                    loan.loaned_on = Leaf(value, match.start(), match.end())
                    break
    if loan.principal is None:
        lent = _PRINCIPAL.search(norm, start, end)
        loan.principal = _money(lent) if lent else None
    if loan.delivered is None:
        handed = _DELIVERED.search(norm, start, end)
        loan.delivered = _money(handed) if handed else None


def _money(match: re.Match[str]) -> Leaf[int] | None:
    fen = fen_of(match)
    begin = match.start("digits") if match["digits"] else match.start("words")
    return Leaf(fen, begin, match.end()) if fen else None


def _terms(loan: Loan, doc: Doc, start: int, end: int) -> None:
    norm = doc.norm
    if loan.rate is None:
        for match in _RATE.finditer(norm, start, end):
            yearly = annual_percent(match)
            if yearly is not None and 0 < yearly <= 400:
                loan.rate = Leaf(yearly, match.start(), match.end())
                loan.monthly_per_mille = Leaf(round(yearly * 10 / 12, 4), match.start(), match.end())
                loan.rate_text = Leaf(doc.text[match.start() : match.end()], match.start(), match.end())
                break
    if loan.delivery is None:
        bank, cash = _BANK.search(norm, start, end), _CASH.search(norm, start, end)
        if bank and cash:
            loan.delivery = Leaf("混合", min(bank.start(), cash.start()), max(bank.end(), cash.end()))
        elif bank:
            loan.delivery = Leaf("转账", bank.start(), bank.end())
        elif cash:
            loan.delivery = Leaf("现金", cash.start(), cash.end())
    if loan.note is None:
        note = _NOTE.search(norm, start, end) or _NOTE_BARE.search(norm, start, end)
        if note:
            begin, stop = note.span("note")
            loan.note = Leaf(doc.text[begin:stop], begin, stop)
    if loan.cut_interest is None:
        cut = _CUT.search(norm, start, end)
        if cut:
            loan.cut_interest = Leaf(True, cut.start(), cut.end())


def annual_percent(match: re.Match[str]) -> float | None:
    """The yearly rate in per cent. 2分 is 2 % a month, 1.5分 年息 is 15 % a year; a bare rate is yearly when ≥ 5 %."""
    written, unit = match["value"], match["unit"]
    scale = 1.0
    for word, factor in (("百分之", 1.0), ("千分之", 0.1), ("万分之", 0.01)):
        if written.startswith(word):
            written, scale = written[3:], factor
            break
    else:
        if unit == "":
            return None
    try:
        value = float(written)
    except ValueError:
        whole = number(written)
        if whole is None:
            return None
        value = float(whole)
    per, tail = match["per"], match["tail"] or ""
    unit_of_time = (
        "年"
        if "年" in per or "年" in tail
        else "日"
        if "日" in per or "日" in tail
        else "月"
        if "月" in per or "月" in tail
        else ""
    )
    if unit == "分":
        return round(value * 10 if unit_of_time == "年" and value < 10 else value * 12, 4)
    if unit == "厘":
        return round(value if unit_of_time == "年" else value * 1.2, 4)
    percent = value * scale * (0.1 if unit == "‰" else 1.0)
    if not unit_of_time:
        unit_of_time = "年" if percent >= 5 else "月"
    return round(percent * {"年": 1, "月": 12, "日": 365}[unit_of_time], 4)


def _guarantor(loan: Loan, judgment: Judgment, norm: str, start: int, end: int) -> None:
    names = {party.name.value for party in judgment.parties}
    for match in _GUARANTOR.finditer(norm, start, end):
        group = "a" if match["a"] else "b"
        value = match[group]
        known = next((name for name in names if value.endswith(name) or value.startswith(name)), None)
        if known:
            begin = (
                norm.index(known[: len(value)], match.start(group))
                if known[: len(value)] in value
                else match.start(group)
            )
            loan.guarantor = Leaf(known, begin, begin + len(known))
            return
