"""Proofs that a traffic case turns on, the contract a claim rests on, and to whom money is to be paid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jianwei.extract.judgment import Day, Judgment, Text
from jianwei.extract.leaf import Leaf, json_of
from jianwei.extract.parts.numerals import DATE, day
from jianwei.extract.parts.pleadings import Pleadings
from jianwei.extract.text import Doc

_PROOF = re.compile(r"(?:居住|务工|误工|收入|工作|工资|暂住|租房|在职|停发工资)证明")
_LEAD = re.compile(r"^.*(?:提[交供](?:了|的)*由?|[由有经了及和]|原告|被告)(?=.{4})")
_GRADE = re.compile(r"(?P<grade>[一二三四五六七八九十]|10|[1-9]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])级?级(?:伤残|残疾)")
_APPRAISER = re.compile(r"(?P<issuer>[一-龥（）]{4,24}?(?:司法鉴定(?:所|中心)|鉴定中心|鉴定所|医学鉴定所))")
_NO = r"(?:[A-Za-z0-9一-龥\-_#]|（[^（），。\n]{1,12}）){2,40}?"
_CONTRACT = re.compile(
    rf"《(?P<title>[^《》\n]{{2,40}}(?:合同|协议)(?:书)?)》(?:（?(?:合同)?编号(?:为|：|是)?(?P<no>{_NO})(?=[，。；）、”\"\n ]|的))?"
)
_NUMBER = re.compile(rf"(?:编号|合同号)(?:为|：|是)?[“\" ]*(?P<no>{_NO})(?=[”\"，。；、）\n ]|的)")
_SIGNED = re.compile(r"[^。；\n]{0,40}?(?:签订|签署|订立)")
_PAYEE = re.compile(
    r"(?:户名|账户名|开户名|收款人|账户名称)(?:为|：|是)?(?P<name>[一-龥·（）某×]{2,30}?)(?=[，。；、）\n ]|账|开户|帐)|(?:汇入|转入|付至|支付至|打入)(?P<to>[一-龥·（）某×]{2,20}?)(?:的)?(?:银行|名下|账户|帐户|个人)"
)


@dataclass(slots=True)
class Proof:
    """A paper: 居住证明, 伤残等级 … with who issued it."""

    kind: Text
    issuer: Text | None = None

    def as_json(self) -> dict[str, Any]:
        return {"kind": json_of(self.kind), "issuer": json_of(self.issuer)}


def fill(judgment: Judgment, doc: Doc, at: Pleadings) -> None:
    norm = doc.norm
    cause = judgment.cause.value if judgment.cause else ""
    if "交通" in cause or "人身" in cause or "健康" in cause or "生命" in cause:
        judgment.proofs.extend(_papers(norm, doc.facts, doc.ruling))
    _contract(judgment, norm, doc.facts, doc.reasons)
    for match in _PAYEE.finditer(norm, doc.ruling, doc.tail):
        group = "name" if match["name"] else "to"
        judgment.payees.append(Leaf(match[group], *match.span(group)))


def _papers(norm: str, start: int, end: int) -> list[Proof]:
    found: list[Proof] = []
    seen: set[tuple[str, str]] = set()
    for match in _PROOF.finditer(norm, start, end):
        issuer = _issuer(norm, max(start, match.start() - 60), match.start())
        told = (match.group(), issuer.value if issuer else "")
        if told in seen or (issuer is None and any(kind == match.group() for kind, _ in seen)):
            continue
        seen.add(told)
        found.append(Proof(Leaf(match.group(), match.start(), match.end()), issuer))
    grade = _GRADE.search(norm, start, end)
    if grade:
        appraisers = list(_APPRAISER.finditer(norm, max(start, grade.start() - 200), grade.start()))
        who = appraisers[-1] if appraisers else None
        issuer_leaf = None
        if who:
            name = re.sub(r"^.*?(?:经|由|委托|至|向)(?=.{4})", "", who["issuer"])
            issuer_leaf = Leaf(name, who.end() - len(name), who.end())
        found.append(Proof(Leaf(grade.group(), grade.start(), grade.end()), issuer_leaf))
    return found


def _issuer(norm: str, start: int, end: int) -> Text | None:
    """Who 出具 the paper named at ``end``: the organisation right before that verb."""
    start = norm.rfind("。", start, end) + 1 or start
    verb = norm.rfind("出具", start, end)
    if verb < 0:
        return None
    low = max(start, verb - 32, *(norm.rfind(mark, start, verb) + 1 for mark in "，；：、\n"))
    name = _LEAD.sub("", norm[low:verb])
    return Leaf(name, verb - len(name), verb) if len(name) >= 4 else None


def _contract(judgment: Judgment, norm: str, start: int, end: int) -> None:
    title = _CONTRACT.search(norm, start, end)
    no = _NUMBER.search(norm, start, end)
    if title and title["no"]:
        judgment.contract = Leaf(title["no"], *title.span("no"))
    elif no:
        judgment.contract = Leaf(no["no"], *no.span("no"))
    elif title:
        judgment.contract = Leaf(title["title"], *title.span("title"))
    if judgment.contract is None:
        return
    judgment.contract_on = _signed_on(norm, start, end, judgment.contract.start)


def _signed_on(norm: str, start: int, end: int, near: int) -> Day | None:
    low = max(start, norm.rfind("。", start, near))
    for match in DATE.finditer(norm, low, min(end, near + 200)):
        if _SIGNED.match(norm, match.end(), end):
            value = day(match)
            if value:
                return Leaf(value, match.start(), match.end())
    return None
