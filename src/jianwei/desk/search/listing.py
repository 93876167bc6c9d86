"""What a search may ask: kinds, filters, conditions on parties and facts, order."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from jianwei.desk.matters.queries import today
from jianwei.desk.people.acting import Acting
from jianwei.desk.search.models import Kind
from jianwei.desk.site.lists import Column, Days, Filter, Plan

PERIODS = {"week": "七日内", "month": "三十日内", "year": "一年内", "older": "一年以前"}
CONDITIONS = {
    "party": "当事人", "handler": "承办人", "act": "行为", "fact": "事实", "value": "值", "least": "不小于", "most": "不大于",
    "act_from": "行为日期自", "act_until": "行为日期至",
}  # fmt: skip
"""Conditions on parties, handlers and facts; they leave only matters."""
SORTS = {"": "名称相符在先，其次日期", "-on": "日期，新的在先", "on": "日期，旧的在先", "title": "名称"}


def periods(who: Acting) -> dict[str, Q]:
    """The ranges of days, counted back from today."""
    week, month, year = (today(who) - dt.timedelta(days=days) for days in (7, 30, 365))
    ranges = (Q(on__gt=week), Q(on__gt=month), Q(on__gt=year), Q(on__lte=year))
    return dict(zip(PERIODS, ranges, strict=True))


PLAN = Plan(
    name="search",
    title="检索",
    unit="项",
    about="检索",
    looks="检索",
    exports="导出检索结果",
    columns=(
        Column("kind", "种类", says=lambda entry: entry.get_kind_display()),
        Column("title", "名称", "title", says=lambda entry: entry.title),
        Column("ref", "编号", says=lambda entry: entry.ref),
        Column("unit", "程序、模型或文书种类", says=lambda entry: entry.unit_title),
        Column("stage", "阶段或状态", says=lambda entry: entry.stage),
        Column("names", "人员", says=lambda entry: entry.names),
        Column("handler", "承办人", says=lambda entry: entry.matter and entry.matter.handler and entry.matter.handler.name),
        Column("office", "院", says=lambda entry: entry.office.name),
        Column("on", "日期", "on", True, says=lambda entry: entry.on),
    ),
    filters=(
        Filter("kind", "种类", values={value: str(title) for value, title in Kind.choices}, menu=False),
        Filter("unit", "程序、模型或文书种类", label="unit_title"),
        Filter("stage", "阶段或状态"),
        Filter("office", "院", "office__code", label="office__name"),
        Filter("period", "日期", values=PERIODS, each=periods),
    ),
    days=(Days("on", "起止日期", "on"),),
    asks=CONDITIONS,
    order=("-on", "-id"),
)  # fmt: skip
