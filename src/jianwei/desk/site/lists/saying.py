"""What a column says of a row, in words for a page and for a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from jianwei.desk.site.lists.plan import Column

SHORT = 8
"""Characters that are not broken (chosen: a role, a procedure's stage, a kind)."""


def whole(column: Column, row: Any) -> bool:
    """Whether it stands on one line: a day, a moment, a number, a few characters."""
    value = column.says(row) if column.says else None
    return isinstance(value, int | dt.date) or len(str(value or "")) <= SHORT


def said(column: Column, row: Any) -> str | int:
    """Days as 2026-11-22, moments as 2026-11-22 09:30 here, numbers as they are, nothing as nothing."""
    value = column.says(row) if column.says else None
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int():
            return value
        case dt.datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        case dt.date():
            return value.isoformat()
    return str(value)
