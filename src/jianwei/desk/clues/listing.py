"""The state of the list of clues: filters, order, columns and page, all in the URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from jianwei.desk.clues.models import Grade
from jianwei.desk.clues.triage import Status

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
    Column("subject", "对象与要点", "subject"),
    Column("model", "模型", "model"),
    Column("line", "条线", "line"),
    Column("grade", "等级", "grade", True),
    Column("score", "得分", "score", True),
    Column("office", "管辖院", "office__code"),
    Column("period", "期间", "period", True),
    Column("status", "状态", "status"),
    Column("evidence", "证据", "evidence_count", True),
    Column("assignee", "承办人", "assignee__name"),
    Column("updated", "更新", "updated_at", True),
)
BY_KEY = {column.key: column for column in COLUMNS}
DEFAULT_COLUMNS = ("subject", "model", "grade", "score", "office", "period", "status", "evidence")

FILTERS = {"status": "状态", "grade": "等级", "line": "条线", "model": "模型", "office": "管辖院", "mark": "标记"}
MARKS = {"vanished": "本次未再现", "changed": "内容有变化", "provisional": "暂定", "mine": "交我承办"}
_CLOSED = {
    "status": frozenset(Status.values),
    "grade": frozenset(str(g) for g in Grade.values),
    "mark": frozenset(MARKS),
}


@dataclass(frozen=True)
class Listing:
    """What the address asks for. Unknown values are dropped, so that a bent address still shows a list."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    page: str = "1"

    @property
    def narrowed(self) -> bool:
        return bool(self.text or any(self.chosen.values()))

    def query(self, **changes: Any) -> str:
        """The address of this list with ``changes``: ``status=("new",)``, ``sort="-score"``, ``page=2`` …"""
        params = QueryDict(mutable=True)
        text = changes.get("text", self.text)
        if text:
            params["q"] = str(text)
        for key in FILTERS:
            params.setlist(key, list(changes.get(key, self.chosen.get(key, ()))))
        sort = changes.get("sort", self.sort)
        if sort:
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

    def order(self) -> tuple[str, ...]:
        column = BY_KEY.get(self.sort.lstrip("-"))
        if column and column.sort:
            sign = "-" if self.sort.startswith("-") else ""
            return (f"{sign}{column.sort}", "-grade", "-score", "clue_id")
        return ("-grade", "-score", "clue_id")


def parse(params: QueryDict) -> Listing:
    """Read an address. Bounded: 200 characters of text, 50 values a filter."""
    chosen = {}
    for key in FILTERS:
        values = dict.fromkeys(v for v in params.getlist(key)[:50] if v and "\x00" not in v)
        known = _CLOSED.get(key)
        chosen[key] = tuple(v[:60] for v in values if known is None or v in known)
    columns = tuple(c for c in dict.fromkeys(params.get("cols", "").split(",")) if c in BY_KEY)
    sort = params.get("sort", "")
    return Listing(
        text=params.get("q", "").replace("\x00", "").strip()[:200],
        chosen=chosen,
        sort=sort if sort.lstrip("-") in BY_KEY else "",
        columns=("subject", *(c for c in columns if c != "subject")) if columns else DEFAULT_COLUMNS,
        page=params.get("page", "1"),
    )
