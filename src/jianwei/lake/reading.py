"""The ordinary reader of documents: ``jianwei.extract``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jianwei.extract import Judgment, Leaf, read
from jianwei.extract.rows import rows
from jianwei.lake.part import Reading
from jianwei.records.identifiers import case_no, is_case_no

_NOWHERE = (0, 0)


def extracted(text: str, document_id: str, meta: Mapping[str, Any]) -> Reading:
    """What ``jianwei.extract`` reads in ``text``.

    案号, court and date that the text lacks are taken from what its publisher said of it; they have no span.
    """
    judgment = read(text)
    told = _fill(judgment, meta)
    head = {
        "case_no": _value(judgment.case_no),
        "court": _value(judgment.court),
        "title": meta.get("title"),
        "kind": _value(judgment.doc_type),
        "case_type": _value(judgment.case_type),
        "decided_on": _value(judgment.decided_on),
    }
    found = rows(judgment, document_id)
    if told:
        return head, ((r, {c: s for c, s in spans.items() if s != _NOWHERE}) for r, spans in found)
    return head, found


def _fill(judgment: Judgment, meta: Mapping[str, Any]) -> bool:
    filled = False
    if judgment.case_no is None and is_case_no(number := case_no(meta.get("case_no") or "")):
        judgment.case_no, filled = Leaf(number, *_NOWHERE), True
    if judgment.court is None and meta.get("court"):
        judgment.court, filled = Leaf(meta["court"], *_NOWHERE), True
    if judgment.decided_on is None and meta.get("decided_on"):
        try:
            judgment.decided_on, filled = Leaf(dt.date.fromisoformat(meta["decided_on"][:10]), *_NOWHERE), True
        except ValueError:
            return filled
    return filled


def _value(leaf: Leaf[Any] | None) -> Any:
    return leaf.value if leaf else None
