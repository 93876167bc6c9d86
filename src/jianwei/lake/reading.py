"""The ordinary reader of documents: ``jianwei.extract``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.extract import Leaf, read
from jianwei.extract.rows import rows
from jianwei.lake.part import Reading


def extracted(text: str, document_id: str, meta: Mapping[str, Any]) -> Reading:
    """What ``jianwei.extract`` reads in ``text``.

    What the text lacks is taken from what its publisher said of it (``meta``); that has no span.
    """
    judgment = read(text, meta)
    head = {
        "case_no": _value(judgment.case_no),
        "court": _value(judgment.court),
        "title": meta.get("title"),
        "kind": _value(judgment.doc_type),
        "case_type": _value(judgment.case_type),
        "decided_on": _value(judgment.decided_on),
    }
    found = rows(judgment, document_id)
    if meta:
        return head, ((r, {c: s for c, s in spans.items() if s[0] < s[1]}) for r, spans in found)
    return head, found


def _value(leaf: Leaf[Any] | None) -> Any:
    return leaf.value if leaf else None
