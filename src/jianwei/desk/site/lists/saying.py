"""What a column says of a row, in words for a page and for a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from jianwei.desk.site.lists.plan import Column


def figures(column: Column, row: Any) -> bool:
    """Whether it is a day, a moment or a number, which stands on one line."""
    return isinstance(column.says(row) if column.says else None, int | dt.date)


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
