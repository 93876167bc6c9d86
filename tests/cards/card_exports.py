"""A synthetic pair of exports: coherent cards, planted contradictions, and decoys that the law excuses."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, columns
from jianwei.cards.prosecution import ProsecutionCard

AS_OF = dt.date(2025, 6, 30)
HEADERS = {kind.code: [c.title for c in columns(kind).values()] for kind in (ArrestCard, ProsecutionCard)}
_FAMILY, _GIVEN = "虞裘竺宣茹郦俞傅孟骆", "见山永茂春晖之清立诚守正明达文远"
_CHARGES = ("盗窃罪", "诈骗罪", "故意伤害罪", "寻衅滋事罪")

Row = dict[str, Any]


@dataclass
class Pair:
    """Rows of both exports, and what is planted: (export, row in the file, number of the rule)."""

    arrests: list[Row] = field(default_factory=list)
    prosecutions: list[Row] = field(default_factory=list)
    planted: set[tuple[str, int, str]] = field(default_factory=set)


def _days(first: dt.date, *gaps: int) -> list[dt.date]:
    found = [first]
    for gap in gaps:
        found.append(found[-1] + dt.timedelta(days=gap))
    return found


def person(number: int, chance: random.Random) -> tuple[Row, Row]:
    """One suspect, arrested, indicted on a plea and sentenced, without a contradiction."""
    name = chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, 2))
    charge = chance.choice(_CHARGES)
    first = dt.date(2024, 7, 1) + dt.timedelta(days=number % 120)
    accepted, closed, sent, indicted, heard, received, effective = _days(first, 6, 60, 28, 30, 3, 20)
    both = {
        "统一受案号": f"3306022024{number:06d}", "案件名称": f"{name}涉嫌{charge}案{number}", "嫌疑人姓名": name, "嫌疑人编号": f"R{number:07d}",
        "侦查机关名称": "甲县公安局", "移送单位名称": "甲县公安局", "是否为单位": "否", "出生日期": "1990-05-01", "作案时年龄": 34, "前科": "无",
        "审结案由": charge, "被害人情况": "自然人", "案件造成伤亡情况": "轻伤1人", "是否利用电信或网络实施犯罪": "否",
        "犯罪涉及校园家庭暴力": "不涉及", "犯罪案件是否涉及黑社会性质组织": "否",
    }  # fmt: skip
    arrest = both | {
        "部门受案号": f"甲检捕受〔2024〕{number}号", "受理日期": accepted, "移送案由": charge, "涉嫌案由": charge, "受理时强制措施": "刑事拘留",
        "拘留日期": accepted - dt.timedelta(days=3), "全案_审结处理结果": "批准逮捕", "全案_审结日期": closed, "审结处理结果": "批准逮捕",
        "审结日期": closed, "应当逮捕情形": "可能实施新的犯罪", "收到执行回执日期": closed, "执行日期": closed, "执行情况": "已执行",
        "是否为审捕阶段要求提请（移送）逮捕的犯罪嫌疑人": "否",
    }  # fmt: skip
    prosecution = both | {
        "部门受案号": f"甲检诉受〔2024〕{number}号", "全案_受理日期": sent, "是否他院受理审查起诉后改变管辖": "否", "全案_移送意见": "移送起诉",
        "全案_移送案由": charge, "移诉案由": charge, "审结前强制措施": "逮捕", "全案_审结日期": indicted, "审结日期": indicted,
        "审结处理情况": "起诉", "改变移送审查起诉认定情形": "无", "审查认定的法定情节": "坦白", "全案_审查起诉阶段检察机关适用认罪认罚": "是",
        "审查起诉阶段检察机关适用认罪认罚": "是", "是否为纠正漏捕的犯罪嫌疑人": "否", "是否为追诉对象": "否", "是否立案监督对象": "否",
        "审结数额（万元）": 3.2, "认定造成经济损失（万元）": 3.2, "挽回经济损失（万元）": 1, "案件是否涉及追赃挽损": "是",
        "审查起诉阶段提出量刑建议类型": "确定刑量刑建议", "审查起诉阶段量刑建议刑种": "有期徒刑", "审查起诉阶段量刑建议（自）有期徒刑刑期": 10,
        "审查起诉阶段量刑建议（到）有期徒刑刑期": 10, "是否法院采纳量刑建议": "是", "提起公诉日期": indicted, "庭审程序": "简易程序", "出庭日期": heard,
        "审判阶段适用认罪认罚情况": "审查起诉、审判阶段均适用", "审判阶段适用认罪认罚": "是", "全案_一审判决日期": heard, "一审判决日期": heard,
        "一审判决书收到日期": received, "一审判决罪名/案由": charge, "裁判改变起诉情形": "无", "一审宣告刑": "有期徒刑", "一审宣告刑刑期": 10,
        "全案_一审判决生效日期": effective, "一审判决生效日期": effective,
    }  # fmt: skip
    return arrest, prosecution


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
    """A workbook, with a line of title above the header when ``title`` is given."""
    titles = HEADERS[kind.code]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("案卡")
    if title:
        sheet.append([title])
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(t) for t in titles])
    book.save(file)
    return file
