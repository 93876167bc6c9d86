"""How a header was understood, kept in a file that a person may correct; the same header is read the same way again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from jianwei.records import Record, columns, tables
from jianwei.sources.table.header import Match, is_money, plain

_NOTE = "这张表各列的读法。可以修改：column 为标准列名，unit 为金额单位；删去一列即不读入该列。"


@dataclass(frozen=True)
class Mapping:
    """Place in the header → (column, unit of money)."""

    record: type[Record]
    places: dict[int, tuple[str, str]]


class Mappings:
    """The mappings kept in a folder, or, with None, in memory only."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._held: dict[str, Mapping] = {}

    def find(self, header: Sequence[object], titled: str) -> Mapping | None:
        """The mapping of an earlier table with this header (and, where a title named the record, this title)."""
        key = fingerprint(header, titled)
        if key not in self._held and self.folder and (path := self.folder / f"{key}.json").exists():
            kept = orjson.loads(path.read_bytes())
            record = tables().get(kept["table"])
            known = {c.name for c in columns(record)} if record else set()
            if record is None or any(c["column"] not in known for c in kept["columns"].values()):
                return None
            by_header = {plain(h): (c["column"], c.get("unit") or "") for h, c in kept["columns"].items()}
            places = {i: by_header[plain(h)] for i, h in enumerate(header) if plain(h) in by_header}
            self._held[key] = Mapping(record, places)
        return self._held.get(key)

    def keep(self, header: Sequence[object], titled: str, match: Match) -> Mapping:
        """Remember how ``header`` was understood."""
        key = fingerprint(header, titled)
        mapping = self._held[key] = Mapping(match.record, match.places)
        if self.folder:
            content = {
                "说明": _NOTE,
                "table": match.record.table,
                "title": match.record.titles[0],
                "columns": {
                    str(header[place]): {"column": column}
                    | ({"unit": unit or "元"} if is_money(match.record, column) else {})
                    for place, (column, unit) in sorted(match.places.items())
                },
            }
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f"{key}.tmp"
            draft.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))
            draft.replace(self.folder / f"{key}.json")
        return mapping


def fingerprint(header: Sequence[object], titled: str) -> str:
    """The name of a header: its cells as compared, and the record a title named."""
    held = "\x1f".join([titled, *(plain(cell) for cell in header)])
    return hashlib.sha256(held.encode()).hexdigest()[:16]
