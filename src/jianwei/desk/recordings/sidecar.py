"""What a recorder says of its files: ``<file>.json`` of one, ``设备.json`` of all in a folder. Wrong words are said, right ones kept."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

MOST_BYTES = 64 << 10
DEVICE = "设备.json"
ENDING = ".json"
MOST_PEOPLE, LONGEST_NAME = 30, 40
_LIMITS = {"device": 200, "place": 200, "matter": 60, "purpose": 20, "note": 500}
_PEOPLE = ("officers", "persons")
_MOMENTS = ("started_at", "ended_at")
_DIGESTS = ("sha256", "sm3")
_HEX = re.compile("[0-9a-f]{64}")
_BETWEEN = re.compile(r"[、，,;；]+")


@dataclass(frozen=True)
class Said:
    """What is known of a recording; ``wrong`` are sentences about what could not be read."""

    device: str = ""
    place: str = ""
    matter: str = ""
    purpose: str = ""
    note: str = ""
    officers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    sha256: str = ""
    sm3: str = ""
    wrong: tuple[str, ...] = field(default=())

    @property
    def seconds(self) -> int | None:
        """How long it lasted, by what is said of begin and end."""
        if self.started_at and self.ended_at and self.ended_at >= self.started_at:
            return int((self.ended_at - self.started_at).total_seconds())
        return None


def read(content: bytes | None, name: str, before: Said) -> Said:
    """``before`` with what the file ``name`` says. None as ``content``: there is no such file."""
    if content is None:
        return before
    if len(content) > MOST_BYTES:
        return besides(before, f"说明文件“{name}”超过 {MOST_BYTES >> 10} KB，其中的内容没有采用。")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return besides(before, f"说明文件“{name}”不是完整的 JSON，其中的内容没有采用。")
    if not isinstance(told, dict):
        return besides(before, f"说明文件“{name}”应为一个 JSON 对象，其中的内容没有采用。")
    found, wrong = {}, []
    for key, value in told.items():
        reader = _READERS.get(key)
        if reader is None:
            wrong.append(f"说明文件“{name}”中的“{_short(key)}”不认识，没有采用。")
            continue
        try:
            found[key] = reader(key, value)
        except ValueError as problem:
            wrong.append(f"说明文件“{name}”中的“{key}”{problem}，没有采用。")
    said = replace(before, **found, wrong=(*before.wrong, *wrong))
    if said.started_at and said.ended_at and said.ended_at < said.started_at:
        return besides(said, "设备所说的结束时间早于开始时间，请核对设备时钟。")
    return said


def besides(said: Said, says: str) -> Said:
    """The same, with one more sentence about what is wrong."""
    return replace(said, wrong=(*said.wrong, says))


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("应为文字")
    words = " ".join(value.split())
    if not words.isprintable():
        raise ValueError("含有看不见的字符")
    if len(words) > _LIMITS[key]:
        raise ValueError(f"超过 {_LIMITS[key]} 字")
    return words


def _people(key: str, value: Any) -> tuple[str, ...]:
    named = _BETWEEN.split(value) if isinstance(value, str) else value
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise ValueError("应为姓名的列表")
    names = tuple(dict.fromkeys(" ".join(one.split()) for one in named if one.strip()))
    if len(names) > MOST_PEOPLE or not all(one.isprintable() and len(one) <= LONGEST_NAME for one in names):
        raise ValueError(f"至多 {MOST_PEOPLE} 人，每个姓名不超过 {LONGEST_NAME} 字")
    return names


def _moment(key: str, value: Any) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ValueError("应为 2026-11-22T09:30:00+08:00 样式的时间") from error
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if not 1990 <= moment.year <= 2200:
        raise ValueError("年份不可能")
    return moment.replace(microsecond=0)


def _digest(key: str, value: Any) -> str:
    digest = value.strip().lower() if isinstance(value, str) else ""
    if not _HEX.fullmatch(digest):
        raise ValueError("应为 64 位十六进制")
    return digest


def _short(key: str) -> str:
    return "".join(sign for sign in key if sign.isprintable())[:40]


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(_LIMITS, _text),
    **dict.fromkeys(_PEOPLE, _people),
    **dict.fromkeys(_MOMENTS, _moment),
    **dict.fromkeys(_DIGESTS, _digest),
}
