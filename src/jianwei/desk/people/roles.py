"""Roles, and what each may do. The three administrators see no case data (GB/T 22239-2019, 8.1.5.1–3)."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    PROSECUTOR = "prosecutor", "承办检察官"
    ASSISTANT = "assistant", "检察官助理"
    HEAD = "head", "部门负责人"
    CHIEF = "chief", "检察长"
    CASE_MANAGER = "case_manager", "案管"
    ANALYST = "analyst", "数据分析员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
CASE_ROLES = frozenset(Role) - ADMINS
WATCHERS = frozenset({Role.AUDIT_ADMIN, Role.CHIEF, Role.CASE_MANAGER})
"""Who is shown whether what people left behind was changed: who audits, and who answers for the cases of an office."""


def label(role: str) -> str:
    """The Chinese name of a stored role."""
    return str(Role(role).label) if role in Role.values else role
