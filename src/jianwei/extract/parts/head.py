"""The head of a document: court, kind, title, 案号, and what these say of the kind of case."""

from __future__ import annotations

import re

from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc
from jianwei.records.identifiers import case_no as case_no_of

_KIND = re.compile(
    r"(?P<case>刑 {0,4}事 {0,4}附 {0,4}带 {0,4}民 {0,4}事|刑 {0,4}事|民 {0,4}事|行 {0,4}政 {0,4}赔 {0,4}偿|行 {0,4}政|执 {0,4}行|国 {0,4}家 {0,4}赔 {0,4}偿|赔 {0,4}偿|司 {0,4}法 {0,4}救 {0,4}助|司 {0,4}法 {0,4}制 {0,4}裁|破 {0,4}产)?"
    r"(?: {0,4}附 {0,4}带 {0,4}民 {0,4}事)? {0,4}"
    r"(?P<kind>(?:判 {0,4}决|裁 {0,4}定|调 {0,4}解|决 {0,4}定|通 {0,4}知) {0,4}书|支 {0,4}付 {0,4}令|(?<=[定决解]) {0,4}书)"
)
_COURT = re.compile(r"法 {0,4}院")
_RUN = re.compile(r"[一-龥][一-龥 ]*\Z")
_REPUBLIC = "中华人民共和国"
_CASE_TYPES = (
    ("执行", "执行"),
    ("刑", "刑事"),
    ("赔偿", "赔偿"),
    ("行政", "行政"),
    ("民", "民事"),
    ("破产", "民事"),
)


def head(doc: Doc) -> tuple[Leaf[str] | None, Leaf[str] | None, Leaf[str] | None, Leaf[str] | None]:
    """案号, court, document kind, title."""
    number = doc.number
    case_no = None
    if number:
        begin = number.end() - len(number.group().lstrip())
        case_no = Leaf(canonical(number.group()), begin, number.end())
    limit = number.start() if number else min(len(doc.norm), 300)
    last = None
    for match in _KIND.finditer(doc.norm, 0, limit):
        last = match
    if last is None and number:
        last = _KIND.search(doc.norm, number.end(), number.end() + 60)
    kind = title = None
    if last:
        kind = Leaf(last["kind"].replace(" ", ""), last.start("kind"), last.end("kind"))
        title = Leaf(last.group().replace(" ", ""), last.start(), last.end())
    court = _court(doc, last.start() if last else limit)
    if court is None and last and last.end() < limit:
        court = _court(doc, limit)  # the title stands above the court
    return case_no, court, kind, title


canonical = case_no_of
"""案号 in the one written form of the lake."""


def _court(doc: Doc, end: int) -> Leaf[str] | None:
    """The last name of a court above the title, without the name of the state and without blanks."""
    last = None
    for match in _COURT.finditer(doc.norm, 0, end):
        last = match
    if last is None:
        return None
    start = doc.norm.rfind("\n", 0, last.start()) + 1
    line = doc.norm[start : last.end()]
    # A title may stand before it on the same line: "…一审民事判决书 甲市人民法院".
    cut = (
        max(line.rfind("书"), line.rfind("，"), line.rfind("。"), line.rfind("）"), line.rfind("："), line.rfind("号"))
        + 1
    )
    line, start = line[cut:], start + cut
    if " " in line.strip():
        tokens = line.split(" ")
        if len(tokens[-1]) >= 4:
            # Whole words divided by blanks: the court is the last of them.
            start += len(line) - len(tokens[-1])
            line = tokens[-1]
    run = _RUN.search(line)
    if run is None:
        return None
    start += run.start()
    name = run.group().replace(" ", "")
    state = name.rfind(_REPUBLIC)
    if state >= 0 and len(name) > state + len(_REPUBLIC):
        name = name[state + len(_REPUBLIC) :]
    return Leaf(name, start, last.end()) if 4 <= len(name) <= 40 else None


def case_type(case_no: Leaf[str] | None, title: Leaf[str] | None) -> Leaf[str] | None:
    """刑事, 民事, 行政, 执行, 赔偿, from the title, else from the letters of the 案号."""
    if title:
        for word, kind in _CASE_TYPES:
            if word in title.value:
                return Leaf(kind, title.start, title.end)
    if case_no:
        value = _by_number(case_no.value)
        if value:
            return Leaf(value, case_no.start, case_no.end)
    return None


def _by_number(case_no: str) -> str | None:
    letters = case_no[case_no.find("）") + 1 :]
    if "赔" in letters:
        return "赔偿"
    if "刑" in letters:
        return "刑事"
    if "民" in letters or "商" in letters or "知" in letters or "破" in letters:
        return "民事"
    if "执" in letters:
        return "执行"
    if "行" in letters:
        return "行政"
    return None


def procedure(case_no: Leaf[str] | None, kind: str | None, doc: Doc) -> Leaf[str] | None:
    """审判程序 as the official site names it: 民事一审, 行政非诉审查, 刑事二审, 执行实施 …"""
    if case_no is None:
        return _procedure_from_text(kind, doc)
    letters = case_no.value[case_no.value.find("）") + 1 :]
    value: str | None = None
    if kind == "执行" or ("执" in letters and kind != "行政"):
        value = (
            "执行异议"
            if "异" in letters
            else "执行复议"
            if "复" in letters
            else "执行监督"
            if "监" in letters
            else "执行恢复"
            if "恢" in letters
            else "财产保全执行"
            if "保" in letters
            else "执行实施"
        )
    elif "督" in letters:
        value = "督促"
    elif kind == "行政":
        value = (
            "行政非诉审查"
            if any(word in letters for word in ("行审", "非诉", "非审", "执审", "非执", "行非", "行执"))
            else _instance("行政", letters)
        )
    elif kind == "民事":
        value = (
            "特别程序"
            if "特" in letters
            else "破产"
            if "破" in letters
            else "民事管辖"
            if "辖" in letters
            else _instance("民事", letters)
        )
    elif kind == "刑事":
        value = "刑罚与执行变更" if "更" in letters or "刑执" in letters else _instance("刑事", letters)
    elif kind == "赔偿":
        value = _instance("行政", letters) if "行" in letters else "赔偿"
    return Leaf(value, case_no.start, case_no.end) if value else None


def _instance(kind: str, letters: str) -> str | None:
    if "初" in letters:
        return f"{kind}一审"
    if "终" in letters:
        return f"{kind}二审"
    if any(word in letters for word in ("申", "再", "监", "抗", "提")):
        return f"{kind}审判监督"
    return None


def _procedure_from_text(kind: str | None, doc: Doc) -> Leaf[str] | None:
    if kind not in ("民事", "行政", "刑事"):
        return None
    for word, instance in (("上诉人", "二审"), ("再审申请人", "审判监督"), ("原告", "一审"), ("公诉机关", "一审")):
        at = doc.norm.find(word, doc.parties, doc.facts)
        if at >= 0:
            return Leaf(f"{kind}{instance}", at, at + len(word))
    return None
