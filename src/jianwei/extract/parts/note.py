"""The words of a note of debt (借条), as the document quotes them."""

from __future__ import annotations

import re

from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc

_PAPER = re.compile(r"借条|欠条|借据|收条|借款协议|借款合同|还款协议|承诺书|欠据|借款单")
_SAYS = re.compile(r"载明|内容[为如是]|主要内容|写明|注明|记载|言明|条：|据：|单：|书：")
_OPEN = re.compile(r"[“\"]")
_CLOSE = re.compile(r"[”\"]")
_BARE = re.compile(r"(?:内容为|内容如下|载明|写明|记载)：?今")
_NUMBERS = re.compile(r"[0-9０-９，,.〇○零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟Xx×*]+")
_MARKS = re.compile(r"[\s，。；：、“”\"（）()《》]+")
_PERSON = re.compile(
    r"(?<=[向到人给由与和欠])[一-龥]{1,3}(?:某某?|×+)?(?=借|欠|出具|现金|人民币|身份|，|。|\(|（|提供|签|名|处|$)"
)
_TRIES = 12
"""How many mentions of a paper are looked at; *chosen*: the note is quoted where it is first described."""


def note(doc: Doc, start: int, end: int) -> Leaf[str] | None:
    """The note's text between quotation marks, or, unquoted, from 今借到 to the end of the sentence."""
    norm = doc.norm
    for tried, paper in enumerate(_PAPER.finditer(norm, start, end)):
        if tried == _TRIES:
            break
        says = _SAYS.search(norm, paper.start(), min(end, paper.end() + 44))
        if says is None:
            continue
        opened = _OPEN.search(norm, says.end(), min(end, says.end() + 14))
        closed = _CLOSE.search(norm, opened.end(), min(end, opened.end() + 600)) if opened else None
        if opened and closed and closed.start() - opened.end() >= 6:
            return Leaf(doc.text[opened.end() : closed.start()], opened.end(), closed.start())
        bare = _BARE.match(norm, says.start(), end)
        if bare:
            stop = norm.find("。", bare.end(), min(end, bare.end() + 300))
            if stop >= 0:
                return Leaf(doc.text[bare.end() - 1 : stop], bare.end() - 1, stop)
    return None


def skeleton(note: str, names: list[str]) -> str:
    """The skeleton of an IOU: names, digits and dates taken out, so that notes filled in from one form are one string."""
    for name in sorted(names, key=len, reverse=True):
        note = note.replace(name, "某")
    note = _PERSON.sub("某", note)
    note = _NUMBERS.sub("#", note)
    return _MARKS.sub("", note)


def is_form(note: str) -> bool:
    """A note that reads like a printed form: long, with the clauses a friend's note does not have."""
    clauses = ("逾期", "违约金", "律师费", "管辖", "连带", "实现债权", "诉讼费", "保全费", "按日", "每日")
    return sum(clause in note for clause in clauses) >= 2
