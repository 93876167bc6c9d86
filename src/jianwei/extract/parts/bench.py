"""Signatures: who judged, in which capacity, who kept the record, and the date under them."""

from __future__ import annotations

import datetime as dt
import re

from jianwei.extract.judgment import Judge
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import DATE, day
from jianwei.extract.text import Doc

_NAME = re.compile(r"[一-龥㐀-䶵·•.xX×*＊ⅩⅹA-Za-z0-9\ue000-\uf8ff\U00020000-\U0003134f]+")
_STOP = re.compile(
    r"附|本案|本件|（|相关|适用|引用|本判决|本裁定|二[〇○零OoО0Ο]|[12][0-9]{3}年|核对|校对|印$|此件|审判$|公 ?告"
)


def bench(doc: Doc) -> tuple[list[Judge], list[Leaf[str]], Leaf[str] | None, Leaf[dt.date] | None]:
    """Judges with roles, assistants, clerk, and the date of the document."""
    judges: list[Judge] = []
    assistants: list[Leaf[str]] = []
    clerk: Leaf[str] | None = None
    if doc.tail >= doc.appendix:
        return judges, assistants, clerk, None
    norm = doc.norm
    dated = _date(norm, doc.tail, doc.appendix)
    marks = doc.signers
    edges = [*(mark.start() for mark in marks), min(len(norm), doc.appendix + 1)][1:]
    for mark, edge in zip(marks, edges, strict=True):
        if dated and mark.end() <= dated.start < edge:
            edge = dated.start
        names = _names(norm, mark.end(), edge)
        if not names:
            continue
        capacity = mark.group().replace(" ", "")
        if capacity.endswith(("记员", "录员")):
            clerk = clerk or names[0]
        elif capacity in ("法官助理", "审判辅助人员"):
            assistants.extend(names)
        elif capacity != "院长":
            role = Leaf("人民陪审员" if capacity == "陪审员" else capacity, mark.start(), mark.end())
            judges += [Judge(role, name) for name in names]
    return judges, assistants, clerk, dated


def _date(norm: str, start: int, end: int) -> Leaf[dt.date] | None:
    for match in DATE.finditer(norm, start, end):
        value = day(match)
        if value:
            return Leaf(value, match.start(), match.end())
    return None


_SIGHT = 60
"""Chosen: names stand within so many characters after the capacity."""


def _names(norm: str, start: int, end: int) -> list[Leaf[str]]:
    """The names between two marks. ``雷 某`` is one name, ``张三 李四`` are two."""
    stop = _STOP.search(norm, start, min(end, start + _SIGHT + 5))
    end = min(stop.start() if stop else end, start + _SIGHT)
    found: list[Leaf[str]] = []
    pending: list[tuple[int, int]] = []
    for word in _NAME.finditer(norm, start, end):
        if pending and "\n" in norm[pending[-1][1] : word.start()] and len("".join(norm[a:b] for a, b in pending)) > 1:
            found.append(_leaf(norm, pending))
            pending = []
        if word.end() - word.start() == 1:
            pending.append(word.span())
            if len(pending) == 4:
                found.append(_leaf(norm, pending))
                pending = []
            continue
        if pending:
            if len(pending) == 1 and not found:
                found.append(_leaf(norm, [*pending, word.span()]))
                pending = []
                continue
            found.append(_leaf(norm, pending))
            pending = []
        found.append(Leaf(word.group(), word.start(), word.end()))
    if pending:
        found.append(_leaf(norm, pending))
    return [name for name in found if 2 <= len(name.value) <= 16]


def _leaf(norm: str, words: list[tuple[int, int]]) -> Leaf[str]:
    return Leaf("".join(norm[a:b] for a, b in words), words[0][0], words[-1][1])
