"""What a cell says: money, dates, yes and no, as agencies write them. Each function raises ``Unreadable``."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jianwei.records.identifiers import FULL_TO_HALF

UNITS = {"亿元": 10_000_000_000, "万元": 1_000_000, "千元": 100_000, "百元": 10_000, "元": 100, "角": 10, "分": 1}
"""Fen in a unit of money."""

_NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "null", "none", "nan", "n/a", "#n/a", "\\n", "不详", "未知", "暂无", "空"}
)
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_MONEY = re.compile(
    r"(-?)(?:人民币|rmb|cny|[￥¥$])*(-?)(\d+(?:\.\d+)?|\.\d+)(亿|千万|百万|十万|万|千|百)?(元|圆|块)?(?:整|正)?(?:人民币)?\Z"
)
_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 1000, "百": 100, None: 1}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[t ]?(.*))?\Z")
_TIME = re.compile(r"(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2}))?(?:\.\d+)?[秒分]?(?:z|\+0?8:?00)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?(?:(\d{2})(\d{2})(\d{2})?)?\Z")
_EXCEL_DAY_0 = dt.date(1899, 12, 30)
_TRUE = frozenset({"是", "有", "对", "y", "yes", "t", "true", "√", "✓", "✔", "1", "真", "已", "○"})
_FALSE = frozenset({"否", "无", "没有", "n", "no", "f", "false", "×", "x", "✗", "0", "假", "未", "错"})
_LARGEST = 10**17
"""Fen: a thousand million million 元, beyond any claim and within 64 bits."""
_YEARS_MONTHS = re.compile(r"(?:有期徒刑|拘役|管制)?(?:(\d+)年)?(?:零)?(?:(\d+)个?月)?\Z")


class Unreadable(ValueError):
    """A cell that does not say what its column holds; ``str(error)`` is a Chinese clause."""


def flat(cell: Any) -> str:
    """A cell as half-width lower-case text without spaces."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _SPACES.sub("", str(cell).translate(FULL_TO_HALF)).lower()


def is_nothing(cell: Any) -> bool:
    """Whether a cell states nothing."""
    return cell is None or (isinstance(cell, str) and (not cell or _SPACES.sub("", cell).lower() in _NOTHING))


@lru_cache(maxsize=65536)
def money(cell: Any, unit: int) -> int:
    """Fen. ``unit`` is what a bare number counts; a unit in the cell itself wins."""
    text = flat(cell).replace(",", "").replace("，", "").replace("'", "")
    negative = text.startswith("(") and text.endswith(")")
    found = _MONEY.match(text.strip("()") if negative else text)
    if not found:
        raise Unreadable(f"“{_short(cell)}”不是金额")
    scale, yuan = found[4], found[5]
    fen = Decimal(found[3]) * (_SCALES[scale] * 100 if scale or yuan else unit)
    exact = int(fen.to_integral_value())
    if exact > _LARGEST:
        raise Unreadable(f"“{_short(cell)}”大得不像金额")
    return -exact if negative or found[1] or found[2] else exact


@lru_cache(maxsize=65536)
def date(cell: Any) -> dt.date:
    """A day; a month alone is its first day. Excel's serial numbers are understood."""
    return moment(cell).date()


@lru_cache(maxsize=65536)
def moment(cell: Any) -> dt.datetime:
    """A moment in local time; a day alone is its midnight."""
    text = str(cell).translate(FULL_TO_HALF).strip().lower()
    text = re.sub(r"\s*([年月日时分秒:/.\-])\s*", r"\1", text)
    try:
        if serial := re.fullmatch(r"(\d{5})(\.\d+)?", text):
            # 20000 to 60000 are the days from 1954 to 2064.
            if not 20000 <= int(serial[1]) <= 60000:
                raise Unreadable(f"“{_short(cell)}”不是日期")
            day = _EXCEL_DAY_0 + dt.timedelta(days=int(serial[1]))
            return _midnight(day) + dt.timedelta(seconds=round(float(serial[2] or 0) * 86400))
        if found := _DATE.match(text):
            day = dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
            return _midnight(day) + _clock(found[4] or "", cell)
        if found := _COMPACT.match(text.removesuffix(".0")):
            day = dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
            return _midnight(day) + dt.timedelta(
                hours=int(found[4] or 0), minutes=int(found[5] or 0), seconds=int(found[6] or 0)
            )
    except (ValueError, OverflowError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"“{_short(cell)}”不是存在的日期") from error
    raise Unreadable(f"“{_short(cell)}”不是日期")


@lru_cache(maxsize=4096)
def yes(cell: Any, header: str = "") -> bool:
    """Yes or no. A word of the header itself (缺席 under 缺席标志) is yes; the word with 未, 无, 不 or 非 before it is no."""
    text = flat(cell)
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if len(text) >= 2 and text[0] in "未无不非否没":
        return False
    if len(text) >= 2 and (text in header or text.removeprefix("已") in header or text.removeprefix("有") in header):
        return True
    if text in ("到庭", "出庭"):
        return False
    raise Unreadable(f"“{_short(cell)}”不是“是”或“否”")


@lru_cache(maxsize=16384)
def whole(cell: Any, unit: str = "") -> int:
    """A whole number; for ``unit`` 月 also ``3年6个月``."""
    text = flat(cell).replace(",", "")
    if re.fullmatch(r"-?\d{1,15}(?:\.0+)?", text):
        return int(float(text))
    if unit == "月" and text and (found := _YEARS_MONTHS.match(text)) and (found[1] or found[2]):
        return int(found[1] or 0) * 12 + int(found[2] or 0)
    if found := re.fullmatch(r"(-?\d{1,9})(?:个?月|日|天|岁|周岁|人|次|年|件)", text):
        return int(found[1])
    raise Unreadable(f"“{_short(cell)}”不是整数")


@lru_cache(maxsize=16384)
def number(cell: Any) -> float:
    """A number; ``12.5%`` is 0.125."""
    text = flat(cell).replace(",", "")
    try:
        if text.endswith(("%", "％")):
            return float(Decimal(text[:-1]) / 100)
        if text.endswith("‰"):
            return float(Decimal(text[:-1]) / 1000)
        return float(re.sub(r"(?:元|度|千瓦时|kwh)\Z", "", text))
    except (ValueError, ArithmeticError) as error:
        raise Unreadable(f"“{_short(cell)}”不是数") from error


def several(cell: Any) -> tuple[str, ...]:
    """The parts of a list written in one cell."""
    return tuple(part for part in (p.strip() for p in re.split(r"[、,，;；\n]", str(cell))) if part)


def words(cell: Any) -> str:
    """A cell as text, as it stands but for spaces at its ends."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip(" \t\r\n\u3000\ufeff")


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001  local time, as agencies write it


def _clock(text: str, cell: Any) -> dt.timedelta:
    text = text.strip()
    if not text:
        return dt.timedelta()
    found = _TIME.match(text)
    if not found or int(found[1]) > 24 or int(found[2] or 0) > 59:
        raise Unreadable(f"“{_short(cell)}”不是日期")
    return dt.timedelta(hours=int(found[1]), minutes=int(found[2] or 0), seconds=int(found[3] or 0))


def _short(cell: Any) -> str:
    text = str(cell)
    return text if len(text) <= 20 else text[:20] + "…"
