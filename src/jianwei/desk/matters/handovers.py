"""The list of what was handed over from office to office: its columns, filters and order."""

from __future__ import annotations

from django.db.models import Q

from jianwei.desk.matters.listing import procedure_title
from jianwei.desk.matters.models import Handover
from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists import Column, Days, Filter, Plan

WAYS = {"to_us": "待本院接收", "received": "本院已接收", "sent": "本院移送"}


def ways(who: Acting) -> dict[str, Q]:
    mine, state = Q(receiver=who.user.office_id), Handover.State
    return {
        "to_us": mine & Q(state=state.WAITING),
        "received": mine & Q(state=state.TAKEN),
        "sent": Q(sender=who.user.office_id),
    }


PLAN = Plan(
    name="handovers",
    title="移送与接收",
    unit="次",
    about="移送",
    looks="查看移送列表",
    exports="导出移送列表",
    columns=(
        Column("title", "事项", "matter__title", says=lambda one: one.matter.title),
        Column("number", "原受案号", "number", says=lambda one: one.number),
        Column("procedure", "程序", "matter__procedure", says=lambda one: procedure_title(one.matter.procedure)),
        Column("sender", "移送院", "sender__path", says=lambda one: one.sender.name),
        Column("receiver", "受移送院", "receiver__path", says=lambda one: one.receiver.name),
        Column("sent", "移送", "sent_on", True, says=lambda one: one.sent_on),
        Column("state", "状态", "state", says=lambda one: one.get_state_display()),
        Column("answered", "接收或退回", "answered_on", True, says=lambda one: one.answered_on),
        Column("by", "移送人", says=lambda one: one.sent_by.name),
        Column("why", "理由", says=lambda one: one.answer or one.why),
    ),
    shown=("title", "number", "procedure", "sender", "receiver", "sent", "state", "answered"),
    filters=(
        Filter("state", "状态", values=dict(Handover.State.choices)),
        Filter("way", "方向", values=WAYS, each=ways),
        Filter("sender", "移送院", "sender__code", label="sender__name"),
        Filter("receiver", "受移送院", "receiver__code", label="receiver__name"),
    ),
    days=(Days("sent", "移送日", "sent_on"),),
    search=("matter__title__icontains", "number__icontains", "sender__name__icontains", "receiver__name__icontains"),
    finds="事项、原受案号、移送院、受移送院",
    order=("-sent_on", "-pk"),
    first="-sent",
    link=lambda one: one.get_absolute_url(),
)
