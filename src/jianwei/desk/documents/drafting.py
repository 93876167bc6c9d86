"""A draft from a kind and values, and the stamp that makes it an issued document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.desk.documents import wording
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.reading import stamped

BLANK_DATE = "　　　　年　　月　　日"
BLANK_NAME = "　　　　"


@dataclass(frozen=True)
class Letterhead:
    """The office in whose name a document is written: full name and 院简称."""

    name: str
    short: str


def page(kind: Kind, values: Mapping[str, Any], letterhead: Letterhead, year: int) -> dict[str, Any]:
    """What a template is filled with: what is missing is a visible gap, number and date wait for issue."""
    shown = {field.name: wording.value(field, values.get(field.name)) for field in kind.fields}
    numbering = kind.numbering
    waiting = {
        "office": {"name": letterhead.name, "short": letterhead.short},
        "number": numbering.text(letterhead.short, year, "　　") if numbering else "",
        "issued_on": BLANK_DATE,
        "issued_by": BLANK_NAME,
    }
    return {**shown, **waiting}


def words(kind: Kind, *, number: str, on: dt.date, by: str) -> dict[str, str]:
    """What is stamped into a document of ``kind`` at issue."""
    stamps = {"issued_on": wording.day(on), "issued_by": by}
    return {"number": number, **stamps} if kind.numbering else stamps


def issued(docx: bytes, kind: Kind, *, number: str, on: dt.date, by: str) -> bytes:
    """The draft with number, date and who signed. Raises ``NoPlace`` when the number has no place in it."""
    return stamped(docx, words(kind, number=number, on=on, by=by))
