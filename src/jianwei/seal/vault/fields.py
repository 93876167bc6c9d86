"""The fields of a manifest, read one by one: each of its type, none unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.ulid import is_ulid

T = TypeVar("T")

NUMBER_LIMIT = 1 << 53
"""Larger numbers some readers of JSON do not understand alike."""

_HASH = re.compile("[0-9a-f]{64}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control signs, and those that turn the direction of writing: a name must be what it looks like."""


class ManifestInvalid(SealError):
    """A manifest that says something impossible, or says it in another form than the one there is."""

    def __init__(self, name: str | None, problem: str) -> None:
        self.field = name
        self.problem = problem
        super().__init__(f"材料说明的字段“{name}”{problem}。" if name else f"材料说明{problem}。")


class Fields:
    """One JSON object. Every reading takes the field away; what is left at the end is unknown."""

    def __init__(self, whole: object, inside: str = "") -> None:
        if not isinstance(whole, dict):
            raise ManifestInvalid(inside.rstrip(".") or None, "应为对象")
        self._left = dict(whole)
        self._inside = inside

    def _wrong(self, name: str, problem: str) -> ManifestInvalid:
        return ManifestInvalid(self._inside + name, problem)

    def _needed(self, name: str, value: T | None) -> T:
        if value is None:
            raise self._wrong(name, "缺失")
        return value

    def text(self, name: str) -> str | None:
        if name not in self._left:
            return None
        return self._text(name, self._left.pop(name))

    def _text(self, name: str, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise self._wrong(name, "应为非空文字")
        if _CONTROL.search(value):
            raise self._wrong(name, "含有控制字符")
        return value

    def needed_text(self, name: str) -> str:
        return self._needed(name, self.text(name))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._text(name, each) for each in self._list(name))

    def number(self, name: str) -> int | None:
        value = self._left.pop(name, None)
        if value is not None and (type(value) is not int or not 0 <= value < NUMBER_LIMIT):
            raise self._wrong(name, "应为不小于零的整数")
        return value

    def needed_number(self, name: str) -> int:
        return self._needed(name, self.number(name))

    def hash(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and not _HASH.fullmatch(value):
            raise self._wrong(name, "应为 64 位小写十六进制数")
        return value

    def needed_hash(self, name: str) -> str:
        return self._needed(name, self.hash(name))

    def ulid(self, name: str) -> str:
        value = self.needed_text(name)
        if not is_ulid(value):
            raise self._wrong(name, "应为 26 位的 ULID 编号")
        return value

    def kind(self, name: str) -> Kind:
        value = self.needed_number(name)
        if value not in Kind._value2member_map_:
            raise self._wrong(name, f"是未知的存证记录种类 {value}")
        return Kind(value)

    def moment(self, name: str) -> dt.datetime | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            if _MOMENT.fullmatch(value):
                return dt.datetime.fromisoformat(value)
        except ValueError:
            pass
        raise self._wrong(name, "应为东八区时间，如 2026-03-01T09:30:00+08:00")

    def inner(self, name: str, read: Callable[[Fields], T]) -> T | None:
        if name not in self._left:
            return None
        return self._inner(name, self._left.pop(name), read)

    def inners(self, name: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        return tuple(self._inner(f"{name}[{place}]", each, read) for place, each in enumerate(self._list(name)))

    def _inner(self, name: str, value: object, read: Callable[[Fields], T]) -> T:
        fields = Fields(value, f"{self._inside}{name}.")
        content = read(fields)
        fields.finish()
        return content

    def mapping(self, name: str) -> dict[str, str]:
        value = self._left.pop(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, "应为对象")
        if any(key[:1] in "0123456789" for key in value):
            raise self._wrong(name, "的字段名为空或者以数字开头")
        return {self._text(name, key): self._text(f"{name}.{key}", each) for key, each in value.items()}

    def _list(self, name: str) -> list[object]:
        value = self._left.pop(name, [])
        if not isinstance(value, list):
            raise self._wrong(name, "应为列表")
        return value

    def finish(self) -> None:
        if self._left:
            raise self._wrong(next(iter(self._left)), "是不认识的字段")
