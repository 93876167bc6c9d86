"""The text of a document: a form of the same length that is easy to search, and where its sections begin.

Normalisation never changes the number of characters, so an offset into ``Doc.norm`` is an offset into ``Doc.text``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

import numpy as np

_PAIRS = (
    *((chr(0xFF10 + i), chr(0x30 + i)) for i in range(10)),
    *((chr(0xFF21 + i), chr(0x41 + i)) for i in range(26)),
    *((chr(0xFF41 + i), chr(0x61 + i)) for i in range(26)),
    *(zip("([〔［【﹝{", "（（（（（（（", strict=True)),
    *(zip(")]〕］】﹞}", "）））））））", strict=True)),
    *(zip("<﹤＜", "〈〈〈", strict=True)),
    *(zip(">﹥＞", "〉〉〉", strict=True)),
    *(zip(",﹐:﹕︰;﹔．％", "，，：：：；；.%", strict=True)),
    *((c, " ") for c in "\u3000\xa0\t\u2002\u2003\u2009\u200b\ufeff\u200c\u200d"),
    *((c, "\n") for c in "\r\x0b\x0c\x85\u2028\u2029"),
)
_TABLE = np.arange(0x10000, dtype=np.uint16)
for _from, _to in _PAIRS:
    _TABLE[ord(_from)] = ord(_to)


def normalise(text: str) -> str:
    """Full-width digits and letters to ASCII, brackets to （ ）, blanks to one space each; same length as ``text``."""
    units = np.frombuffer(codecs.utf_16_le_encode(text, "surrogatepass")[0], np.uint16)
    norm = codecs.utf_16_le_decode(_TABLE.take(units).data, "surrogatepass", True)[0]
    # Two lone surrogates side by side come back as one character; such a text is searched as it stands.
    return norm if len(norm) == len(text) else text


@dataclass(slots=True)
class Doc:
    """A document with the offsets of its sections, in order; a section that is absent has no length.

    head (court, title, 案号) · parties · record (诉讼记录) · facts (claims, defence, facts found) ·
    reasons (本院认为…) · ruling (after 判决如下) · tail (signatures) · appendix (statutes printed after them)
    """

    text: str
    norm: str
    number: re.Match[str] | None = None
    """The document's own 案号."""
    parties: int = 0
    record: int = 0
    facts: int = 0
    reasons: int = 0
    ruling: int = 0
    tail: int = 0
    appendix: int = 0
    signers: list[re.Match[str]] = field(default_factory=list)
    """The capacities in which people sign, from ``tail`` to ``appendix``."""

    def section(self, start: int, end: int) -> str:
        return self.norm[start:end]


CASE_NO = re.compile(
    r"（ ?(?:[12][0-9OoＯ〇○０]{3}|[一二][〇○零O0一二三四五六七八九]{3}) ?） ?"
    r"[一-龥][^（）()，。、：；\s《》“”\"]{0,23}?(?:（[^（）\n]{1,8}）[^（）()，。、：；\s《》“”\"]{1,12}?)?"
    r"(?:[字第] ?){0,3}[0-9]{1,8}(?:[、，\-—－至~][0-9]{1,8}){0,3} ?号(?:之[一二三四五六七八九十0-9]{1,3})?"
)
_RECORD = re.compile(
    r"一案|本院|诉称|指控|诉讼请求(?=：|[0-9一1、是为])|提出诉讼请求|提起诉讼|提起公诉|申请称|不服|查明|判令|起诉(?:来院|至|到|要求)|诉[：]"
    r"|于[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日(?:对|作出|向|以|申请|起诉)"
)
_THINKS = ("本院", "本庭", "合议庭", "本院经审理", "本院经审查", "本院经复核", "本院经评议")
_FOLLOWS = ("判决", "裁定", "协议", "决定", "支付令")
_RULES = ("判决", "裁定", "决定", "判处", "裁决", "协议", "内容")
_DATE = re.compile(
    r"[一二][〇○零OoОΟ0一二三四五六七八九◯]{1,4} ?年 ?[元一二三四五六七八九十〇○零◯OoОΟ0-9]{1,3} ?月 ?[一二三四五六七八九十廿卅〇○零◯OoОΟ0-9]{1,3} ?日"
)
_DIGIT_DATE = re.compile(r"[12][0-9]{3} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日")
_NO_YEAR = re.compile(r"(?<=书)[ \n]{0,4}[一-龥]{1,10}字第 ?[0-9]{1,6} ?号")
SIGNER = re.compile(
    r"[代助审人陪执院法书见速](?:"
    r"(?<=审) {0,4}判 {0,4}[长员]|(?<=[代助]) {0,4}理 {0,4}审 {0,4}判 {0,4}[长员]|(?<=代) {0,4}理? {0,4}书 {0,4}记 {0,4}员|(?<=书) {0,4}记 {0,4}员|(?<=人) {0,4}民 {0,4}陪 {0,4}审 {0,4}员|(?<=陪) {0,4}审 {0,4}员"
    r"|(?<=执) {0,4}行 {0,4}[长员]|(?<=法) {0,4}官 {0,4}助 {0,4}理|(?<=审)判辅助人员|(?<=见) {0,4}习 {0,4}书 {0,4}记 {0,4}员|(?<=速) {0,4}录 {0,4}员|(?<=院) {0,4}长)"
)
"""A capacity in which somebody signs; it begins with a class of characters so that the search can skip to one."""


def parse(text: str) -> Doc:
    """Find the sections of ``text``. Linear in its length."""
    norm = normalise(text)
    size = len(norm)
    number = own_number(norm)
    doc = Doc(text, norm, number)
    head_end = number.end() if number else 0
    doc.parties = doc.record = doc.facts = head_end

    opening = _RECORD.search(norm, head_end)
    if opening:
        doc.record = sentence_start(norm, opening.start(), head_end)
    reasons = _reasons(norm, doc.record)
    ruled = _last_ruling(norm, doc.record if reasons is None else reasons)
    dated = _signature_date(norm, ruled[1] if ruled else doc.record)
    doc.appendix = _after_clerk(norm, dated[1]) if dated else size
    doc.tail = size
    if dated:
        low = max(ruled[1] if ruled else doc.record, dated[0] - 400)
        doc.signers = _signers(norm, low, dated[0], doc.appendix)
        doc.tail = min(dated[0], doc.signers[0].start()) if doc.signers else dated[0]
    doc.ruling = min(ruled[1], doc.tail) if ruled else doc.tail
    if reasons is None:
        reasons = ruled[0] if ruled else doc.ruling
    doc.reasons = min(reasons, doc.ruling)
    at = norm.find("终结", doc.record, min(doc.reasons, doc.record + 4000))
    if at < 0:
        at = norm.find("一案", doc.record, doc.reasons)
    if at < 0 and opening and opening.group().startswith(("本院", "于")):
        at = opening.end()
    doc.facts = sentence_end(norm, at, doc.reasons) if at >= 0 else doc.record
    return doc


def sentence_end(norm: str, at: int, ceiling: int) -> int:
    """Just after the sentence that holds ``at``, not beyond ``ceiling``."""
    ends = (norm.find("。", at, ceiling), norm.find("\n", at, ceiling))
    return min((end + 1 for end in ends if end >= 0), default=ceiling)


def own_number(norm: str) -> re.Match[str] | None:
    """The document's own 案号: the first, and above the first sentence."""
    stop = norm.find("。", 0, 1500)
    stop = stop if stop >= 0 else 1500
    return CASE_NO.search(norm, 0, stop) or _NO_YEAR.search(norm, 0, stop)


def sentence_start(norm: str, at: int, floor: int) -> int:
    """Where the sentence that holds ``at`` begins, not before ``floor``."""
    return max(norm.rfind("。", floor, at), norm.rfind("\n", floor, at), norm.rfind("；", floor, at), floor - 1) + 1


def first(norm: str, words: tuple[str, ...], start: int, end: int) -> int:
    """Where the first of ``words`` stands between two offsets, ``end`` if none does: far cheaper than a pattern."""
    found = end
    for word in words:
        at = norm.find(word, start, end if found == end else min(end, found + len(word)))
        if at >= 0:
            found = at
    return found


def _reasons(norm: str, start: int) -> int | None:
    """Where 本院认为 or its like begins."""
    at = norm.find("认为", start)
    while at >= 0:
        if norm.endswith(_THINKS, start, at):
            return next(at - len(who) for who in _THINKS if norm.endswith(who, start, at))
        at = norm.find("认为", at + 2)
    return None


def _last_ruling(norm: str, start: int) -> tuple[int, int] | None:
    """The phrase that opens the court's own ruling (判决如下): the first after 本院认为 that ends its sentence."""
    found = None
    at = norm.find("如下", start)
    while at >= 0:
        end = at + 2 + next((len(word) for word in _FOLLOWS if norm.startswith(word, at + 2)), 0)
        if end > at + 2 or norm.startswith(_RULES, at - 2):
            found = at, end
            if norm[end : end + 1] in ("：", "\n", "", " ", "。"):
                break
        at = norm.find("如下", end)
    if found is None:
        at = first(norm, ("裁定：", "判决："), start, len(norm))
        if at == len(norm):
            return None
        found = at, at + 3
    end = found[1]
    while end < len(norm) and norm[end] in "： \n。":
        end += 1
    return found[0], end


def _signature_date(norm: str, start: int) -> tuple[int, int] | None:
    """The date under the signatures: one with a judge above it or a clerk below it; else where the judges sign."""
    for pattern in (_DATE, _DIGIT_DATE):
        for match in pattern.finditer(norm, start):
            if SIGNER.search(norm, max(start, match.start() - 60), match.start()) or SIGNER.match(
                norm, _skip_blank(norm, match.end())
            ):
                return match.start(), match.end()
    for match in SIGNER.finditer(norm, start):
        if norm[match.start() - 1] in " \n" and _CLERKS.search(norm, match.end(), match.end() + 120):
            return match.end(), match.end()
    return None


def _skip_blank(norm: str, at: int) -> int:
    while at < len(norm) and norm[at] in " \n":
        at += 1
    return at


def _signers(norm: str, low: int, date: int, end: int) -> list[re.Match[str]]:
    """Who signs: from the first capacity above the date that something closes before it."""
    marks = list(SIGNER.finditer(norm, low, end))
    for index, mark in enumerate(marks):
        if mark.start() >= date or mark.start() == low or norm[mark.start() - 1] in " \n。）：；审判":
            return marks[index:]
    return []


def _after_clerk(norm: str, date_end: int) -> int:
    """Where what follows the signatures begins: after the clerk's name, or after the date."""
    end = date_end
    for match in _CLERKS.finditer(norm, date_end, date_end + 160):
        end = match.end()
    return end


_CLERKS = re.compile(
    r"(?:法 {0,4}官 {0,4}助 {0,4}理|审判辅助人员|书 {0,4}记 {0,4}员|速 {0,4}录 {0,4}员)[： \n]*[^ \n：，。附本]{1,8}(?: {1,4}[^ \n：，。附本]{1,2}(?=[ \n附]|$))?"
)
