"""A case told twice in one row of a table: by its columns, and by the text of the document that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jianwei.records import CivilCase, Record

Spans = Mapping[str, tuple[int, int]]


def joined(found: Sequence[tuple[Record, Spans]], told: Mapping[str, Any]) -> tuple[list[tuple[Record, Spans]], bool]:
    """What was read in the text, its ``civ_case`` filled up from the columns, and whether the columns need a row of
    their own: where they contradict words of the text, and where the text tells of no such case.

    A value for which no words of the text stand (a default, or one that follows from the court) yields to the table.
    """
    rows = list(found)
    for place, (record, spans) in enumerate(rows):
        if isinstance(record, CivilCase) and record.case_no == told.get("case_no"):
            taken = {name: value for name, value in told.items() if value is not None and name not in spans}
            rows[place] = (replace(record, **taken), spans)
            return rows, any(told[name] not in (None, getattr(record, name)) for name in told.keys() & spans.keys())
    return rows, True
