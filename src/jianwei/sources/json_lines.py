"""JSON lines: one document a line. Streams, and can leave out lines already taken in."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from jianwei.sources.content import MEGABYTE, Content, Fault, Piece
from jianwei.sources.wenshu_json import NO_TEXT, found_in, piece

SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
HOSTILE = False
SKIPS = True

_LONGEST_LINE = 64 * MEGABYTE


def recognises(head: bytes) -> bool:
    return False  # JSON in a file of another name is tried as one value first


def read(content: Content) -> Iterator[Piece]:
    row, taken = 0, 0
    with content.open() as stream:
        while line := stream.readline(_LONGEST_LINE):
            row += 1
            content.position[0] += len(line)
            if not line.strip():
                continue
            taken += 1
            if taken > content.skip:
                yield _one(line, content.entry, row)


def _one(line: bytes, entry: str, row: int) -> Piece:
    """Exactly one piece a line, so that a count of pieces is a place in the file."""
    if len(line) >= _LONGEST_LINE:
        return Fault(entry, row, None, "一行超过 64 MB，不像一份文书")
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            record = orjson.loads(line.decode("gb18030"))
        except (UnicodeDecodeError, orjson.JSONDecodeError):
            return Fault(entry, row, None, "这一行不是正确的 JSON")
    found = found_in(record)
    if found is None:
        return Fault(entry, row, None, NO_TEXT)
    return next(piece(found, entry, row))
