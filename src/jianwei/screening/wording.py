"""Sentences for the reader: dates, money, shares and lists as a prosecutor writes them; an empty value never breaks one."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping
from typing import Any

MISSING = "（无记载）"


def date(value: dt.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def money(fen: int) -> str:
    """``1234500`` → ``1.23万元``; below ten thousand yuan to the fen, above it to the hundred yuan, whole amounts short."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    if fen >= 1_000_000:
        hundreds = (fen + 5_000) // 10_000
        return f"{sign}{_trim(f'{hundreds // 100}.{hundreds % 100:02d}')}万元"
    return f"{sign}{_trim(f'{fen // 100}.{fen % 100:02d}')}元"


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".")


class Sentence(string.Formatter):
    """``{closed_on}`` → 2024年3月5日, ``{paid_fen}`` → 1.23万元, ``{names}`` → 甲、乙、丙; other specs as Python has them."""

    def vformat(self, format_string: str, args: Any, kwargs: Mapping[str, Any]) -> str:
        return super().vformat(format_string, args, {k: _Fen(v) if _is_money(k, v) else v for k, v in kwargs.items()})

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return MISSING
        if isinstance(value, _Fen):
            return money(value.fen) if not format_spec else format(value.fen, format_spec)
        if isinstance(value, dt.datetime) and not format_spec:
            return f"{date(value.date())}{value.hour}时{value.minute}分"
        if isinstance(value, dt.date) and not format_spec:
            return date(value)
        if isinstance(value, (list, tuple)):
            return "、".join(self.format_field(item, format_spec) for item in value) or MISSING
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, float) and not format_spec:
            return f"{value:.10g}"
        return str(format(value, format_spec))


class _Fen:
    def __init__(self, fen: int) -> None:
        self.fen = fen


def _is_money(name: str, value: Any) -> bool:
    return name.endswith("_fen") and isinstance(value, int) and not isinstance(value, bool)


_SENTENCE = Sentence()


def sentence(template: str, values: Mapping[str, Any]) -> str:
    return _SENTENCE.vformat(template, (), values)


def fields(template: str) -> frozenset[str]:
    """The columns that a sentence mentions."""
    return frozenset(name.split(".")[0].split("[")[0] for _, name, _, _ in _SENTENCE.parse(template) if name)
