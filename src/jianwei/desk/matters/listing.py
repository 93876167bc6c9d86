"""The list of matters: its columns, filters and order."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from jianwei.desk.matters.models import NEVER, Matter, Party
from jianwei.desk.matters.queries import today
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan
from jianwei.procedures.shelf import procedures

CLOCKS = {
    "overdue": "已超期",
    "today": "今日届满",
    "in3": "三日内届满",
    "in7": "七日内届满",
    "safe": "期限内",
    "none": "没有在算的期限",
}
"""States of the nearest last day, by the day on which the list is looked at."""
MARKS = {
    "mine": "我承办", "missing": "缺少输入", "suspended": "中止计算", "custody": "有羁押期限", "pressing": "对方已超期",
    "restricted": "限定知悉", "unallotted": "未分派",
}  # fmt: skip
CLOSED = {"no": "在办", "yes": "已办结"}


def clock_ranges(who: Acting) -> dict[str, Q]:
    """The day-dependent states of the nearest last day, as ranges of days."""
    day = today(who)
    return {
        "overdue": Q(due_on__lt=day),
        "today": Q(due_on=day),
        "in3": Q(due_on__gt=day, due_on__lte=day + dt.timedelta(days=3)),
        "in7": Q(due_on__gt=day + dt.timedelta(days=3), due_on__lte=day + dt.timedelta(days=7)),
        "safe": Q(due_on__gt=day + dt.timedelta(days=7), due_on__lt=NEVER),
        "none": Q(due_on=NEVER),
    }


def marks(who: Acting) -> dict[str, Q]:
    return {
        "mine": Q(handler=who.user.pk),
        "missing": Q(missing=True),
        "suspended": Q(suspended=True),
        "custody": Q(custody_due_on__isnull=False),
        "pressing": Q(others_due_on__lt=today(who)),
        "restricted": ~Q(restriction=""),
        "unallotted": Q(handler__isnull=True),
    }


def procedure_title(key: str) -> str:
    found = procedures().get(key)
    return found.title if found else key


def _called(word: str) -> Q:
    party = Party.objects.filter(name__istartswith=word).order_by().values("matter")
    return Q(title__icontains=word) | Q(number__icontains=word) | Q(pk__in=party)


def _due(matter: Matter) -> dt.date | None:
    return None if matter.due_on == NEVER else matter.due_on


PLAN = Plan(
    name="matters",
    title="事项",
    unit="个",
    about="事项",
    looks="查看事项列表",
    exports="导出事项",
    columns=(
        Column("title", "事项", "title", says=lambda matter: matter.title),
        Column("number", "受案号", "number", says=lambda matter: matter.number),
        Column("procedure", "程序", "procedure", says=lambda matter: procedure_title(matter.procedure)),
        Column("line", "条线", says=lambda matter: matter.line),
        Column("stage", "阶段", says=lambda matter: matter.stage),
        Column("due", "最近届满", "due_on", says=_due),
        Column("custody", "羁押届满", "custody_due_on", says=lambda matter: matter.custody_due_on),
        Column("others", "对方期限", "others_due_on", says=lambda matter: matter.others_due_on),
        Column("handler", "承办人", says=lambda matter: matter.handler and matter.handler.name),
        Column("department", "部门", says=lambda matter: matter.department),
        Column("office", "承办院", says=lambda matter: matter.office.name),
        Column("opened", "受理", "opened_on", True, says=lambda matter: matter.opened_on),
        Column("closed", "办结", "closed_on", True, says=lambda matter: matter.closed_on),
        Column("updated", "更新", "updated_at", True, says=lambda matter: matter.updated_at.date()),
    ),
    shown=("title", "number", "procedure", "stage", "due", "handler", "opened"),
    filters=(
        Filter("clock", "期限", values=CLOCKS, each=clock_ranges, menu=False),
        Filter("line", "条线"),
        Filter("procedure", "程序", name=procedure_title),
        Filter("stage", "阶段"),
        Filter("handler", "承办人", "handler__username", label="handler__name", coded=True),
        Filter("office", "承办院", "office__code", label="office__name", where=within),
        Filter("mark", "标记", values=MARKS, each=marks),
        Filter(
            "closed",
            "办结",
            values=CLOSED,
            each=lambda who: {"no": Q(closed=False), "yes": Q(closed=True)},
            where=lambda values: Q() if len(values) == 2 else Q(closed="yes" in values),
            usual=("no",),
        ),
    ),
    days=(Days("due", "届满日", "due_on"),),
    word=_called,
    finds="名称、受案号、当事人",
    order=("due_on", "id"),
    first="due",
)  # fmt: skip
