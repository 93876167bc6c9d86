"""The lists of documents and of their numbers: columns, filters and order."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.models import Step
from jianwei.desk.documents.shelf import GROUPS, kinds
from jianwei.desk.documents.signing import waits_for
from jianwei.desk.matters.queries import today
from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists import Column, Days, Filter, Plan

MARKS = {
    "mine": "我起草的", "waiting": "待我审核、签发", "returned": "退回我修改", "answered": "我的文书收到回复", "sent": "我送审的",
    "awaiting": "等待回复", "overdue": "逾期未回复", "unserved": "已签发未送达",
}  # fmt: skip


def marks(who: Acting) -> dict[str, Q]:
    """Marks of a document, by the day on which it is looked at."""
    own, back = Q(author=who.user.pk), Step.objects.filter(verb="send_back").order_by().values("document")
    awaiting = Q(reply_due_on__isnull=False, replied_on__isnull=True) & ~Q(status__in=(Status.VOID, Status.ARCHIVED))
    return {
        "mine": own,
        "waiting": waits_for(who),
        "returned": own & Q(status=Status.DRAFT, pk__in=back),
        "answered": own & Q(status__in=(Status.ISSUED, Status.SERVED), replied_on__isnull=False),
        "sent": own & Q(status__in=(Status.REVIEW, Status.APPROVED)) & ~waits_for(who),
        "awaiting": awaiting,
        "overdue": awaiting & Q(reply_due_on__lt=today(who)),
        "unserved": Q(status=Status.ISSUED),
    }


def kind_title(key: str) -> str:
    found = kinds().get(key)
    return found.title if found else key


PLAN = Plan(
    name="documents",
    title="文书",
    unit="份",
    about="文书",
    looks="查看文书列表",
    exports="导出文书",
    columns=(
        Column("title", "文书", "title", says=lambda one: one.title),
        Column("number", "文号", "number", says=lambda one: one.number),
        Column("status", "状态", "status", says=lambda one: one.get_status_display()),
        Column("issued", "签发", "issued_on", True, says=lambda one: one.issued_on),
        Column("served", "送达", "served_on", True, says=lambda one: one.served_on),
        Column("reply", "回复期限", "reply_due_on", says=lambda one: one.reply_due_on),
        Column("author", "起草人", "author__name", says=lambda one: one.author.name),
        Column("office", "制作院", "office__code", says=lambda one: one.office.name),
        Column("updated", "更新", "updated_at", True, says=lambda one: one.updated_at.date()),
    ),
    in_files=(
        Column("about", "案件或事项", says=lambda one: one.about),
        Column("matter", "受案号", says=lambda one: one.matter and one.matter.number),
        Column("signer", "签发人", says=lambda one: one.signer),
        Column("replied", "收到回复", says=lambda one: one.replied_on),
    ),
    filters=(
        Filter("status", "状态", values={value: str(title) for value, title in Status.choices}),
        Filter("mark", "标记", values=MARKS, each=marks),
        Filter("group", "类别", values={one: one for one in GROUPS}),
        Filter("kind", "文书种类", name=kind_title),
        Filter("author", "起草人", "author__username", label="author__name", coded=True),
        Filter("office", "制作院", "office__code", label="office__name"),
        Filter(
            "matter",
            "所属",
            values={"some": "属于某一事项", "none": "不属于事项"},
            each=lambda who: {"some": Q(matter__isnull=False), "none": Q(matter__isnull=True)},
        ),
    ),
    days=(Days("reply", "回复期限", "reply_due_on"),),
    search=("title__icontains", "about__icontains", "number__icontains", "matter__number__icontains"),
    finds="文书、案件、文号、受案号",
    order=("-updated_at", "-pk"),
    first="-updated",
    most=10_000,
)

REGISTER = Plan(
    name="documents_register",
    title="文号登记簿",
    unit="号",
    about="文书",
    looks="查看文号登记簿",
    exports="导出文号登记簿",
    columns=(
        Column("text", "文号", says=lambda one: one.text),
        Column("document", "文书", "document__title", says=lambda one: one.document.title),
        Column("about", "案件或事项", "document__about", says=lambda one: one.document.about),
        Column("issued", "签发日期", "document__issued_on", True, says=lambda one: one.document.issued_on),
        Column("signer", "签发人", says=lambda one: one.document.signer),
        Column("at", "取号时间", "at", True, says=lambda one: one.at),
        Column("by", "取号人", says=lambda one: one.by.name),
        Column("office", "制作院", "office__code", says=lambda one: one.office.name),
        Column("void", "作废", "void_at", True, says=lambda one: one.void_at),
        Column("why", "作废理由", says=lambda one: one.void_why),
    ),
    in_files=(
        Column("series", "字号", says=lambda one: one.series),
        Column("year", "年", says=lambda one: one.year),
        Column("n", "序号", says=lambda one: one.n),
    ),
    filters=(
        Filter("series", "字号"),
        Filter("year", "年", digits=True),
        Filter(
            "void",
            "作废",
            values={"no": "有效的号", "yes": "作废的号"},
            each=lambda who: {"no": Q(void_at__isnull=True), "yes": Q(void_at__isnull=False)},
        ),
        Filter("office", "制作院", "office__code", label="office__name"),
    ),
    days=(Days("issued", "签发日期", "document__issued_on"),),
    search=("text__icontains", "document__about__icontains", "document__title__icontains"),
    finds="文号、文书、案件",
    order=("office__path", "-year", "series", "-n"),
    link=lambda one: reverse("documents_one", args=[one.document_id]),
)
