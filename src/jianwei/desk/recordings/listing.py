"""The list of recordings: its columns, filters and order."""

from __future__ import annotations

from django.db.models import Q

from jianwei.desk.evidence.listing import size
from jianwei.desk.evidence.models import Stage
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.recordings.models import Door
from jianwei.desk.recordings.purposes import purposes
from jianwei.desk.site.lists import Column, Days, Filter, Plan

MARKS = {
    "mine": "我录制的",
    "loose": "待归入事项",
    "broken": "中断的",
    "differs": "与设备端摘要不符",
    "warned": "有提示",
    "waiting": "尚未见证",
}


def conditions(who: Acting) -> dict[str, Q]:
    return {
        "mine": Q(material__by=who.user.pk),
        "loose": Q(material__matter__isnull=True),
        "broken": Q(broken=True),
        "differs": Q(differs=True),
        "warned": ~Q(material__warnings=[]),
        "waiting": Q(material__stage__in=(Stage.RECEIVED, Stage.FIXED)),
    }


def length(seconds: int | None) -> str:
    """``3725`` → ``1:02:05``; "" for None."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes:02}:{rest:02}"


PLAN = Plan(
    name="recordings",
    title="录音录像",
    unit="份",
    about="录音录像",
    looks="查看录音录像列表",
    exports="导出录音录像列表",
    columns=(
        Column("name", "录音录像", "material__name", says=lambda one: one.material.name),
        Column("case", "案件或事项", "material__case_ref", says=lambda one: str(one.material.matter or one.material.case_ref)),
        Column("purpose", "用途", "purpose", says=lambda one: one.purpose),
        Column("stage", "状态", "material__stage", says=lambda one: one.material.get_stage_display()),
        Column("started", "开始", "material__collected_at", True, says=lambda one: one.material.collected_at),
        Column("length", "时长", "seconds", True, says=lambda one: length(one.seconds), number=True),
        Column("size", "大小", "material__size", True, says=lambda one: size(one.material.size), number=True),
        Column("officers", "办案人员", says=lambda one: "、".join(one.material.collectors)),
        Column("place", "地点", "material__place", says=lambda one: one.material.place),
        Column("device", "设备", "material__device", says=lambda one: one.material.device),
        Column("door", "来自", "door", says=lambda one: one.get_door_display()),
        Column("marked", "标记", "marked", True, says=lambda one: one.marked, number=True),
        Column("proven", "可证明时间", "material__proven_at", True, says=lambda one: one.material.proven_at),
        Column("office", "存证院", "material__office__code", says=lambda one: one.material.office.name),
        Column("at", "存入", "material__at", True, says=lambda one: one.material.at),
        Column("broken", "中断", says=lambda one: one.broken),
    ),
    in_files=(
        Column("id", "存证编号", says=lambda one: one.pk),
        Column("sha256", "SHA-256", says=lambda one: one.material.sha256),
        Column("sm3", "SM3", says=lambda one: one.material.sm3),
    ),
    shown=("name", "case", "purpose", "stage", "started", "length", "size", "officers", "door"),
    filters=(
        Filter("stage", "状态", "material__stage", values={value: str(title) for value, title in Stage.choices}),
        Filter("purpose", "用途", values={title: title for title in purposes()}),
        Filter("door", "来自", values={value: str(title) for value, title in Door.choices}),
        Filter(
            "office", "存证院", "material__office__code", label="material__office__name",
            where=lambda codes: within(codes, "material__office"),
        ),
        Filter("mark", "标记", values=MARKS, each=conditions),
    ),
    days=(Days("started", "开始", "material__collected_at__date"), Days("at", "存入", "material__at__date")),
    asks={"matter": "受案号"},
    search=(
        "material__name__icontains", "material__case_ref__icontains", "material__matter__number__icontains", "material__place__icontains",
        "material__device__icontains", "material__sha256__istartswith", "material__id__iexact",
    ),
    finds="名称、案件、地点、设备、摘要",
    order=("-material__at", "-pk"),
    first="at",
    link=lambda one: one.get_absolute_url(),
    most=10_000,
)  # fmt: skip
"""``marked``, the number of marks, is an annotation of ``queries.rows``."""
