"""The lists of accounts and of the audit trail: columns, filters and order."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from jianwei.desk.people.queries import within
from jianwei.desk.people.roles import Role
from jianwei.desk.site.lists import Column, Days, Filter, Plan

ACCOUNTS = Plan(
    name="accounts",
    title="账户",
    unit="个",
    about="账户",
    looks="查看账户列表",
    exports="导出账户列表",
    purpose="账户管理",
    columns=(
        Column("username", "登录名", "username", says=lambda user: user.username),
        Column("name", "姓名", "name", says=lambda user: user.name),
        Column("office", "所在院", "office__path", says=lambda user: user.office.name),
        Column("role", "职责", "role", says=lambda user: user.get_role_display()),
        Column("state", "状态", "is_active", says=lambda user: "启用" if user.is_active else "已停用"),
        Column("created", "开设", "created_at", True, says=lambda user: user.created_at.date()),
    ),
    filters=(
        Filter("role", "职责", values={value: str(title) for value, title in Role.choices}),
        Filter(
            "state",
            "状态",
            values={"on": "启用", "off": "已停用"},
            each=lambda who: {"on": Q(is_active=True), "off": Q(is_active=False)},
        ),
        Filter("office", "所在院", "office__code", label="office__name", where=within),
    ),
    search=("username__icontains", "name__icontains", "office__name__icontains"),
    finds="登录名、姓名、院",
    order=("office__path", "username"),
)

TRAIL = Plan(
    name="trail",
    title="审计记录",
    unit="条",
    about="审计",
    looks="查看审计记录",
    exports="导出审计记录",
    purpose="审计",
    columns=(
        Column("at", "时间", "at", True, says=lambda entry: f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"),
        Column("username", "登录名", "username", says=lambda entry: entry.username),
        Column("office", "院", says=lambda entry: entry.office.name if entry.office else "（未登录）"),
        Column("ip", "地址", "ip", says=lambda entry: entry.ip),
        Column("action", "动作", "action", says=lambda entry: entry.action),
        Column("object", "对象", "object_id", says=lambda entry: f"{entry.object_kind} {entry.object_id}".strip()),
        Column("result", "结果", says=lambda entry: entry.result),
        Column("purpose", "目的", says=lambda entry: entry.purpose),
        Column("detail", "详情", says=lambda entry: "；".join(f"{key}={value}" for key, value in entry.detail.items())),
    ),
    shown=("at", "username", "office", "ip", "action", "object", "result", "purpose"),
    filters=(
        Filter("action", "动作"),
        Filter("kind", "对象类型", "object_kind"),
        Filter("result", "结果"),
        Filter("office", "院", "office__code", label="office__name", where=within),
    ),
    days=(Days("at", "时间", "at__date"),),
    search=("username__icontains", "object_id__icontains", "ip__icontains"),
    finds="登录名、对象或地址",
    order=("-id",),
    first="-at",
    most=10_000,
)
