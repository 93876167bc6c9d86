"""A synthetic pair of exports: coherent cards, planted contradictions, and decoys that the law excuses."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, columns
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.sandbox import case_cards
from jianwei.sandbox.case_cards import Row, person

AS_OF = dt.date(2025, 6, 30)
HEADERS = {kind.code: [c.title for c in columns(kind).values()] for kind in (ArrestCard, ProsecutionCard)}


@dataclass
class Pair:
    """Rows of both exports, and what is planted: (export, row in the file, number of the rule)."""

    arrests: list[Row] = field(default_factory=list)
    prosecutions: list[Row] = field(default_factory=list)
    planted: set[tuple[str, int, str]] = field(default_factory=set)


def _late_review(a: Row, p: Row) -> list[tuple[str, str]]:
    a["审结日期"] = a["全案_审结日期"] = a["执行日期"] = a["收到执行回执日期"] = a["受理日期"] + dt.timedelta(days=9)
    return [("审查逮捕", "T01")]


def _late_but_free(a: Row, p: Row) -> list[tuple[str, str]]:
    _late_review(a, p)
    a["受理时强制措施"], a["拘留日期"] = "取保候审", None
    return []


def _bailed(a: Row, p: Row) -> list[tuple[str, str]]:
    p["审结前强制措施"] = "取保候审"
    return [("审查逮捕", "L111")]


def _bailed_with_date(a: Row, p: Row) -> list[tuple[str, str]]:
    _bailed(a, p)
    p["变更强制措施日期"] = p["全案_受理日期"]
    return []


def _drunk(a: Row, p: Row) -> list[tuple[str, str]]:
    for row in (a, p):
        row.update({"审结案由": "危险驾驶罪", "被害人情况": "无", "案件造成伤亡情况": "无"})
    a.update({"移送案由": "危险驾驶罪", "涉嫌案由": "危险驾驶罪"})
    p.update(
        {
            "全案_移送案由": "危险驾驶罪",
            "移诉案由": "危险驾驶罪",
            "一审判决罪名/案由": "危险驾驶罪",
            "一审宣告刑": "拘役",
            "一审宣告刑刑期": 2,
        }
    )
    return [("审查逮捕", "L06")]


def _drunk_after_breach(a: Row, p: Row) -> list[tuple[str, str]]:
    _drunk(a, p)
    a["应当逮捕情形"] = "违反取保候审规定，情节严重"
    return []


def _fast_minor(a: Row, p: Row) -> list[tuple[str, str]]:
    for row in (a, p):
        row.update({"作案时年龄": 17, "出生日期": "2007-05-01"})
    p.update({"庭审程序": "速裁程序", "审结日期": p["全案_受理日期"] + dt.timedelta(days=9)})
    return [("一审公诉", "L41")]


def _summary_minor(a: Row, p: Row) -> list[tuple[str, str]]:
    _fast_minor(a, p)
    p["庭审程序"] = "简易程序"
    return []


def _yuan(a: Row, p: Row) -> list[tuple[str, str]]:
    p["审结数额（万元）"] = 32000
    return [("一审公诉", "U01")]


def _large_theft(a: Row, p: Row) -> list[tuple[str, str]]:
    p.update({"审结数额（万元）": 800, "认定造成经济损失（万元）": 780})
    return []


def _other_charge(a: Row, p: Row) -> list[tuple[str, str]]:
    p["审结案由"] = p["一审判决罪名/案由"] = "敲诈勒索罪"
    return [("一审公诉", "C05")]


def _no_victim(a: Row, p: Row) -> list[tuple[str, str]]:
    p["被害人情况"] = "无"
    return [("一审公诉", "B51")] if p["审结案由"] != "寻衅滋事罪" else []


def _no_effect(a: Row, p: Row) -> list[tuple[str, str]]:
    p["一审判决生效日期"] = p["全案_一审判决生效日期"] = None
    return [("一审公诉", "T35")]


def _appealed(a: Row, p: Row) -> list[tuple[str, str]]:
    _no_effect(a, p)
    p["上诉日期"] = p["一审判决书收到日期"]
    return []


PLANTS: tuple[Callable[[Row, Row], list[tuple[str, str]]], ...] = (
    _late_review, _bailed, _drunk, _fast_minor, _yuan, _other_charge, _no_victim, _no_effect,
)  # fmt: skip
DECOYS = (_late_but_free, _bailed_with_date, _drunk_after_breach, _summary_minor, _large_theft, _appealed)


def pair(size: int, seed: int = 7, every: int = 20) -> Pair:
    """``size`` persons; one in ``every`` carries a plant and one a decoy, in turn."""
    chance, made = random.Random(seed), Pair()
    for number in range(size):
        arrest, prosecution = person(number, chance)
        step, place = divmod(number, every)
        if place == 3:
            made.planted |= {
                (export, number + 2, ref) for export, ref in PLANTS[step % len(PLANTS)](arrest, prosecution)
            }
        elif place == 11:
            DECOYS[step % len(DECOYS)](arrest, prosecution)
        made.arrests.append(arrest)
        made.prosecutions.append(prosecution)
    return made


def as_csv(file: Path, kind: type[Card], rows: Sequence[Row]) -> Path:
    titles = HEADERS[kind.code]
    with file.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(titles)
        writer.writerows([["" if row.get(t) is None else row[t] for t in titles] for row in rows])
    return file


def as_xlsx(file: Path, kind: type[Card], rows: Sequence[Row], title: str = "") -> Path:
    return case_cards.as_xlsx(file, HEADERS[kind.code], rows, title)
