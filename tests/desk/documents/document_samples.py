"""The filled samples of the shelf: ``kinds/<line>/<name>.yaml``, completed from ``kinds/shared.yaml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from jianwei.desk.documents import shelf
from jianwei.desk.documents.drafting import Letterhead, issued, page
from jianwei.desk.documents.filling import filled
from jianwei.desk.documents.kind import Kind

HERE = Path(__file__).parent / "kinds"
OFFICE = Letterhead("绍兴市越城区人民检察院", "绍越")
ISSUED_ON = dt.date(2026, 3, 9)


def values(key: str) -> dict[str, Any]:
    """What a prosecutor would have typed into a document of that kind; dates as ISO text, as the desk keeps them."""
    own = yaml.safe_load((HERE / f"{key}.yaml").read_text("utf-8")) or {}
    given = yaml.safe_load((HERE / "shared.yaml").read_text("utf-8")) | own
    return {field.name: _plain(given[field.name]) for field in shelf.kind(key).fields if field.name in given}


def number(kind: Kind) -> str:
    return kind.numbering.text(OFFICE.short, 2026, 15) if kind.numbering else ""


def draft(kind: Kind, values: dict[str, Any]) -> bytes:
    return filled(shelf.template(kind.key).read_bytes(), page(kind, values, OFFICE, 2026))


def finished(kind: Kind) -> bytes:
    """The sample of a kind as issued."""
    return issued(draft(kind, values(kind.key)), kind, number=number(kind), on=ISSUED_ON, by="虞怀瑾")


def _plain(given: Any) -> Any:
    if isinstance(given, dt.date):
        return given.isoformat()
    if isinstance(given, list):
        return [_plain(one) for one in given]
    return {k: _plain(v) for k, v in given.items()} if isinstance(given, dict) else given
