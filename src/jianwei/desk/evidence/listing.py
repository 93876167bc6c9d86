"""The lists of materials and of what is prepared for hearings: their columns, filters and order."""

from __future__ import annotations

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.timezone import localdate

from jianwei.desk.evidence import categories
from jianwei.desk.evidence.models import Source, Stage
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan

MARKS = {
    "mine": "我固证的",
    "waiting": "尚未见证",
    "warned": "有提示",
    "backdated": "提取早于存入一日以上",
    "loose": "未归入事项",
}


def marks(who: Acting) -> dict[str, Q]:
    return {
        "mine": Q(by=who.user.pk),
        "waiting": Q(stage__in=(Stage.RECEIVED, Stage.FIXED)),
        "warned": ~Q(warnings=[]),
        "backdated": Q(late=True),
        "loose": Q(matter__isnull=True),
    }


def size(octets: int | None) -> str:
    """``1536`` → ``1.5 KB``."""
    if octets is None:
        return ""
    amount, unit = float(octets), "字节"
    for unit in ("字节", "KB", "MB", "GB", "TB"):
        if amount < 1024 or unit == "TB":
            break
        amount /= 1024
    return f"{number_format(octets if unit == '字节' else amount, 0 if unit == '字节' else 1)} {unit}"


PLAN = Plan(
    name="evidence",
    title="存证材料",
    unit="份",
    about="存证材料",
    looks="查看存证列表",
    exports="导出存证列表",
    columns=(
        Column("name", "材料", "name", says=lambda one: one.name),
        Column("category", "证据种类", "category", says=lambda one: one.category),
        Column("case", "案件或事项", "case_ref", says=lambda one: one.case_ref),
        Column("stage", "状态", "stage", says=lambda one: one.get_stage_display()),
        Column("collected", "自称提取时间", "collected_at", True, says=lambda one: one.collected_at),
        Column("proven", "可证明时间", "proven_at", True, says=lambda one: one.proven_at),
        Column("size", "大小", "size", True, says=lambda one: size(one.size), number=True),
        Column("collectors", "提取人", says=lambda one: "、".join(one.collectors)),
        Column("doc_no", "文书编号", "doc_no", says=lambda one: one.doc_no),
        Column("source", "来源", "source", says=lambda one: one.get_source_display()),
        Column("office", "存证院", "office__code", says=lambda one: one.office.name),
        Column("at", "接收", "at", True, says=lambda one: one.at),
        Column("by", "固证人", "by__name", says=lambda one: one.by and one.by.name),
        Column("index", "日志序号", "index", True, says=lambda one: one.index, number=True),
    ),
    in_files=(
        Column("id", "存证编号", says=lambda one: one.pk),
        Column("sha256", "SHA-256", says=lambda one: one.sha256),
        Column("sm3", "SM3", says=lambda one: one.sm3),
    ),
    shown=("name", "category", "case", "stage", "collected", "proven", "size", "office"),
    filters=(
        Filter("stage", "状态", values={value: str(title) for value, title in Stage.choices}),
        Filter("category", "证据种类", values={kind: kind for kind in categories.kinds()}),
        Filter("source", "来源", values={value: str(title) for value, title in Source.choices}),
        Filter("office", "存证院", "office__code", label="office__name", where=within),
        Filter("mark", "标记", values=MARKS, each=marks),
    ),
    days=(Days("at", "接收", "at__date"), Days("collected", "提取", "collected_at__date")),
    asks={"matter": "受案号"},
    search=(
        "name__icontains", "case_ref__icontains", "matter__number__icontains", "doc_no__icontains", "holder__icontains",
        "sha256__istartswith", "sm3__istartswith", "id__iexact",
    ),
    finds="名称、案件、文号、持有人、摘要",
    order=("-at", "-id"),
    first="at",
    link=lambda one: one.get_absolute_url(),
    most=10_000,
)  # fmt: skip
"""``late`` is an annotation of ``queries.rows``."""

HEARINGS = {"mine": "我制作的", "coming": "尚未开庭", "loose": "未归入事项"}


def of_hearings(who: Acting) -> dict[str, Q]:
    return {
        "mine": Q(by=who.user.pk),
        "coming": Q(hearing_on__gte=localdate(who.at)),
        "loose": Q(matter__isnull=True),
    }


PRESENTATIONS = Plan(
    name="evidence_presentations",
    title="示证清单",
    unit="份",
    about="示证清单",
    looks="查看示证清单列表",
    exports="导出示证清单列表",
    columns=(
        Column("title", "名称", "title", says=lambda one: one.title),
        Column("case", "案件", "matter__number", says=lambda one: str(one.matter or "")),
        Column("hearing", "开庭日期", "hearing_on", True, says=lambda one: one.hearing_on),
        Column("count", "材料", "count", True, says=lambda one: one.count, number=True),
        Column("office", "单位", "office__code", says=lambda one: one.office.name),
        Column("by", "制作人", "by__name", says=lambda one: one.by.name),
        Column("updated", "更新", "updated_at", True, says=lambda one: one.updated_at),
    ),
    filters=(
        Filter("mark", "标记", values=HEARINGS, each=of_hearings),
        Filter("office", "单位", "office__code", label="office__name", where=within),
    ),
    days=(Days("hearing", "开庭", "hearing_on"), Days("updated", "更新", "updated_at__date")),
    search=("title__icontains", "matter__number__icontains", "matter__title__icontains", "by__name__icontains"),
    finds="名称、案件、制作人",
    order=("-updated_at", "-id"),
    first="updated",
    link=lambda one: f"/evidence/presentations/{one.pk}/",
)
"""``count`` is an annotation of ``queries.presentation_rows``."""
