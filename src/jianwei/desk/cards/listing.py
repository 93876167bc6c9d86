"""The lists of checks and of the contradictions that one found: columns, filters and order."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from jianwei.cards import Group
from jianwei.desk.cards.models import Check, Severity
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan

OPEN, ACCEPTED, UNLISTED = "open", "accepted", "unlisted"
STATES = {OPEN: "未处理", ACCEPTED: "作为依法例外接受", UNLISTED: "接受，不属所列例外"}


def _same(*values: str) -> dict[str, str]:
    return {value: value for value in values}


def _rows(check: Check) -> str:
    return "，".join(f"{title} {count}" for title, count in check.rows.items())


CHECKS = Plan(
    name="cards",
    title="案卡核查",
    unit="次",
    about="案卡核查",
    looks="查看案卡核查列表",
    exports="导出案卡核查列表",
    purpose="案卡核查",
    columns=(
        Column("id", "序号", "pk", True, says=lambda check: f"#{check.pk}"),
        Column("at", "上传时间", "at", True, says=lambda check: check.at),
        Column("as_of", "核查之日", "as_of", True, says=lambda check: check.as_of),
        Column("files", "文件", says=lambda check: "、".join(file["name"] for file in check.files)),
        Column("rows", "行数", says=_rows),
        Column("found", "冲突", "found", True, says=lambda check: check.found, number=True),
        Column("open", "未处理", "still_open", True, says=lambda check: check.still_open, number=True),
        Column("excused", "依法例外", "excused", True, says=lambda check: check.excused, number=True),
        Column("office", "院", "office__code", says=lambda check: check.office.name),
        Column("by", "上传人", "by__name", says=lambda check: check.by.name),
    ),
    filters=(
        Filter("office", "院", "office__code", label="office__name", where=within),
        Filter("by", "上传人", "by__username", label="by__name", coded=True),
    ),
    days=(Days("as_of", "核查之日", "as_of"),),
    order=("-pk",),
    first="-id",
    link=lambda check: reverse("cards_check", args=[check.pk]),
)

FINDINGS = Plan(
    name="cards_check",
    title="案卡冲突",
    unit="项",
    about="案卡核查",
    looks="查看案卡冲突",
    exports="导出案卡冲突",
    purpose="案卡核查",
    columns=(
        Column("ref", "规则", "ref"),
        Column("severity", "程度", "severity", True),
        Column("case", "案件与人", "case_no"),
        Column("sentence", "冲突"),
        Column("row", "案卡与行", "row"),
        Column("state", "状态", "acceptance"),
    ),
    filters=(
        Filter("group", "分组", values=_same(*(one.value for one in Group))),
        Filter("severity", "程度", values={str(value): str(title) for value, title in Severity.choices}),
        Filter("verdict", "结论", values=_same("矛盾", "请核对")),
        Filter("export", "案卡", values=_same("审查逮捕", "一审公诉")),
        Filter("ref", "规则", label="title", coded=True),
        Filter(
            "state",
            "状态",
            values=STATES,
            each=lambda who: {
                OPEN: Q(acceptance__isnull=True),
                ACCEPTED: Q(acceptance__listed=True),
                UNLISTED: Q(acceptance__listed=False),
            },
        ),
    ),
    search=(
        "case_no__icontains", "case_name__icontains", "person__icontains", "title__icontains", "sentence__icontains", "ref__iexact",
    ),
    finds="案号、姓名、规则",
    order=("-severity", "number"),
    first="-severity",
)  # fmt: skip
