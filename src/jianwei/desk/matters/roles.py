"""Who may write matters, and whose decision an act is."""

from __future__ import annotations

from jianwei.desk.people.roles import Role
from jianwei.procedures import ActKind

WRITERS = frozenset({Role.PROSECUTOR, Role.ASSISTANT, Role.HEAD, Role.CHIEF, Role.CASE_MANAGER})
"""Roles that record acts."""
LEADERS = frozenset({Role.HEAD, Role.CHIEF})
"""Roles that see the restricted matters of their scope, and say who else may."""
OPENERS = frozenset({Role.PROSECUTOR, Role.HEAD, Role.CHIEF, Role.CASE_MANAGER})

_DECIDES = {
    Role.PROSECUTOR: frozenset({"承办检察官"}),
    Role.ASSISTANT: frozenset({"承办检察官"}),
    Role.HEAD: frozenset({"承办检察官", "部门负责人", "检察长"}),
    Role.CHIEF: frozenset({"承办检察官", "部门负责人", "检察长", "检察委员会"}),
    Role.CASE_MANAGER: frozenset({"案件管理"}),
}


def decided_above(role: str, kind: ActKind) -> str:
    """Who does an act where it is not this role: ``检察长决定``, ``案件管理部门办理``; "" where it is."""
    if not kind.by or _DECIDES.get(Role(role), frozenset()) & set(kind.by):
        return ""
    if kind.by == ("案件管理",):
        return "案件管理部门办理"
    return f"{'或'.join(kind.by)}决定"
