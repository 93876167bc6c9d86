"""Bytes to text: UTF-8 (with or without BOM), UTF-16 with BOM, else GB 18030."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

_SAMPLE = 1 << 16


class Undecodable(Exception):
    """Neither UTF-8 nor GB 18030."""

    def __init__(self) -> None:
        super().__init__("文字编码无法识别（不是 UTF-8 也不是 GB18030）")


def decode(raw: bytes) -> str:
    """``raw`` as text, unaltered but for a BOM; raises ``Undecodable``."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Undecodable


def text_stream(stream: BinaryIO) -> io.TextIOWrapper:
    """``stream`` as text, its encoding judged by its beginning; bytes that do not fit become U+FFFD."""
    buffered = io.BufferedReader(stream, _SAMPLE) if isinstance(stream, io.RawIOBase) else stream
    sample = buffered.peek(_SAMPLE)[:_SAMPLE] if isinstance(buffered, io.BufferedReader) else b""
    if not sample and not isinstance(buffered, io.BufferedReader):
        buffered = io.BufferedReader(_Raw(buffered), _SAMPLE)
        sample = buffered.peek(_SAMPLE)
    return io.TextIOWrapper(buffered, encoding=encoding_of(sample), errors="replace", newline="")


def encoding_of(sample: bytes) -> str:
    """The encoding that ``sample``, the beginning of something longer, is in."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


class _Raw(io.RawIOBase):
    """Any readable thing as a raw stream."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        held = self._inner.read(len(buffer))
        buffer[: len(held)] = held
        return len(held)
