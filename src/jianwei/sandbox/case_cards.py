"""Exports of case cards for trying and measuring: made-up people whose cards contradict nothing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Row = dict[str, Any]
"""The cells of one card by the title of their column; a column that is absent is empty."""

_FAMILY, _GIVEN = "虞裘竺宣茹郦俞傅孟骆", "见山永茂春晖之清立诚守正明达文远"
_CHARGES = ("盗窃罪", "诈骗罪", "故意伤害罪", "寻衅滋事罪")


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


def as_xlsx(file: Path, titles: Sequence[str], rows: Iterable[Row], heading: str = "") -> Path:
    """A workbook, with a line above the titles when ``heading`` is given."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("案卡")
    if heading:
        sheet.append([heading])
    sheet.append(list(titles))
    for row in rows:
        sheet.append([row.get(title) for title in titles])
    book.save(file)
    return file


def without_effect(prosecution: Row) -> Row:
    """The card of a judgment long past whose day of effect nobody entered."""
    return prosecution | {"一审判决生效日期": None, "全案_一审判决生效日期": None}
