"""Tables as text: comma, tab, semicolon or bar between cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain

from jianwei.sources.content import Content, Fault, Piece, chunks
from jianwei.sources.encoding import text_stream

SUFFIXES = (".csv", ".tsv")
HOSTILE = False

_SIGNS = ",\t;|"
csv.field_size_limit(32 * 1024 * 1024)


def recognises(head: bytes) -> bool:
    return False


def read(content: Content) -> Iterator[Piece]:
    faults: list[Fault] = []
    yield from chunks(_rows(content, faults), content.entry, "")
    yield from faults


def _rows(content: Content, faults: list[Fault]) -> Iterator[Sequence[str]]:
    with content.open() as stream, text_stream(stream) as text:
        first = text.readline(1 << 20)
        sign = max(_SIGNS, key=first.count)
        rows = csv.reader(_lines(first, text), delimiter=sign)
        try:
            yield from rows
        except csv.Error:
            faults.append(Fault(content.entry, rows.line_num, None, "从这一行起引号或单元格不成对，其后没有读入"))


def _lines(first: str, rest: Iterator[str]) -> Iterator[str]:
    """Without the sign NUL, which no cell means and PostgreSQL does not keep."""
    for line in chain((first,), rest):
        yield line.replace("\x00", "")
