"""A draft from a kind and values, and the stamp that makes it an issued document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.desk.documents import wording
from jianwei.desk.documents.filling import filled
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.reading import controls, stamped

BLANK_DATE = "　　　　年　　月　　日"
BLANK_NAME = "　　　　"
_STAMPS = ("number", "issued_on", "issued_by")


@dataclass(frozen=True)
class Letterhead:
    """The office in whose name a document is written: full name and 院简称."""

    name: str
    short: str


def drafted(kind: Kind, template: bytes, values: Mapping[str, Any], letterhead: Letterhead, year: int) -> bytes:
    """The .docx of a draft: what is missing is a visible gap, number and date wait for issue. Raises ``BadTemplate``."""
    shown = {field.name: wording.value(field, values.get(field.name)) for field in kind.fields}
    numbering = kind.numbering
    waiting = {
        "office": {"name": letterhead.name, "short": letterhead.short},
        "number": numbering.text(letterhead.short, year, "　　") if numbering else "",
        "issued_on": BLANK_DATE,
        "issued_by": BLANK_NAME,
    }
    return filled(template, {**shown, **waiting})


def issued(docx: bytes, *, number: str, on: dt.date, by: str) -> bytes:
    """The draft with number, date and who signed. Raises ``NoPlace`` when the number has no place in it."""
    there = controls(docx)
    words = {"number": number, "issued_on": wording.day(on), "issued_by": by}
    needed = {name for name in _STAMPS if name in there} | ({"number"} if number else set())
    return stamped(docx, {name: words[name] for name in needed})
