"""The state of a list of contradictions: filters, order and page, all in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from jianwei.cards import Group
from jianwei.desk.cards.models import Severity

PAGE_SIZE = 50
OPEN, ACCEPTED = "open", "accepted"
STATES = {OPEN: "未处理", ACCEPTED: "已接受"}
FILTERS = {"group": "分组", "severity": "程度", "verdict": "结论", "export": "案卡", "ref": "规则", "state": "状态"}
_CLOSED = {
    "group": frozenset(g.value for g in Group),
    "severity": frozenset(str(s) for s in Severity.values),
    "verdict": frozenset(("矛盾", "请核对")),
    "export": frozenset(("审查逮捕", "一审公诉")),
    "state": frozenset(STATES),
}


@dataclass(frozen=True)
class Column:
    """``sort`` is the field that a click on the header sorts by; ``descending`` which way the first click does."""

    key: str
    title: str
    sort: str = ""
    descending: bool = False


COLUMNS = (
    Column("ref", "规则", "ref"),
    Column("severity", "程度", "severity", True),
    Column("case", "案件与人", "case_no"),
    Column("sentence", "冲突"),
    Column("row", "案卡与行", "row"),
    Column("state", "状态", "acceptance"),
)
_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Listing:
    """What the address asks for. Unknown values are dropped, so that a bent address still shows a list."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: str = "1"

    @property
    def narrowed(self) -> bool:
        return bool(self.text or any(self.chosen.values()))

    def query(self, **changes: Any) -> str:
        """The address of this list with ``changes``."""
        params = QueryDict(mutable=True)
        if text := changes.get("text", self.text):
            params["q"] = str(text)
        for key in FILTERS:
            params.setlist(key, list(changes.get(key, self.chosen.get(key, ()))))
        if sort := changes.get("sort", self.sort):
            params["sort"] = str(sort)
        if page := changes.get("page"):
            params["page"] = str(page)
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
        column = _BY_KEY.get(self.sort.lstrip("-"))
        if column and column.sort:
            return (f"{'-' if self.sort.startswith('-') else ''}{column.sort}", "number")
        return ("-severity", "number")


def parse(params: QueryDict) -> Listing:
    """Read an address. Bounded: 200 characters of text, 50 values a filter."""
    chosen = {}
    for key in FILTERS:
        values = dict.fromkeys(v for v in params.getlist(key)[:50] if v and "\x00" not in v)
        known = _CLOSED.get(key)
        chosen[key] = tuple(v[:8] for v in values if known is None or v in known)
    sort = params.get("sort", "")
    return Listing(
        text=params.get("q", "").replace("\x00", "").strip()[:200],
        chosen=chosen,
        sort=sort if sort.lstrip("-") in _BY_KEY else "",
        page=params.get("page", "1"),
    )
