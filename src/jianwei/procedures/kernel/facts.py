"""The typed facts an act is recorded with: what is asked, and how what was typed is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from jianwei.errors import JianweiError


class FactKind(Enum):
    """What a fact holds; the value is the word a form and an error use."""

    TEXT = "文字"
    LONG_TEXT = "长文字"
    DAY = "日期"
    MOMENT = "时间"
    YES_NO = "是否"
    NUMBER = "整数"
    MONEY = "金额"
    CHOICE = "选项"
    PERSON = "人员"
    PEOPLE = "多名人员"


class BadFact(JianweiError):
    """A fact that cannot be read as what it should be. ``fact`` is its name."""

    def __init__(self, fact: Fact, says: str) -> None:
        self.fact, self.says = fact, says
        super().__init__(f"{fact.label}：{says}")


@dataclass(frozen=True)
class Fact:
    """One fact: its name in code, its label on the form, its kind.

    ``choices`` maps the stored key to its label. ``least`` and ``most`` bound a number. ``hint`` tells the reader what
    is meant or on which article it rests. Money is read in 元 and kept in fen. ``also``: names it had before.
    """

    name: str
    label: str
    kind: FactKind
    required: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    hint: str = ""
    also: tuple[str, ...] = ()

    def optional(self) -> Fact:
        """The same fact, not asked for when the act is recorded."""
        return replace(self, required=False)

    def read(self, raw: object) -> Any:
        """The typed value of what was typed or stored. Empty is None. Raises ``BadFact``."""
        if raw is None or raw == "" or raw == []:
            return None
        return _READERS[self.kind](self, raw)

    def store(self, value: Any) -> Any:
        """The value as JSON keeps it; ``read`` gives it back."""
        if isinstance(value, dt.datetime):
            return value.isoformat(timespec="minutes")
        if isinstance(value, dt.date):
            return value.isoformat()
        return f"{Decimal(value) / 100:.2f}" if self.kind is FactKind.MONEY and value is not None else value

    def show(self, value: Any) -> str:
        """The value as a person reads it."""
        match self.kind, value:
            case _, None:
                return ""
            case FactKind.YES_NO, _:
                return "是" if value else "否"
            case FactKind.MONEY, int():
                return f"{Decimal(value) / 100:,.2f}元"
            case FactKind.CHOICE, str():
                return self.choices.get(value, value)
            case FactKind.PEOPLE, tuple():
                return "、".join(value)
            case FactKind.MOMENT, dt.datetime():
                return f"{value:%Y-%m-%d %H:%M}"
        return str(value)


def _text(fact: Fact, raw: object) -> str:
    return "、".join(str(one).strip() for one in raw) if isinstance(raw, (list, tuple)) else str(raw).strip()


def _person(fact: Fact, raw: object) -> str:
    if isinstance(raw, (list, tuple)) and len(raw) > 1:
        raise BadFact(fact, "只填一人；有几人的，分别记录")
    return _name(fact, _text(fact, raw))


def _name(fact: Fact, name: str) -> str:
    if re.fullmatch(r"[\d.\s]+", name):
        raise BadFact(fact, f"“{name}”不是姓名，请写明姓名；有几人的，用顿号分开")
    return name


_DAY = re.compile(
    r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})分?(?:[:：]\d+)?)?\s*"
)
_BARE_DAY = re.compile(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})\s*")


def _day(fact: Fact, raw: object) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    numbers = _DAY.fullmatch(str(raw)) or _BARE_DAY.fullmatch(str(raw))
    if numbers is None:
        raise BadFact(fact, f"“{raw}”不是日期，请写成 2026-11-22")
    try:
        return dt.date(int(numbers[1]), int(numbers[2]), int(numbers[3]))
    except ValueError:
        raise BadFact(fact, f"没有“{raw}”这一天") from None


def _moment(fact: Fact, raw: object) -> dt.datetime | dt.date:
    if isinstance(raw, dt.datetime):
        return raw.replace(tzinfo=None)
    if isinstance(raw, dt.date):
        raise BadFact(fact, f"“{raw}”没有写明时分，请写成 2026-11-22 09:30")
    numbers = _DAY.fullmatch(str(raw))
    if numbers is None:
        try:
            found = dt.datetime.fromisoformat(str(raw).strip())
        except ValueError:
            raise BadFact(fact, f"“{raw}”不是时间，请写成 2026-11-22 09:30") from None
        return found.replace(tzinfo=None)
    if numbers[4] is None:
        raise BadFact(fact, f"“{raw}”没有写明时分，请写成 2026-11-22 09:30")
    try:
        year, month, day, hour, minute = (int(number) for number in numbers.groups())
        return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001
    except ValueError:
        raise BadFact(fact, f"没有“{raw}”这个时间") from None


_YES = dict.fromkeys(("是", "有", "已", "对", "在押", "true", "on", "1", "yes", "y", "√"), True)
_NO = dict.fromkeys(
    ("否", "无", "没有", "未", "不", "不是", "未在押", "不在押", "false", "off", "0", "no", "n", "×"), False
)


def _yes_no(fact: Fact, raw: object) -> bool:
    said = (_YES | _NO).get(str(raw).strip().lower())
    if said is None:
        raise BadFact(fact, f"“{raw}”不是“是”或“否”")
    return said


def _number(fact: Fact, raw: object) -> int:
    try:
        number = int(str(raw).strip())
    except ValueError:
        raise BadFact(fact, f"“{raw}”不是整数") from None
    if fact.least is not None and number < fact.least:
        raise BadFact(fact, f"不得小于{fact.least}")
    if fact.most is not None and number > fact.most:
        raise BadFact(fact, f"不得大于{fact.most}")
    return number


def _money(fact: Fact, raw: object) -> int:
    try:
        fen = Decimal(str(raw).replace(",", "").replace("，", "").removesuffix("元").strip()) * 100
    except InvalidOperation:
        raise BadFact(fact, f"“{raw}”不是以元为单位的金额") from None
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise BadFact(fact, f"“{raw}”精确到分")
    if fen < 0:
        raise BadFact(fact, "金额不得为负")
    return int(fen)


def _choice(fact: Fact, raw: object) -> str:
    said = str(raw).strip()
    if said in fact.choices:
        return said
    for key, label in fact.choices.items():
        if label == said:
            return key
    begun = [key for key, label in fact.choices.items() if label.startswith(said)] if len(said) > 1 else []
    if len(begun) == 1:
        return begun[0]
    raise BadFact(fact, f"“{said}”不在可选项中：{'、'.join(fact.choices.values())}")


def _people(fact: Fact, raw: object) -> tuple[str, ...]:
    names = (
        raw
        if isinstance(raw, (list, tuple))
        else re.split(r"[、,，;；\n]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", str(raw))
    )
    return tuple(dict.fromkeys(_name(fact, said) for name in names if (said := str(name).strip())))


_READERS = {
    FactKind.TEXT: _text,
    FactKind.LONG_TEXT: _text,
    FactKind.PERSON: _person,
    FactKind.DAY: _day,
    FactKind.MOMENT: _moment,
    FactKind.YES_NO: _yes_no,
    FactKind.NUMBER: _number,
    FactKind.MONEY: _money,
    FactKind.CHOICE: _choice,
    FactKind.PEOPLE: _people,
}


def text(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.TEXT, hint=hint)


def long_text(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.LONG_TEXT, hint=hint)


def day(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.DAY, hint=hint)


def moment(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.MOMENT, hint=hint)


def yes_no(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.YES_NO, hint=hint)


def number(name: str, label: str, *, least: int = 0, most: int | None = None, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.NUMBER, least=least, most=most, hint=hint)


def money(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.MONEY, hint=hint)


def choice(name: str, label: str, choices: Mapping[str, str] | tuple[str, ...], hint: str = "") -> Fact:
    """A closed set; a plain tuple of words stands for itself."""
    said = choices if isinstance(choices, Mapping) else {word: word for word in choices}
    return Fact(name, label, FactKind.CHOICE, choices=said, hint=hint)


def person(name: str = "person", label: str = "人员", hint: str = "", also: tuple[str, ...] = ()) -> Fact:
    return Fact(name, label, FactKind.PERSON, hint=hint, also=also)


def people(name: str, label: str, hint: str = "") -> Fact:
    return Fact(name, label, FactKind.PEOPLE, hint=hint)
