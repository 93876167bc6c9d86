"""The ordinary reader of documents: ``jianwei.extract``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.lake.part import Reading


def extracted(text: str, document_id: str, meta: Mapping[str, Any]) -> Reading:
    """What ``jianwei.extract`` reads in ``text``."""
    from jianwei import extract
    from jianwei.extract import rows

    judgment = extract.read(text)
    found = judgment.as_json()
    head = {name: _value(found.get(name)) for name in ("case_no", "court", "case_type", "decided_on")}
    head["kind"] = _value(found.get("doc_type"))
    head["title"] = meta.get("title")
    return head, rows.rows(judgment, document_id)


def _value(leaf: Any) -> Any:
    return leaf["value"] if leaf else None
