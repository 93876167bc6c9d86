"""The register of listeners and the record of draws from it: columns, filters and order."""

from __future__ import annotations

from django.urls import reverse

from jianwei.desk.listeners.models import Kind
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan

BY_KIND = Filter("kind", "名库", values={value: str(title) for value, title in Kind.choices})

REGISTER = Plan(
    name="listeners",
    title="听证员",
    unit="人",
    about="听证员",
    looks="查看听证员库",
    exports="导出听证员库",
    columns=(
        Column("name", "姓名", "name", says=lambda one: one.name),
        Column("kind", "名库", "kind", says=lambda one: one.get_kind_display()),
        Column("trade", "职业或者专长", "trade", says=lambda one: one.trade),
        Column("at", "入库", "at", True, says=lambda one: one.at.date()),
        Column("by", "登记人", says=lambda one: one.by.name),
    ),
    filters=(BY_KIND,),
    days=(Days("at", "入库", "at__date"),),
    search=("name__icontains", "trade__icontains"),
    finds="姓名、职业或者专长",
    order=("kind", "name", "pk"),
    first="kind",
)

DRAWS = Plan(
    name="listener_draws",
    title="抽选记录",
    unit="次",
    about="听证员",
    looks="查看听证员抽选记录",
    exports="导出听证员抽选记录",
    columns=(
        Column("number", "受案号", "number", says=lambda draw: draw.number),
        Column("at", "时间", "at", True, says=lambda draw: draw.at),
        Column("kind", "名库", "kind", says=lambda draw: draw.get_kind_display()),
        Column("drawn", "抽中", says=lambda draw: "、".join(draw.drawn)),
        Column("pool", "参加抽选", says=lambda draw: len(draw.pool), number=True),
        Column("out", "剔除", says=lambda draw: len(draw.left_out), number=True),
        Column("office", "院", "matter__office__code", says=lambda draw: draw.matter.office.name),
        Column("by", "经办", "by__name", says=lambda draw: draw.by.name),
    ),
    in_files=(Column("seed", "种子", says=lambda draw: draw.seed),),
    filters=(
        BY_KIND,
        Filter(
            "office",
            "院",
            "matter__office__code",
            label="matter__office__name",
            where=lambda codes: within(codes, "matter__office"),
        ),
    ),
    days=(Days("at", "时间", "at__date"),),
    search=("number__icontains", "matter__title__icontains"),
    finds="受案号、事项",
    order=("-pk",),
    first="-at",
    link=lambda draw: reverse("listener_draw_made", args=[draw.pk]),
)
