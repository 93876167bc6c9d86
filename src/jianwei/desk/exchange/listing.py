"""The lists of what was sent and what was received: columns, filters and order."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from jianwei.desk.exchange.models import Stand, State
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan

SENT_MARKS = {"mine": "我经办的", "overdue": "逾期无回执", "hand": "人工登记的回执"}
RECEIVED_MARKS = {
    "mine": "我接收或答复的",
    "due": "已过请回执之日",
    "barred": "核验不通过",
    "noted": "有须人判断的",
    "loose": "未归入事项",
}
OPEN_SENT, OPEN_RECEIVED = (State.MADE, State.SENT), (Stand.WAITING, Stand.CHECKED)


def _today(who: Acting) -> dt.date:
    return timezone.localtime(who.at).date()


def sent_marks(who: Acting) -> dict[str, Q]:
    return {
        "mine": Q(by=who.user.pk),
        "overdue": Q(state__in=OPEN_SENT, reply_by__lt=_today(who)),
        "hand": Q(by_hand=True),
    }


def received_marks(who: Acting) -> dict[str, Q]:
    return {
        "mine": Q(by=who.user.pk) | Q(answered_by=who.user.pk),
        "due": Q(state__in=OPEN_RECEIVED, reply_by__lt=_today(who)),
        "barred": Q(barred=True),
        "noted": Q(barred=False) & ~Q(findings=[]),
        "loose": Q(state=Stand.ACCEPTED, matter__isnull=True),
    }


SENT = Plan(
    name="exchange",
    title="发出的移送包",
    unit="个",
    about="移送包",
    looks="查看发件列表",
    exports="导出发件列表",
    columns=(
        Column("name", "接收单位", "recipient_name", says=lambda one: one.recipient_name),
        Column("number", "序号", "number", True, says=lambda one: one.number, number=True),
        Column("case", "事项", "matter__number", says=lambda one: f"{one.matter.number} {one.matter.title}"),
        Column("purpose", "移送事由", "purpose", says=lambda one: one.purpose),
        Column("state", "状态", "state", says=lambda one: one.get_state_display()),
        Column("log", "清单存证", "record__stage", says=lambda one: one.record.get_stage_display() if one.record else "未存证"),
        Column("at", "制作", "at", True, says=lambda one: one.at),
        Column("sent", "送出", "sent_at", True, says=lambda one: one.sent_at),
        Column("reply", "请回执", "reply_by", says=lambda one: one.reply_by),
        Column("answered", "回执", "answered_at", True, says=lambda one: one.answered_at),
        Column("by", "经办人", "by__name", says=lambda one: one.by.name),
        Column("office", "移送院", "office__code", says=lambda one: one.office.name),
    ),
    in_files=(
        Column("id", "包号", says=lambda one: one.pk),
        Column("sha256", "清单的 SHA-256", says=lambda one: one.sha256),
        Column("answerer", "签收人", says=lambda one: one.answered_by),
        Column("code", "退回码", says=lambda one: one.answer_code),
    ),
    shown=("name", "number", "case", "purpose", "state", "log", "at", "reply", "answered"),
    filters=(
        Filter("state", "状态", values={value: str(title) for value, title in State.choices}),
        Filter("to", "接收单位", "recipient_code", label="recipient_name"),
        Filter("office", "移送院", "office__code", label="office__name", where=within),
        Filter("mark", "标记", values=SENT_MARKS, each=sent_marks),
    ),
    days=(Days("at", "制作", "at__date"), Days("reply", "请回执", "reply_by")),
    search=("recipient_name__icontains", "matter__number__icontains", "matter__title__icontains", "purpose__icontains", "id__iexact"),
    finds="接收单位、事项、事由、包号",
    order=("-at", "-id"),
    first="at",
    link=lambda one: one.get_absolute_url(),
    most=10_000,
)  # fmt: skip

RECEIVED = Plan(
    name="exchange_in",
    title="收到的移送包",
    unit="个",
    about="移送包",
    looks="查看收件列表",
    exports="导出收件列表",
    columns=(
        Column("name", "移送单位", "sender_name", says=lambda one: one.sender_name),
        Column("number", "序号", "number", True, says=lambda one: one.number, number=True),
        Column("case", "对方事项", "case_number", says=lambda one: f"{one.case_number} {one.case_title}".strip()),
        Column("purpose", "移送事由", "purpose", says=lambda one: one.purpose),
        Column("state", "状态", "state", says=lambda one: one.get_state_display()),
        Column("found", "核验", says=lambda one: found(one)),
        Column("at", "收到", "at", True, says=lambda one: one.at),
        Column("reply", "请回执", "reply_by", says=lambda one: one.reply_by),
        Column("answered", "答复", "answered_at", True, says=lambda one: one.answered_at),
        Column("matter", "本院事项", "matter__number", says=lambda one: one.matter and one.matter.number),
        Column("made", "对方制作", "made_at", True, says=lambda one: one.made_at),
        Column("by", "接收人", "by__name", says=lambda one: one.by and one.by.name),
        Column("office", "接收院", "office__code", says=lambda one: one.office.name),
    ),
    in_files=(
        Column("id", "包号", says=lambda one: one.pk),
        Column("sha256", "清单的 SHA-256", says=lambda one: one.sha256),
        Column("code", "退回码", says=lambda one: one.answer_code),
        Column("why", "说明", says=lambda one: one.answer_why),
    ),
    shown=("name", "number", "case", "purpose", "state", "found", "at", "reply", "answered", "matter"),
    filters=(
        Filter("state", "状态", values={value: str(title) for value, title in Stand.choices}),
        Filter("of", "移送单位", "sender_code", label="sender_name"),
        Filter("office", "接收院", "office__code", label="office__name", where=within),
        Filter("mark", "标记", values=RECEIVED_MARKS, each=received_marks),
    ),
    days=(Days("at", "收到", "at__date"), Days("reply", "请回执", "reply_by")),
    search=("sender_name__icontains", "case_number__icontains", "case_title__icontains", "purpose__icontains", "matter__number__icontains", "id__iexact"),
    finds="移送单位、事项、事由、包号",
    order=("-at", "-id"),
    first="at",
    link=lambda one: one.get_absolute_url(),
    most=10_000,
)  # fmt: skip


def found(one: object) -> str:
    """What checking gave, in a word."""
    state, barred, findings = (getattr(one, name) for name in ("state", "barred", "findings"))
    if state == Stand.WAITING:
        return "未核验"
    return "不通过" if barred else "有须判断的" if findings else "通过"
