"""The lists of last days and of warnings: columns, filters and order."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from jianwei.desk.matters.listing import procedure_title
from jianwei.desk.matters.models import MatterClock
from jianwei.desk.matters.queries import today
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan
from jianwei.desk.workbench import warning
from jianwei.desk.workbench.deeds import deed
from jianwei.desk.workbench.due import KINDS

STATES = {"overdue": "已超期", "today": "今日届满", "in3": "三日内届满", "in7": "七日内届满", "later": "七日以后"}
MINE, OWN = "mine", "own"
WHOSE = {MINE: "本人承办", OWN: "本院"}


def states(who: Acting) -> dict[str, Q]:
    day = today(who)
    three, seven = (day + dt.timedelta(days=days) for days in (3, 7))
    return {
        "overdue": Q(due_on__lt=day),
        "today": Q(due_on=day),
        "in3": Q(due_on__gt=day, due_on__lte=three),
        "in7": Q(due_on__gt=three, due_on__lte=seven),
        "later": Q(due_on__gt=seven),
    }


def whose(who: Acting) -> dict[str, Q]:
    return {MINE: Q(matter__handler=who.user.pk), OWN: Q(matter__office=who.user.office_id)}


def _deed(clock: MatterClock) -> str:
    return deed(clock.matter.procedure, clock.clock, clock.matter.stage)


BY_KIND = Filter("kind", "种类", values=KINDS)
BY_OFFICE = Filter(
    "office",
    "承办院",
    "matter__office__code",
    label="matter__office__name",
    where=lambda codes: within(codes, "matter__office"),
)

CLOCKS = Plan(
    name="clocks",
    title="期限",
    unit="项",
    about="事项",
    looks="查看期限列表",
    exports="导出期限列表",
    columns=(
        Column("about", "事项", "matter__title", says=lambda clock: clock.matter.title),
        Column("number", "受案号", "matter__number", says=lambda clock: clock.matter.number),
        Column("title", "期限", "title", says=lambda clock: clock.title),
        Column("person", "何人", "person", says=lambda clock: clock.person),
        Column("due", "届满", "due_on", says=lambda clock: clock.due_on),
        Column("deed", "应当作出的行为", says=_deed),
        Column("kind", "种类", "kind", says=lambda clock: KINDS.get(clock.kind, clock.kind)),
        Column("start", "起算", "start_on", True, says=lambda clock: clock.start_on),
        Column("procedure", "程序", "matter__procedure", says=lambda clock: procedure_title(clock.matter.procedure)),
        Column("stage", "阶段", "matter__stage", says=lambda clock: clock.matter.stage),
        Column("handler", "承办人", says=lambda clock: clock.matter.handler and clock.matter.handler.name),
        Column("office", "承办院", "matter__office__code", says=lambda clock: clock.matter.office.name),
        Column("cite", "依据", says=lambda clock: clock.cite),
    ),
    shown=("about", "title", "person", "due", "deed", "handler", "office"),
    filters=(
        Filter("state", "状态", values=STATES, each=states),
        BY_KIND,
        Filter("whose", "范围", values=WHOSE, each=whose),
        Filter("procedure", "程序", "matter__procedure", name=procedure_title),
        Filter("handler", "承办人", "matter__handler__username", label="matter__handler__name", coded=True),
        BY_OFFICE,
    ),
    days=(Days("due", "届满日", "due_on"),),
    search=("title__icontains", "person__icontains", "matter__title__icontains", "matter__number__icontains"),
    finds="期限、姓名、事项、受案号",
    order=("due_on", "matter_id", "place"),
    first="due",
    link=lambda clock: clock.matter.get_absolute_url(),
    most=10_000,
)

NOTICES = Plan(
    name="notices",
    title="到期提醒",
    unit="条",
    about="到期提醒",
    looks="查看到期提醒",
    exports="导出到期提醒",
    columns=(
        Column("about", "事项", "matter__title", says=lambda one: one.matter.title),
        Column("number", "受案号", "matter__number", says=lambda one: one.matter.number),
        Column("says", "提示", "rung", says=lambda one: one.says),
        Column("title", "期限", "title", says=lambda one: one.title + (f"（{one.person}）" if one.person else "")),
        Column("due", "届满", "due_on", says=lambda one: one.due_on),
        Column("office", "承办院", "matter__office__code", says=lambda one: one.matter.office.name),
        Column("at", "提醒时间", "at", True, says=lambda one: one.at),
        Column("read", "阅知", "read_at", True, says=lambda one: one.read_at),
    ),
    filters=(
        Filter(
            "read",
            "阅知",
            values={"no": "未阅", "yes": "已阅"},
            each=lambda who: {"no": Q(read_at__isnull=True), "yes": Q(read_at__isnull=False)},
            usual=("no",),
        ),
        Filter("rung", "提示", values={str(rung.days): rung.says for rung in warning.rungs()}),
        BY_KIND,
        BY_OFFICE,
    ),
    days=(Days("due", "届满日", "due_on"), Days("at", "提醒时间", "at__date")),
    search=("title__icontains", "person__icontains", "matter__title__icontains", "matter__number__icontains"),
    finds="期限、姓名、事项、受案号",
    order=("-at", "-pk"),
    first="-at",
    link=lambda one: one.matter.get_absolute_url(),
)
