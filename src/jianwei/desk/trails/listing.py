"""The two lists of the room: what is sealed, and what differs from its seal."""

from __future__ import annotations

from django.db.models import Q

from jianwei.desk.people.acting import Acting
from jianwei.desk.people.queries import within
from jianwei.desk.site.lists import Column, Days, Filter, Plan
from jianwei.desk.trails.models import Finding
from jianwei.desk.trails.trail import TRAILS

TITLES = {key: trail.title for key, trail in TRAILS.items()}
STATES = {"open": "尚未恢复", "gone": "已恢复原状"}


def states(who: Acting) -> dict[str, Q]:
    return {"open": Q(gone_at__isnull=True), "gone": Q(gone_at__isnull=False)}


def place(finding: Finding) -> str:
    """Where it is, in words."""
    title = TITLES.get(finding.trail, finding.trail)
    if finding.row is None:
        return f"{title}第 {finding.n} 段"
    return f"{title}第 {finding.row} 行（第 {finding.n} 段）"


BY_TRAIL = Filter("trail", "留痕", values=TITLES)

FINDINGS = Plan(
    name="seals",
    title="与封存不符的留痕",
    unit="处",
    about="留痕",
    looks="查看留痕检查",
    exports="导出留痕检查",
    purpose="审计",
    columns=(
        Column("place", "何处", "row", says=place),
        Column("what", "不符之处", "what", says=lambda one: one.get_what_display()),
        Column("office", "院", "office__path", says=lambda one: one.office and one.office.name),
        Column("matter", "事项", says=lambda one: one.matter_number),
        Column("found", "发现时间", "found_at", True, says=lambda one: one.found_at),
        Column("gone", "恢复时间", "gone_at", True, says=lambda one: one.gone_at),
    ),
    filters=(
        BY_TRAIL,
        Filter("what", "不符之处", values={value: str(title) for value, title in Finding.What.choices}),
        Filter("state", "现状", values=STATES, each=states),
        Filter("office", "院", "office__code", label="office__name", where=within),
    ),
    days=(Days("found", "发现于", "found_at__date"),),
    order=("is_gone", "-found_at", "-id"),
)

SEGMENTS = Plan(
    name="segments",
    title="留痕封存段",
    unit="段",
    about="留痕",
    looks="查看留痕封存段",
    exports="导出留痕封存段",
    purpose="审计",
    columns=(
        Column("trail", "留痕", "trail", says=lambda one: TITLES.get(one.trail, one.trail)),
        Column("n", "段", "n", True, says=lambda one: one.n, number=True),
        Column("range", "起止", "first", says=lambda one: f"{one.first}–{one.last}"),
        Column("rows", "行数", "rows", True, says=lambda one: one.rows, number=True),
        Column("root", "根（SHA-256）", says=lambda one: one.root),
        Column("entry", "存证编号", "entry_id", says=lambda one: one.entry_id),
        Column("log", "已入日志", "in_log", says=lambda one: "是" if one.in_log else "待写入"),
        Column("at", "封存时间", "at", True, says=lambda one: one.at),
    ),
    filters=(BY_TRAIL,),
    search=("entry_id__iexact", "root__istartswith"),
    finds="存证编号、根",
    days=(Days("at", "封存于", "at__date"),),
    order=("-at", "-id"),
)
