"""裁判文书网 JSON, and any JSON that holds documents: one object, an array, or one object after another."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import orjson

from jianwei.sources.content import LONGEST_TEXT, MEGABYTE, Content, Fault, Grid, Piece, Text
from jianwei.sources.encoding import text_stream
from jianwei.sources.html import html_text, without_entities

SUFFIXES = (".json",)
HOSTILE = False

# s22 首部, s23 诉讼记录, s25 事实, s26 理由, s27 结果, s28 尾部.
_SECTIONS = ("s22", "s23", "s25", "s26", "s27", "s28")
_WHOLE_TEXT = ("qwContent", "Html", "html", "fd", "全文", "doc_text", "wsnr", "正文", "文书内容", "content", "text")
_MARKED_UP = frozenset({"qwContent", "Html", "html", "wsnr"})
_META = {
    "title": ("s1", "Title", "标题", "案件名称", "title"),
    "court": ("s2", "法院", "court"),
    "case_no": ("s7", "案号", "case_no"),
    "case_type": ("s8", "案件类型", "case_type"),
    "procedure": ("s9", "审理程序", "procedure"),
    "cause": ("s11", "案由", "cause"),
    "parties": ("s17", "当事人", "parties"),
    "decided_on": ("s31", "裁判日期", "decided_on"),
    "law": ("s47", "法律依据", "law"),
}
_TEXT_KEYS = frozenset({*_SECTIONS, *_WHOLE_TEXT})
NO_TEXT = "没有文书正文（qwContent、s22 至 s28、全文等字段都不存在）"
_TOO_DEEP = "JSON 嵌套过深，不像文书或数据表"
_DEEPEST = 64
"""So many brackets in a row are no array of documents (chosen)."""
_SHORTEST = 20
"""The shortest text that may be a document without being called one (chosen: below that it is a name or a code)."""
_ROWS = 2000
_AT_ONCE = 32 * MEGABYTE


def recognises(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read(content: Content) -> Iterator[Piece]:
    table: list[dict[str, Any]] = []
    row = 0
    for row, record in enumerate(_values(content), 1):
        if isinstance(record, Fault):
            yield from _rows(table, content.entry, row)
            table = []
            yield record
            continue
        found = found_in(record)
        if found is None and isinstance(record, dict) and _flat(record):
            if table and (len(table) == _ROWS or table[0].keys() != record.keys()):
                yield from _rows(table, content.entry, row)
                table = []
            table.append(record)
            continue
        yield from _rows(table, content.entry, row)
        table = []
        if found is not None:
            yield from piece(found, content.entry, row)
        else:
            yield Fault(content.entry, row, None, NO_TEXT)
    yield from _rows(table, content.entry, row + 1)
    if row == 0:
        yield Fault(content.entry, None, None, "JSON 中没有任何内容")


def found_in(value: Any) -> tuple[str, dict[str, str]] | None:
    """The document that an element of an array, or a line, is: an object that holds one, or the text by itself."""
    if isinstance(value, str) and not value.startswith("{"):
        return (html_text(value) if value.lstrip().startswith("<") else value, {}) if len(value) >= _SHORTEST else None
    record = _wrapped(value)
    return document(record) if record else None


def _rows(table: list[dict[str, Any]], entry: str, following: int) -> Iterator[Piece]:
    """Objects without a text are rows of an agency's table: their keys are the header."""
    if table:
        yield Grid(entry, "", following - len(table), [list(r.values()) for r in table], header=list(table[0]))


def piece(found: tuple[str, dict[str, str]], entry: str, row: int | None) -> Iterator[Piece]:
    """A document as a piece, stray HTML entities resolved; one that is empty or beyond all measure as a fault."""
    text, meta = without_entities(found[0]), found[1]
    if len(text) > LONGEST_TEXT:
        yield Fault(entry, row, None, "文书过长")
    elif not text.strip():
        yield Fault(entry, row, None, "文书正文为空")
    else:
        yield Text(entry, row, text, meta)


def document(record: dict[str, Any], depth: int = 0) -> tuple[str, dict[str, str]] | None:
    """Text and metadata of a JSON object, or None when it holds no document. Crawlers wrap the object, sometimes as a
    string, in another: two wrappings are undone.
    """
    for key in _WHOLE_TEXT:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            marked_up = key in _MARKED_UP or value.lstrip().startswith("<")
            return html_text(value) if marked_up else value, _meta(record)
    sections = [record[key] for key in _SECTIONS if isinstance(record.get(key), str) and record[key].strip()]
    if sections:
        return "\n".join(html_text(section) for section in sections), _meta(record)
    if any(key in record for key in _TEXT_KEYS):
        return "", {}
    inside = (_wrapped(value) for value in record.values()) if depth < 2 else iter(())
    return next((found for value in inside if value and (found := document(value, depth + 1))), None)


def _wrapped(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, dict) else None


def _meta(record: dict[str, Any]) -> dict[str, str]:
    meta = {}
    for name, keys in _META.items():
        value = next((record[key] for key in keys if record.get(key)), None)
        if isinstance(value, str):
            meta[name] = value
        elif isinstance(value, list) and all(isinstance(v, str) for v in value):
            meta[name] = "\n".join(value)
        elif value is not None:
            meta[name] = json.dumps(value, ensure_ascii=False)
    return meta


def _flat(record: dict[str, Any]) -> bool:
    return len(record) >= 2 and not any(isinstance(value, dict | list) for value in record.values())


def _values(content: Content) -> Iterator[Any]:
    """The JSON values of ``content``, an array's elements one by one; a large file is never held whole."""
    if content.size <= _AT_ONCE:
        try:
            value = orjson.loads(content.whole().removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError:
            pass  # another encoding, or several values: the slow way tells which
        else:
            yield from value if isinstance(value, list) else _inner(value)
            return
    yield from _streamed(content)


def _inner(value: Any) -> list[Any]:
    """What one object that is the whole file holds: a service's answer wraps its list of records in an object."""
    if isinstance(value, dict) and found_in(value) is None:
        for held in value.values():
            if isinstance(held, list) and held and all(isinstance(each, dict) for each in held):
                return held
            if isinstance(held, dict) and (within := _inner(held)) != [held]:
                return within
    return [value]


def _writable(value: Any) -> bool:
    """Whether every string in ``value`` is one that a file can hold; half of a surrogate pair is not."""
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True


def _streamed(content: Content) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    with content.open() as stream:
        text = text_stream(stream)
        buffer, ended, row = "", False, 0
        while True:
            whole, buffer = buffer, buffer.lstrip(" \t\r\n,[]\ufeff")
            if whole.count("[", 0, len(whole) - len(buffer)) > _DEEPEST:
                yield Fault(content.entry, row + 1, None, _TOO_DEEP)
                return
            if buffer:
                try:
                    value, end = decoder.raw_decode(buffer)
                except RecursionError:
                    yield Fault(content.entry, row + 1, None, _TOO_DEEP)
                    return
                except json.JSONDecodeError as error:
                    if ended or error.pos < len(buffer) - 4 * MEGABYTE or len(buffer) > LONGEST_TEXT:
                        yield Fault(content.entry, row + 1, None, f"不是正确的 JSON，第 {row + 1} 个对象起未读入")
                        return
                else:
                    row += 1
                    yield value if _writable(value) else Fault(content.entry, row, None, "含有残缺的字符")
                    buffer = buffer[end:]
                    continue
            elif ended:
                return
            more = text.read(1 << 18)
            ended = not more
            buffer += more
            if isinstance(stream, io.BufferedIOBase) and stream.seekable():
                content.position[0] = stream.tell()
