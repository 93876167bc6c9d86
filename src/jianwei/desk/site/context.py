"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest

import jianwei
from jianwei.desk.people.models import User
from jianwei.desk.people.roles import ADMINS, WATCHERS, Role, label

ALLOTTERS = frozenset({Role.CASE_MANAGER, Role.HEAD, Role.CHIEF})
THEMES = ("auto", "light", "dark")

# name of the address, title, icon, who sees it
RAIL = (
    ("workbench", "工作台", "layout-dashboard", None),
    ("clues", "线索", "list-search", None),
    ("matters", "事项", "clipboard-list", None),
    ("allotment", "分案", "users", ALLOTTERS),
    ("models", "模型", "bulb", None),
    ("runs", "运行", "database", None),
    ("cards", "案卡", "list-check", None),
    ("documents", "文书", "file-text", None),
    ("evidence", "存证", "lock", None),
    ("exchange", "移送", "send", None),
    ("accounts", "账户", "users", Role.SYSTEM_ADMIN),
    ("evidence_log", "存证", "lock", Role.SYSTEM_ADMIN),
    ("exchange_counterparts", "移送单位", "send", Role.SECURITY_ADMIN),
    ("trail", "审计", "shield-check", Role.AUDIT_ADMIN),
    ("seals", "留痕", "timeline", WATCHERS),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "auto")
    base = {"theme": theme if theme in THEMES else "auto", "release": jianwei.__version__}
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return base
    admin = user.role in ADMINS
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    rail = [(n, t, i, _belongs(here, n)) for n, t, i, role in RAIL if _sees(user.role, role)]
    told = get_messages(request) if hasattr(request, "_messages") else []
    return base | {"me": user, "role": label(user.role), "rail": rail, "sees_cases": not admin, "told": told}


def _sees(role: str, whose: Role | frozenset[Role] | None) -> bool:
    """Whether an entry is for a role: one, several, or with None all who work on cases."""
    if whose is None:
        return role not in ADMINS
    return role in whose if isinstance(whose, frozenset) else role == whose


def _belongs(here: str, name: str) -> bool:
    """Whether the page ``here`` lies under the rail's entry ``name``."""
    return (
        here == name
        or here.startswith(f"{name}_")
        or (name == "evidence" and here.startswith("recording"))
        or (name in ("clues", "matters", "models", "runs") and here == name[:-1])
    )
