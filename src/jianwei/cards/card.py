"""What a case card is: one suspect or defendant in one case, as a row of an export of the office's business system.

A column names the headers under which it arrives, best first. Its Python type says how its cells are read; an empty cell
and a cell that could not be read are both ``None``, the latter being named in ``broken``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NewType

Charges = tuple[str, ...]
"""Names of charges, as the law has them where it knows them."""

Months = NewType("Months", int)

Fen = NewType("Fen", int)
"""Money in fen. A bare number counts 万元 unless its header names another unit: that is the unit of these exports."""

_HEADERS = "headers"


def col(*headers: str) -> Any:
    """A column; ``headers`` are the names under which it arrives, best first."""
    return field(default=None, metadata={_HEADERS: headers})


@dataclass(frozen=True)
class Column:
    """One column: its name in rules, its type, its headers."""

    name: str
    type: Any
    headers: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.headers[0]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Card:
    """What the cards of both exports hold. ``row`` is 1-based; ``said`` is each filled cell as the file has it."""

    code: ClassVar[str] = ""
    title: ClassVar[str] = "案卡"

    row: int
    said: Mapping[str, Any]
    broken: frozenset[str] = frozenset()

    dept_no: str | None = col("部门受案号", "受案号", "案件受理号")
    uni_no: str | None = col("统一受案号", "统一受理号", "统一业务受案号")
    case_name: str | None = col("案件名称", "案名")
    person: str | None = col("嫌疑人姓名", "犯罪嫌疑人姓名", "被告人姓名", "犯罪嫌疑人", "被告人", "嫌疑人", "姓名")
    person_no: str | None = col("嫌疑人编号", "犯罪嫌疑人编号", "被告人编号", "人员编号")
    investigator: str | None = col("侦查机关名称", "侦查机关", "侦（调）查机关名称", "侦查单位名称")
    sender: str | None = col("移送单位名称", "移送单位", "移送机关", "移送机关名称")
    is_unit: bool | None = col("是否为单位", "是否单位", "是否单位犯罪")
    born_on: dt.date | None = col("出生日期", "出生年月日", "嫌疑人出生日期")
    age: int | None = col("作案时年龄", "犯罪时年龄", "作案年龄")
    prior: str | None = col("前科", "前科情况", "前科劣迹")
    charge: Charges | None = col("审结案由", "审结罪名")
    charge_more: Charges | None = col("审结其他案由", "审结其他罪名")
    victim: str | None = col("被害人情况", "被害人")
    casualties: str | None = col("案件造成伤亡情况", "伤亡情况", "造成伤亡情况")
    concealment: str | None = col(
        "掩饰隐瞒犯罪所得、犯罪所得收益罪具体情形", "掩饰、隐瞒犯罪所得、犯罪所得收益罪具体情形", "掩隐具体情形"
    )
    telecom: bool | None = col("是否利用电信或网络实施犯罪", "是否利用电信网络实施犯罪")
    violence: str | None = col("犯罪涉及校园家庭暴力", "是否涉及校园家庭暴力")
    triad: bool | None = col("犯罪案件是否涉及黑社会性质组织", "是否涉及黑社会性质组织")

    @property
    def case_no(self) -> str:
        """What the case is known by: its number, or failing that its name."""
        return self.dept_no or self.uni_no or self.case_name or ""

    @property
    def charges(self) -> frozenset[str]:
        """The charges on which the review was closed."""
        return frozenset((*(self.charge or ()), *(self.charge_more or ())))

    @property
    def known_as(self) -> str:
        return self.person or self.person_no or f"第{self.row}行"


_COLUMNS: dict[str, dict[str, Column]] = {}


def columns(card: type[Card]) -> Mapping[str, Column]:
    """The columns of a kind of card, by name."""
    if card.code not in _COLUMNS:
        _COLUMNS[card.code] = _read_columns(card)
    return _COLUMNS[card.code]


def _read_columns(card: type[Card]) -> dict[str, Column]:
    hints = typing.get_type_hints(card)
    return {
        f.name: Column(f.name, _plain(hints[f.name]), tuple(f.metadata[_HEADERS]))
        for f in dataclasses.fields(card)
        if _HEADERS in f.metadata
    }


def _plain(hint: Any) -> Any:
    """``X | None`` → ``X``."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (hint,) = (a for a in typing.get_args(hint) if a is not type(None))
    return hint


def age_on(born_on: dt.date, day: dt.date) -> int:
    """周岁 on ``day``. The law counts from the day after the birthday; that one day is left to a person."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
