"""Small expressions that read the same on every engine."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any

from jianwei.kit.sign import Kind, Sign


class Line(Enum):
    """Business lines (业务条线)."""

    CRIMINAL = "刑事检察"
    CIVIL = "民事检察"
    ADMINISTRATIVE = "行政检察"
    PUBLIC_INTEREST = "公益诉讼检察"
    ENFORCEMENT = "执行监督"
    JUVENILE = "未成年人检察"
    PETITION = "控告申诉检察"
    CONDUCT = "检务风险防控"
    MANAGEMENT = "案件管理与综合"


def evidence(row_id: Any, where: Any = None) -> Any:
    """The distinct row ids of a group as an array; order is settled by the runner."""
    return row_id.collect(where=where, distinct=True)


def days_between(later: Any, earlier: Any) -> Any:
    """Whole days from ``earlier`` to ``later`` (date expressions)."""
    return later.delta(earlier, unit="day")


def months_between(later: Any, earlier: Any) -> Any:
    """Calendar months from ``earlier`` to ``later``, by year and month number."""
    return (later.year() - earlier.year()) * 12 + (later.month() - earlier.month())


def with_substance(found: Any, signs: Iterable[Sign]) -> Any:
    """The rows on which some substance sign is seen: what ``needs_substance`` would drop anyway stays in the engine."""
    seen = [found[sign.key].fill_null(False) for sign in signs if sign.kind is Kind.SUBSTANCE]
    return found.filter(reduce(or_, seen))
