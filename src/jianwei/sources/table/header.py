"""Which record a table is and which of its columns is which, from its header, its titles and the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jianwei.records import Fen, Record, columns, tables
from jianwei.records.identifiers import FULL_TO_HALF

_GAPS = re.compile(r"[\s\u200b\ufeff*＊:：_]+")
_UNIT = re.compile(r"[(/,-]?(?:单位)?(亿元|万元|千元|百元|元|角|分)[)]?\Z")
_BARE_UNIT = re.compile(r"(?<=[额价款资税金罚])(亿元|万元)\Z")
_NOTE = re.compile(r"[(][^()]*[)]")
_BRACKETS = str.maketrans("[]{}<>（）【】〔〕［］〈〉《》", "()" * 9)
_FULL_TEXT = frozenset(
    {
        "全文",
        "文书内容",
        "文书正文",
        "正文",
        "裁判文书全文",
        "doc_text",
        "doctext",
        "qwcontent",
        "fulltext",
        "判决书全文",
    }
)

_ID = "身份证号"
_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:公民|居民)?身份(?:证件|证)?(?:号码?|编号)\Z"), _ID),
    (re.compile(r"证件号\Z"), "证件号码"),
    (re.compile(r"(?:时间|日)\Z"), "日期"),
    (re.compile(r"年月\Z"), "月份"),
    (re.compile(r"\A是否"), ""),
)
"""Ways to write a header that mean the usual one; tried where the header as it stands is not known."""

_TITLE_SCORE = 3.0
"""What being named in a title is worth against matching columns (chosen: three rare columns)."""
_LEAST_COLUMNS = 2
_MANY_COLUMNS = 4
"""So many columns understood make a table of no title known, whatever else it holds (chosen)."""
_CLEAR = 0.25
"""By how much a table without a title must fit one record better than the next (chosen: a quarter of a rare column)."""


@dataclass(frozen=True)
class Match:
    """A header understood: for each place the column of ``record`` and, for money, its unit."""

    record: type[Record]
    places: dict[int, tuple[str, str]]
    missing: tuple[str, ...]
    score: float
    titled: bool


def plain(header: object) -> str:
    """A header cell as compared: half-width, lower case, without spaces, stars and colons."""
    if header is None:
        return ""
    return _GAPS.sub("", str(header).translate(FULL_TO_HALF).translate(_BRACKETS)).lower()


def split_unit(header: str) -> tuple[str, str]:
    """A plain header without its unit of money, and the unit ("" when it names none)."""
    found = _UNIT.search(header)
    if found and len(found[0]) > len(found[1]):
        return header[: found.start()], found[1]
    found = _BARE_UNIT.search(header)
    return (header[: found.start()], found[1]) if found else (header, "")


@cache
def _synonyms() -> dict[str, list[tuple[str, str, int]]]:
    """Plain header → (table, column, rank)."""
    known: dict[str, list[tuple[str, str, int]]] = {}
    for table, record in tables().items():
        if table == "document":
            continue
        for column in columns(record):
            for rank, header in enumerate((*column.headers, column.name)):
                entries = known.setdefault(plain(header), [])
                if all(entry[:2] != (table, column.name) for entry in entries):
                    entries.append((table, column.name, rank))
    return known


def known_cells(row: Sequence[object]) -> int:
    """How many cells of ``row`` are headers of some record."""
    return sum(1 for cell in row if isinstance(cell, str) and _entries(cell)[0])


def full_text_at(row: Sequence[object]) -> int | None:
    """The place of a column that holds whole documents, if the header has one."""
    return next((i for i, cell in enumerate(row) if plain(cell) in _FULL_TEXT), None)


@cache
def _entries(header: str) -> tuple[list[tuple[str, str, int]], str]:
    """What a header may mean, and its unit: as it stands, without the unit, without notes in brackets."""
    whole = plain(header)
    if whole in _synonyms():
        known = _synonyms()[whole]
        usual = _synonyms()[_ID] if _SAME[0][0].fullmatch(whole) else []
        return known + [e for e in usual if e[0] not in {k[0] for k in known}], ""
    bare, unit = split_unit(whole)
    for form in (bare, _NOTE.sub("", bare)):
        if form in _synonyms():
            return _synonyms()[form], unit
    for pattern, normal in _SAME:
        same = pattern.sub(normal, bare)
        if same != bare and same in _synonyms():
            return _synonyms()[same], unit
    return [], unit


def matches(header: Sequence[object], title: str) -> list[Match]:
    """Every record that the header may be, best first. ``title``: file name, sheet, lines above the header."""
    by_table: dict[str, list[tuple[int, int, str, str]]] = {}
    rarity: dict[int, float] = {}
    for place, cell in enumerate(header):
        entries, unit = _entries(cell) if isinstance(cell, str) else ([], "")
        if entries:
            rarity[place] = len({e[0] for e in entries}) ** -0.5
        for table, column, rank in entries:
            by_table.setdefault(table, []).append((rank, place, column, unit))
    named = _titled(title)
    found = []
    for table in {*by_table, *named}:
        record = tables()[table]
        places: dict[int, tuple[str, str]] = {}
        taken: set[str] = set()
        for _, place, column, unit in sorted(by_table.get(table, ())):
            if place not in places and column not in taken:
                places[place] = (column, unit)
                taken.add(column)
        missing = tuple(c.headers[0] for c in columns(record) if c.required and c.name not in taken)
        score = sum(rarity[place] for place in places) + 2 * len(places) / max(len(rarity), 1) + named.get(table, 0)
        found.append(Match(record, places, missing, score, table in named))
    return sorted(found, key=lambda m: (-m.score, m.record.table))


def best(candidates: list[Match], width: int = 0) -> Match | None:
    """The record that the table of ``width`` columns is, or None. A record lacking a needed column is taken only if a
    title names it; where no title does and the header fits two records alike, it is neither; nor where no title does
    and most columns mean nothing to the record, for then the table is another thing that shares a name and a number.
    """
    enough = [
        m
        for m in candidates
        if (m.titled and m.places)
        or len(m.places) >= _MANY_COLUMNS
        or (len(m.places) >= _LEAST_COLUMNS and len(m.places) * 2 > width)
    ]
    whole = [m for m in enough if not m.missing]
    named = [m for m in enough if m.titled and m.missing]
    if len(whole) > 1 and not whole[0].titled and whole[1].score > whole[0].score - _CLEAR:
        return named[0] if named else None
    if whole and (not named or whole[0].titled or whole[0].score >= named[0].score):
        return whole[0]
    return named[0] if named else None


def _titled(title: str) -> dict[str, float]:
    """The records whose title stands in ``title``; the longest title tells the most."""
    text = plain(title)
    spoken = {}
    for table, record in tables().items():
        if table == "document":
            continue
        lengths = [len(t) for t in record.titles if plain(t) in text]
        if re.search(rf"(?<![a-z]){table.replace('_', '')}(?![a-z])", text):
            lengths.append(len(table))
        if lengths:
            spoken[table] = _TITLE_SCORE + max(lengths) / 2
    return spoken


def is_money(record: type[Record], column: str) -> bool:
    """Whether a column holds money."""
    return any(c.name == column and c.type is Fen for c in columns(record))
