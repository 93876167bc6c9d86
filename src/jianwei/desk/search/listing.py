"""The state of a search: words, filters, conditions on parties and facts, order and page, all in the URL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from jianwei.desk.search.models import Kind

PAGE_SIZE = 50
FILTERS = {"unit": "程序、模型或文书种类", "stage": "阶段或状态", "office": "院", "period": "日期"}
PERIODS = {"week": "七日内", "month": "三十日内", "year": "一年内", "older": "一年以前"}
CONDITIONS = {
    "party": "当事人", "handler": "承办人", "act": "行为", "fact": "事实", "value": "值", "least": "不小于", "most": "不大于",
    "act_from": "行为日期自", "act_until": "行为日期至",
}  # fmt: skip
SORTS = {"": "名称相符在先，其次日期", "-on": "日期，新的在先", "on": "日期，旧的在先", "title": "名称"}


@dataclass(frozen=True)
class Listing:
    """What the address asks for. Unknown values are dropped, so that a bent address still shows a page."""

    text: str = ""
    kind: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    """Conditions on parties, handlers and facts; they leave only matters."""
    on_from: dt.date | None = None
    on_until: dt.date | None = None
    sort: str = ""
    page: str = "1"

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return not (self.text or self.kind or self.asked or self.on_from or self.on_until or any(self.chosen.values()))

    def query(self, **changes: Any) -> str:
        """The address of this search with ``changes``: ``kind="clue"``, ``stage=("审查",)``, ``page=2`` …"""
        params = QueryDict(mutable=True)
        for name, value in (("q", changes.get("text", self.text)), ("kind", changes.get("kind", self.kind))):
            if value:
                params[name] = str(value)
        for key in FILTERS:
            params.setlist(key, list(changes.get(key, self.chosen.get(key, ()))))
        for key in CONDITIONS:
            if value := changes.get(key, self.asked.get(key, "")):
                params[key] = str(value)
        for key in ("on_from", "on_until"):
            if day := changes.get(key, getattr(self, key)):
                params[key] = day.isoformat()
        if sort := changes.get("sort", self.sort):
            params["sort"] = str(sort)
        if changes.get("page"):
            params["page"] = str(changes["page"])
        return params.urlencode()

    def toggled(self, key: str, value: str) -> str:
        """The address with one filter value added, or taken away."""
        now = self.chosen.get(key, ())
        return self.query(**{key: tuple(v for v in now if v != value) if value in now else (*now, value)})


def parse(params: QueryDict) -> Listing:
    """Read an address. Bounded: 200 characters of text, 50 values a filter, 120 characters a condition."""
    chosen = {}
    for key in FILTERS:
        values = dict.fromkeys(v for v in params.getlist(key)[:50] if v and "\x00" not in v)
        chosen[key] = tuple(v[:80] for v in values if key != "period" or v in PERIODS)
    asked = {key: _clean(params.get(key, ""), 120) for key in CONDITIONS}
    kind, sort = params.get("kind", ""), params.get("sort", "")
    return Listing(
        text=_clean(params.get("q", ""), 200),
        kind=kind if kind in Kind.values else "",
        chosen=chosen,
        asked={key: value for key, value in asked.items() if value},
        on_from=_day(params.get("on_from", "")),
        on_until=_day(params.get("on_until", "")),
        sort=sort if sort in SORTS else "",
        page=params.get("page", "1"),
    )


def _clean(text: str, most: int) -> str:
    return text.replace("\x00", "").strip()[:most]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
