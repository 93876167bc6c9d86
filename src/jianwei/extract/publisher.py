"""What the publisher of a document says of it, used where the text itself is silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jianwei.extract.judgment import Judgment
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc
from jianwei.records.identifiers import case_no, is_case_no


def lines(meta: Mapping[str, Any] | None, key: str) -> list[str]:
    """The values told under ``key``, one a line."""
    value = meta.get(key) if meta else None
    return [line.strip() for line in value.split("\n") if line.strip()] if isinstance(value, str) else []


def settle(judgment: Judgment, doc: Doc, meta: Mapping[str, Any]) -> None:
    """Fill 案号, court, date and cause that the text lacks; settle how the court is named."""
    if judgment.case_no is None and is_case_no(number := case_no(_first(meta, "case_no"))):
        judgment.case_no = _found(doc, number)
    if court := _first(meta, "court"):
        printed = judgment.court
        if printed is None:
            judgment.court = _found(doc, court)
        elif printed.value.endswith(court) or court.endswith(printed.value):
            judgment.court = printed.as_value(court)
    if judgment.decided_on is None and (day := _day(_first(meta, "decided_on"))):
        judgment.decided_on = Leaf(day, 0, 0)
    if judgment.cause is None and (cause := _first(meta, "cause")):
        judgment.cause = _found(doc, cause)


def _first(meta: Mapping[str, Any], key: str) -> str:
    return next(iter(lines(meta, key)), "")


def _found(doc: Doc, value: str) -> Leaf[str]:
    """``value`` where the text prints it, else with an empty span."""
    at = doc.norm.find(value)
    return Leaf(value, at, at + len(value)) if at >= 0 else Leaf(value, 0, 0)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
