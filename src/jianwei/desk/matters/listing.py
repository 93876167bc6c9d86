"""The state of the list of matters: filters, order, columns and page, all in the URL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

PAGE_SIZE = 50


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    sort: str = ""
    """The field that a click on the header sorts by."""
    descending: bool = False
    """Which way the first click sorts."""


COLUMNS = (
    Column("title", "事项", "title"),
    Column("number", "受案号", "number"),
    Column("procedure", "程序", "procedure"),
    Column("line", "条线"),
    Column("stage", "阶段"),
    Column("due", "最近届满", "due_on"),
    Column("custody", "羁押届满", "custody_due_on"),
    Column("others", "对方期限", "others_due_on"),
    Column("handler", "承办人"),
    Column("department", "部门"),
    Column("office", "承办院"),
    Column("opened", "受理", "opened_on", True),
    Column("closed", "办结", "closed_on", True),
    Column("updated", "更新", "updated_at", True),
)
BY_KEY = {column.key: column for column in COLUMNS}
DEFAULT_COLUMNS = ("title", "number", "procedure", "stage", "due", "handler", "opened")

FILTERS = {
    "clock": "期限", "line": "条线", "procedure": "程序", "stage": "阶段", "handler": "承办人", "office": "承办院", "mark": "标记",
    "closed": "办结",
}  # fmt: skip
CLOCKS = {
    "overdue": "已超期",
    "today": "今日届满",
    "in3": "三日内届满",
    "in7": "七日内届满",
    "safe": "期限内",
    "none": "没有在算的期限",
}
"""States of the nearest last day, by the day on which the list is looked at."""
MARKS = {
    "mine": "我承办", "missing": "缺少输入", "suspended": "中止计算", "custody": "有羁押期限", "pressing": "对方已超期",
    "restricted": "限定知悉", "unallotted": "未分派",
}  # fmt: skip
CLOSED = {"no": "在办", "yes": "已办结"}
_KNOWN = {"clock": frozenset(CLOCKS), "mark": frozenset(MARKS), "closed": frozenset(CLOSED)}


@dataclass(frozen=True)
class Listing:
    """What the address asks for. Unknown values are dropped, so that a bent address still shows a list."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    due_from: dt.date | None = None
    due_until: dt.date | None = None
    sort: str = ""
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    page: str = "1"

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.due_from or self.due_until or any(self.chosen.values()))

    def query(self, **changes: Any) -> str:
        """The address of this list with ``changes``: ``clock=("overdue",)``, ``sort="-opened"``, ``page=2`` …"""
        params = QueryDict(mutable=True)
        if text := changes.get("text", self.text):
            params["q"] = str(text)
        for key in FILTERS:
            params.setlist(key, list(changes.get(key, self.chosen.get(key, ()))))
        for key in ("due_from", "due_until"):
            if day := changes.get(key, getattr(self, key)):
                params[key] = day.isoformat()
        if sort := changes.get("sort", self.sort):
            params["sort"] = str(sort)
        columns = tuple(changes.get("columns", self.columns))
        if columns != DEFAULT_COLUMNS:
            params["cols"] = ",".join(columns)
        if changes.get("page"):
            params["page"] = str(changes["page"])
        return params.urlencode()

    def toggled(self, key: str, value: str) -> str:
        """The address with one filter value added, or taken away."""
        now = self.chosen.get(key, ())
        return self.query(**{key: tuple(v for v in now if v != value) if value in now else (*now, value)})

    def sorted_by(self, column: Column) -> str:
        """The address sorted by a column; the second click turns the order round."""
        first, second = (f"-{column.key}", column.key) if column.descending else (column.key, f"-{column.key}")
        return self.query(sort=second if self.sort == first else first)

    def order(self) -> tuple[str, bool]:
        """The field to sort by and whether downwards; by the nearest last day where nothing is asked."""
        column = BY_KEY.get(self.sort.lstrip("-"))
        if column and column.sort:
            return column.sort, self.sort.startswith("-")
        return "due_on", False


def parse(params: QueryDict) -> Listing:
    """Read an address. Bounded: 200 characters of text, 50 values a filter."""
    chosen = {}
    for key in FILTERS:
        values = dict.fromkeys(v for v in params.getlist(key)[:50] if v and "\x00" not in v)
        known = _KNOWN.get(key)
        chosen[key] = tuple(v[:60] for v in values if known is None or v in known)
    columns = tuple(c for c in dict.fromkeys(params.get("cols", "").split(",")) if c in BY_KEY)
    sort = params.get("sort", "")
    return Listing(
        text=params.get("q", "").replace("\x00", "").strip()[:200],
        chosen=chosen,
        due_from=_day(params.get("due_from", "")),
        due_until=_day(params.get("due_until", "")),
        sort=sort if sort.lstrip("-") in BY_KEY else "",
        columns=("title", *(c for c in columns if c != "title")) if columns else DEFAULT_COLUMNS,
        page=params.get("page", "1"),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
