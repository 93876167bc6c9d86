"""Two small exports with three contradictions."""

from __future__ import annotations

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from jianwei.cards.card import Card, columns

PERSON = "虞见山"
ARREST = {
    "部门受案号": "甲检捕受〔2025〕1号", "统一受案号": "3306022025000001", "案件名称": "虞见山危险驾驶案", "嫌疑人姓名": PERSON, "嫌疑人编号": "R1",
    "受理日期": "2025-03-03", "审结日期": "2025-03-07", "审结处理结果": "批准逮捕", "审结案由": "危险驾驶罪", "移送案由": "危险驾驶罪", "涉嫌案由": "危险驾驶罪",
    "应当逮捕情形": "企图自杀或者逃跑", "受理时强制措施": "刑事拘留", "收到执行回执日期": "2025-03-08", "执行日期": "2025-03-07", "执行情况": "已执行",
}  # fmt: skip
PROSECUTION = {
    "部门受案号": "甲检诉受〔2025〕1号", "统一受案号": "3306022025000001", "案件名称": "虞见山危险驾驶案", "嫌疑人姓名": PERSON, "嫌疑人编号": "R1",
    "全案_受理日期": "2025-04-01", "审结日期": "2025-04-10", "审结处理情况": "起诉", "审结案由": "危险驾驶罪", "提起公诉日期": "2025-04-10",
    "全案_移送案由": "危险驾驶罪", "移诉案由": "危险驾驶罪", "审结前强制措施": "取保候审", "庭审程序": "速裁程序", "作案时年龄": "17",
    "一审判决日期": "2025-04-20", "一审判决罪名/案由": "危险驾驶罪", "一审宣告刑": "拘役", "一审宣告刑刑期": "2",
}  # fmt: skip
REFS = ["L06", "L111", "L41"]


def table(kind: type[Card], *rows: dict[str, str], name: str = "") -> SimpleUploadedFile:
    titles = [column.title for column in columns(kind).values()]
    out = io.StringIO()
    csv.writer(out).writerows([titles, *[[row.get(title, "") for title in titles] for row in rows]])
    return SimpleUploadedFile(name or f"{kind.code}.csv", out.getvalue().encode("utf-8-sig"))
