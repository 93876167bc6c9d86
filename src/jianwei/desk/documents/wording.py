"""How values are written in a document: dates, money, names, a person's particulars. Gaps are written out, never left."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from jianwei.desk.documents.kind import Column, Field, FieldKind

GAP = re.compile(r"【待填：([^】]{1,60})】")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def gap(label: str) -> str:
    """A visible gap: ``【待填：案由】``."""
    return f"【待填：{label}】"


def gaps(text: str) -> list[str]:
    """The labels of the gaps in a text, each once, in order."""
    return list(dict.fromkeys(GAP.findall(text)))


def clean(text: str) -> str:
    """Typed text as XML can hold it: line ends made one, control characters gone."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def day(value: str | dt.date) -> str:
    """``2026-11-02`` → ``2026年11月2日``. What is no date stays as it is."""
    try:
        on = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    except ValueError:
        return str(value)
    return f"{on.year}年{on.month}月{on.day}日"


def yuan(fen: int) -> str:
    """``1234567`` → ``12,345.67元``; whole yuan without decimals."""
    return f"{fen // 100:,}元" if fen % 100 == 0 else f"{fen // 100:,}.{fen % 100:02d}元"


def capital_yuan(fen: int) -> str:
    """``12050000`` → ``壹拾贰万零伍佰元整`` (支付结算办法附一: amounts in capitals)."""
    whole, cents = divmod(fen, 100)
    jiao, fen_digit = divmod(cents, 10)
    text = (_capital(whole) or "零") + "元"
    if not cents:
        return text + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif whole:
        text += "零"
    return text + (_DIGITS[fen_digit] + "分" if fen_digit else "整")


def _capital(number: int) -> str:
    """A whole number below 10^16 in capitals; "" for nought."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            if text and groups[place] < 1000:
                text += "零"
            text += _four(groups[place]) + ("", "万", "亿", "万亿")[place]
    return text


def _four(group: int) -> str:
    text, waiting = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = group // unit % 10
        if digit:
            text += ("零" if waiting and text else "") + _DIGITS[digit] + name
        waiting = not digit
    return text


def names(people: Iterable[Mapping[str, Any]]) -> str:
    """``张某、李某``."""
    return "、".join(str(p["name"]) for p in people)


def identity(person: Mapping[str, Any]) -> str:
    """The particulars of a natural person as documents state them; a column left empty is a gap or is left out."""
    parts = [
        str(person["name"]),
        *(str(person[key]) for key in ("gender",) if person.get(key)),
        f"{person['born_on']}出生" if person.get("born_on") else "",
        f"公民身份号码{person['id_number']}" if person.get("id_number") else "",
        *(str(person[key]) for key in ("ethnicity", "education", "job") if person.get(key)),
        f"户籍所在地{person['domicile']}" if person.get("domicile") else "",
        f"住{person['residence']}" if person.get("residence") else "",
    ]
    return "，".join(part for part in parts if part) + "。"


def party(one: Mapping[str, Any]) -> str:
    """A party of a civil or administrative matter: a person or an organisation, with representative and agent."""
    text = str(one["name"]) + (f"，{one['particulars']}" if one.get("particulars") else "")
    text += f"，住{one['address']}。" if one.get("address") else "。"
    if one.get("representative"):
        text += f"法定代表人（负责人）：{one['representative']}。"
    if one.get("agent"):
        text += f"委托代理人：{one['agent']}。"
    return text


def value(field: Field | Column, given: Any) -> Any:
    """A kept value as a template sees it: text, lists of text, or rows. Required and empty becomes a gap."""
    if field.kind is FieldKind.ROWS and isinstance(field, Field):
        rows = [r for r in given or () if any(str(v).strip() for v in r.values())]
        if not rows and not field.required:
            return []
        return [{c.name: value(c, row.get(c.name)) for c in field.columns} for row in rows or [{}]]
    if field.kind is FieldKind.LINES:
        lines = [clean(str(line)).strip() for line in given or ()]
        return [line for line in lines if line] or ([gap(field.label)] if field.required else [])
    if field.kind is FieldKind.YES:
        return bool(given)
    if given is None or (isinstance(given, str) and not given.strip()):
        return gap(field.label) if field.required else ""
    if field.kind is FieldKind.DATE:
        return day(str(given))
    if field.kind is FieldKind.MONEY:
        return yuan(int(given))
    return clean(str(given)).strip()


def missing(fields: Iterable[Field], values: Mapping[str, Any]) -> list[str]:
    """What must still be filled in, by label: ``犯罪嫌疑人：出生日期``."""
    found = []
    for field in fields:
        shown = value(field, values.get(field.name))
        if field.kind is FieldKind.ROWS:
            for row in shown:
                found += [f"{field.label}：{label}" for text in row.values() for label in gaps(str(text))]
        else:
            found += gaps("\n".join(shown) if isinstance(shown, list) else str(shown))
    return list(dict.fromkeys(found))
