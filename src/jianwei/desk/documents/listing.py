"""The state of the list of documents: filters, order and page, all in the URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.shelf import GROUPS

PAGE_SIZE = 50


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    sort: str
    """The field that a click on the header sorts by."""
    descending: bool = False
    """Which way the first click sorts."""


COLUMNS = (
    Column("title", "文书", "title"),
    Column("number", "文号", "number"),
    Column("status", "状态", "status"),
    Column("issued", "签发", "issued_on", True),
    Column("served", "送达", "served_on", True),
    Column("reply", "回复期限", "reply_due_on"),
    Column("author", "起草人", "author__name"),
    Column("office", "制作院", "office__code"),
    Column("updated", "更新", "updated_at", True),
)
BY_KEY = {column.key: column for column in COLUMNS}

FILTERS = {"status": "状态", "mark": "标记", "group": "类别", "kind": "文书种类", "office": "制作院"}
MARKS = {"mine": "我起草的", "awaiting": "等待回复", "overdue": "逾期未回复", "unserved": "已签发未送达"}
_CLOSED = {"status": frozenset(Status.values), "mark": frozenset(MARKS), "group": frozenset(GROUPS)}


@dataclass(frozen=True)
class Listing:
    """What the address asks for. Unknown values are dropped, so that a bent address still shows a list."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: str = "1"

    def query(self, **changes: Any) -> str:
        """The address of this list with ``changes``: ``status=("draft",)``, ``sort="-issued"``, ``page=2`` …"""
        params = QueryDict(mutable=True)
        if text := changes.get("text", self.text):
            params["q"] = str(text)
        for key in FILTERS:
            params.setlist(key, list(changes.get(key, self.chosen.get(key, ()))))
        if sort := changes.get("sort", self.sort):
            params["sort"] = str(sort)
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

    def direction(self, column: Column) -> str:
        if self.sort.lstrip("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def order(self) -> tuple[str, ...]:
        column = BY_KEY.get(self.sort.lstrip("-"))
        sign = "-" if self.sort.startswith("-") else ""
        return (f"{sign}{column.sort}", "-pk") if column else ("-updated_at", "-pk")


def parse(params: QueryDict) -> Listing:
    """Read an address. Bounded: 200 characters of text, 50 values a filter."""
    chosen = {}
    for key in FILTERS:
        values = dict.fromkeys(v for v in params.getlist(key)[:50] if v and "\x00" not in v)
        known = _CLOSED.get(key)
        chosen[key] = tuple(v[:60] for v in values if known is None or v in known)
    sort = params.get("sort", "")
    return Listing(
        text=params.get("q", "").replace("\x00", "").strip()[:200],
        chosen=chosen,
        sort=sort if sort.lstrip("-") in BY_KEY else "",
        page=params.get("page", "1"),
    )
