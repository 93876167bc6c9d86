"""The list of clues: its columns, filters and order."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from jianwei.desk.clues.models import Grade
from jianwei.desk.clues.triage import Status
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan

MARKS = {"vanished": "本次未再现", "changed": "内容有变化", "provisional": "暂定", "mine": "交我承办"}


def marks(who: Acting) -> dict[str, Q]:
    return {key: Q(assignee=who.user.pk) if key == "mine" else Q(**{key: True}) for key in MARKS}


RUNS = Plan(
    name="runs",
    title="筛查运行",
    unit="次",
    about="线索",
    looks="查看筛查运行",
    exports="导出筛查运行",
    purpose="线索研判",
    columns=(
        Column("id", "序号", "pk", True, says=lambda run: f"#{run.pk}"),
        Column("as_of", "数据截至", "as_of", True, says=lambda run: run.as_of),
        Column("loaded", "载入时间", "loaded_at", True, says=lambda run: run.loaded_at),
        Column("found", "线索", "found", True, says=lambda run: run.found, number=True),
        Column("skipped", "未评价的模型", says=lambda run: len(run.skipped), number=True),
        Column("run", "运行标识", says=lambda run: run.run_id),
    ),
    days=(Days("as_of", "数据截至", "as_of"),),
    search=("run_id__istartswith",),
    finds="运行标识",
    order=("-pk",),
    first="-id",
    link=lambda run: reverse("run", args=[run.pk]),
)

PLAN = Plan(
    name="clues",
    title="线索",
    unit="条",
    about="线索",
    looks="查看线索列表",
    exports="导出线索",
    purpose="线索研判",
    columns=(
        Column("subject", "对象与要点", "subject", says=lambda clue: clue.subject),
        Column("model", "模型", "model", says=lambda clue: f"{clue.ref} {clue.title}"),
        Column("line", "条线", "line", says=lambda clue: clue.line),
        Column("grade", "等级", "grade", True, says=lambda clue: clue.get_grade_display()),
        Column("score", "得分", "score", True, says=lambda clue: clue.score, number=True),
        Column("office", "管辖院", "office__code", says=lambda clue: clue.office.name),
        Column("period", "期间", "period", True, says=lambda clue: clue.period),
        Column("status", "状态", "status", says=lambda clue: clue.get_status_display()),
        Column("evidence", "证据", "evidence_count", True, says=lambda clue: clue.evidence_count, number=True),
        Column("assignee", "承办人", "assignee__name", says=lambda clue: clue.assignee and clue.assignee.name),
        Column("updated", "更新", "updated_at", True, says=lambda clue: clue.updated_at.date()),
    ),
    in_files=(
        Column("headline", "要点", says=lambda clue: clue.headline),
        Column("id", "线索标识", says=lambda clue: clue.clue_id),
    ),
    shown=("subject", "model", "grade", "score", "office", "period", "status", "evidence"),
    filters=(
        Filter("status", "状态", values={value: str(title) for value, title in Status.choices}),
        Filter("grade", "等级", values={str(value): str(title) for value, title in Grade.choices}),
        Filter("line", "条线"),
        Filter("model", "模型", label="title"),
        Filter("office", "管辖院", "office__code", label="office__name", where=within),
        Filter("mark", "标记", values=MARKS, each=marks),
    ),
    search=(
        "subject__icontains", "headline__icontains", "title__icontains", "clue_id__istartswith", "subject_key__icontains",
        "ref__iexact",
    ),
    finds="对象、要点、模型、线索标识",
    order=("-grade", "-score", "clue_id"),
)  # fmt: skip
