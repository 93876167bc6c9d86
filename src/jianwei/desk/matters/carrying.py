"""The evidence that was carried along from a clue, row by row, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jianwei.desk.clues import evidence


@dataclass(frozen=True)
class CarriedRow:
    """One row: its table, the fields the clue rests on, and where it came from."""

    table: str
    columns: str
    origin: str


def rows(content: dict[str, Any]) -> list[CarriedRow]:
    """The rows behind a clue's content as it was copied, each once, in the order of the clue."""
    numbers = {document: n for n, document in enumerate(evidence.documents(content), 1)}
    fields: dict[tuple[str, str], dict[str, None]] = {}
    origins: dict[tuple[str, str], str] = {}
    for place in content.get("evidence", ()):
        row = (place["table"], place["row"])
        spoken = fields.setdefault(row, {})
        if place.get("column"):
            spoken[evidence.column_title(place["table"], place["column"])] = None
        document = place.get("document")
        origins.setdefault(row, f"文书 {numbers[document]}" if document else evidence.origin(place))
    return [CarriedRow(evidence.title(row[0]), "、".join(spoken), origins[row]) for row, spoken in fields.items()]
