"""The lists of allotment: what nobody handles, people, draws, tables of received cases."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from jianwei.desk.allotment.models import Batch, Draw
from jianwei.desk.allotment.roles import DRAWN, LEADING
from jianwei.desk.matters.listing import procedure_title
from jianwei.desk.matters.models import NEVER
from jianwei.desk.people.queries import within
from jianwei.desk.people.roles import label
from jianwei.desk.site.lists import Column, Days, Filter, Plan

WAITING = Plan(
    name="allotment",
    title="待分案事项",
    unit="件",
    about="分案",
    looks="查看待分案事项",
    exports="导出待分案事项",
    columns=(
        Column("title", "事项", "title", says=lambda matter: matter.title),
        Column("number", "受案号", "number", says=lambda matter: matter.number),
        Column("type", "案件类别", "case_type", says=lambda matter: matter.case_type),
        Column("procedure", "程序", "procedure", says=lambda matter: procedure_title(matter.procedure)),
        Column("opened", "受理", "opened_on", says=lambda matter: matter.opened_on),
        Column("due", "最近届满", "due_on", says=lambda matter: None if matter.due_on == NEVER else matter.due_on),
        Column("custody", "羁押届满", "custody_due_on", says=lambda matter: matter.custody_due_on),
        Column("handler", "承办人", says=lambda matter: matter.handler and matter.handler.name),
    ),
    shown=("title", "number", "type", "procedure", "opened", "due", "custody"),
    filters=(
        Filter("procedure", "程序", name=procedure_title),
        Filter("type", "案件类别", "case_type"),
        Filter(
            "custody",
            "羁押",
            values={"yes": "有羁押期限", "no": "没有"},
            each=lambda who: {"yes": Q(custody_due_on__isnull=False), "no": Q(custody_due_on__isnull=True)},
        ),
    ),
    days=(Days("opened", "受理", "opened_on"), Days("due", "最近届满", "due_on")),
    search=("title__icontains", "number__icontains"),
    finds="名称、受案号",
    asks={"from": "移交承办人"},
    order=("custody_due_on", "opened_on", "pk"),
    first="custody",
)

PEOPLE = Plan(
    name="allotment_people",
    title="分案人员",
    unit="人",
    about="分案",
    looks="查看分案人员",
    exports="导出分案人员",
    columns=(
        Column("name", "姓名", "name", says=lambda one: one.user.name),
        Column("role", "职责", "role", says=lambda one: one.user.get_role_display()),
        Column("load", "在办", "load", True, says=lambda one: one.user.load, number=True),
        Column("fields", "专长", says=lambda one: one.fields, number=True),
        Column("avoids", "回避", says=lambda one: one.avoids, number=True),
        Column("today", "今天", says=lambda one: one.today),
    ),
    in_files=(Column("username", "登录名", says=lambda one: one.user.username),),
    filters=(Filter("role", "职责", values={str(role): label(role) for role in sorted(DRAWN | LEADING)}),),
    search=("name__icontains", "username__icontains"),
    finds="姓名、登录名",
    order=("username",),
    link=lambda one: reverse("allotment_person", args=[one.user.username]),
)

DRAWS = Plan(
    name="allotment_draws",
    title="分案记录",
    unit="条",
    about="分案",
    looks="查看分案记录",
    exports="导出分案记录",
    columns=(
        Column("number", "受案号", "number", says=lambda draw: draw.number),
        Column("at", "时间", "at", True, says=lambda draw: draw.at),
        Column("office", "院", "office__code", says=lambda draw: draw.office.name),
        Column("way", "方式", "way", says=lambda draw: draw.get_way_display() + ("" if draw.first else "（变更）")),
        Column("pool", "候选", says=lambda draw: len(draw.pool), number=True),
        Column("out", "未列入", says=lambda draw: len(draw.left_out), number=True),
        Column("outcome", "承办人", "outcome_name", says=lambda draw: draw.outcome_name),
        Column("why", "理由", says=lambda draw: draw.why),
        Column("by", "经办", "by__name", says=lambda draw: draw.by.name),
    ),
    in_files=(Column("seed", "种子", says=lambda draw: draw.seed),),
    filters=(
        Filter("way", "方式", values={value: str(title) for value, title in Draw.Way.choices}),
        Filter(
            "turn",
            "次序",
            values={"first": "首次分案", "again": "变更承办人"},
            each=lambda who: {"first": Q(first=True), "again": Q(first=False)},
        ),
        Filter("outcome", "承办人", label="outcome_name", coded=True),
        Filter("office", "院", "office__code", label="office__name", where=within),
    ),
    days=(Days("at", "时间", "at__date"),),
    search=("number__icontains", "outcome_name__icontains", "why__icontains"),
    finds="受案号、承办人、理由",
    order=("-pk",),
    first="-at",
    link=lambda draw: reverse("allotment_draw", args=[draw.pk]),
)


def _batch_procedure(batch: Batch) -> str:
    return procedure_title(batch.procedure)


BATCHES = Plan(
    name="allotment_intake",
    title="批量受理",
    unit="份",
    about="分案",
    looks="查看收案表列表",
    exports="导出收案表列表",
    columns=(
        Column("file", "收案表", "file", says=lambda batch: batch.file),
        Column("procedure", "程序", "procedure", says=_batch_procedure),
        Column("at", "上传", "at", True, says=lambda batch: batch.at),
        Column("by", "上传人", "by__name", says=lambda batch: batch.by.name),
        Column("rows", "行数", "rows", True, says=lambda batch: batch.rows, number=True),
        Column("opened", "已受理", "opened", True, says=lambda batch: batch.opened, number=True),
    ),
    filters=(
        Filter("procedure", "程序", name=procedure_title),
        Filter("by", "上传人", "by__username", label="by__name"),
    ),
    days=(Days("at", "上传", "at__date"),),
    search=("file__icontains",),
    finds="文件名",
    order=("-pk",),
    first="-at",
    link=lambda batch: reverse("allotment_batch", args=[batch.pk]),
)
