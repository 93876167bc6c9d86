"""The book of rules, written from the rules themselves: ``docs/built/cards.md``. Never typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, columns
from jianwei.cards.numbers import numbers
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Group, Rule
from jianwei.cards.shelf import rules
from jianwei.cards.wording import parts
from jianwei.law.limits import limit

HEAD = """# 案卡冲突规则

本页由 `python -m jianwei.cards.handbook` 生成，不手工修改。核查 010101（审查逮捕）与 020101（一审公诉）两张导出表；
缺少所需列的规则不检查，并说明缺哪一列。例外由单元格显示的自动排除，其余由人判断。

"""


def handbook() -> str:
    """The whole page."""
    return "".join(f"{line}\n" for line in _lines()).rstrip("\n") + "\n"


def _lines() -> Iterator[str]:
    shelf = rules()
    yield HEAD.rstrip("\n") + "\n"
    yield "| 分组 | 规则 |\n|---|---|"
    for group in Group:
        yield f"| {group.value} | {sum(rule.group is group for rule in shelf)} |"
    yield f"| 合计 | {len(shelf)} |\n"
    for group in Group:
        yield f"## {group.value}\n"
        for rule in shelf:
            if rule.group is group:
                yield from _rule(rule)
    yield "## 数值\n"
    yield "| 数值 | 起 | 来源 | 状态 |\n|---|---|---|---|"
    for dated in numbers().values():
        for version in dated.versions:
            state = "已核对" if version.value.verified else "建议值"
            yield f"| {dated.what}：{version.value.value} | {version.from_on} | {version.value.cite} | {state} |"
    yield ""
    for kind in (ArrestCard, ProsecutionCard):
        yield f"## {kind.code} {kind.title}案卡的列\n"
        yield "| 列 | 也认作 |\n|---|---|"
        for column in columns(kind).values():
            yield f"| {column.title} | {'、'.join(column.headers[1:])} |"
        yield ""


def _rule(rule: Rule[Any]) -> Iterator[str]:
    yield f"### {rule.ref} {rule.title}\n"
    yield f"- 案卡：{_card(rule)}；程度：{rule.severity.value}"
    yield f"- 依据：{'；'.join(map(str, rule.basis))}"
    if rule.limits:
        yield f"- 期限：{'、'.join(f'{limit(key).title}（`{key}`）' for key in rule.limits)}"
    yield f"- 说明：{_blank(rule)}"
    yield f"- 所需列：{_titles(rule, rule.needs)}"
    if rule.other:
        yield f"- 另表所需列：{_other_titles(rule, rule.other)}"
    if rule.exceptions:
        yield "\n| 依法例外 | 依据 | 如何显示 |\n|---|---|---|"
        for exception in rule.exceptions:
            yield f"| {exception.name} | {exception.cite} | {exception.shows} |"
    else:
        yield "- 依法例外：法律没有规定"
    yield ""


def _card(rule: Rule[Any]) -> str:
    return "两表" if rule.on is Card else f"{rule.on.code} {rule.on.title}"


def _kind(rule: Rule[Any]) -> type[Card]:
    return ArrestCard if rule.on is ArrestCard else ProsecutionCard


def _titles(rule: Rule[Any], names: tuple[str, ...]) -> str:
    return "、".join(columns(_kind(rule))[name].title for name in names)


def _other_titles(rule: Rule[Any], names: tuple[str, ...]) -> str:
    kind = ProsecutionCard if rule.on is ArrestCard else ArrestCard
    return "、".join(columns(kind)[name].title for name in names)


def _blank(rule: Rule[Any]) -> str:
    """A rule's sentence with the titles of its columns, and an ellipsis for what each finding says itself."""
    known = columns(_kind(rule))
    text = []
    for words, name in parts(rule.says):
        text.append(words)
        if name.startswith("other."):
            text.append(f"另表“{_other_titles(rule, (name[6:],))}”")
        elif name in known:
            text.append(f"“{known[name].title}”")
        elif name:
            text.append("…")
    return "".join(text)


if __name__ == "__main__":
    sys.stdout.write(handbook())
