"""The handbook of models, written from the models themselves: ``docs/built/models.md``. Never typed."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator, Mapping

from jianwei.kit import Kind, Model, Threshold
from jianwei.screening.shelf import models
from jianwei.screening.wording import money

HEAD = """# 监督模型手册

本页由 `python -m jianwei.screening.handbook` 生成，不手工修改。线索只是线索，是否成立由承办人判断。

| 编号 | 模型 | 条线 | 所需数据 | 增强数据 |
|---|---|---|---|---|
"""


def handbook() -> str:
    """The whole page."""
    shelf = sorted(models(), key=lambda m: (m.ref, m.key()))
    lines = [
        f"| {m.ref} | [{m.title}](#{m.ref.lower()}-{m.title}) | {m.line.value} | {_needed(m)} | {_titles(m.helps) or '—'} |"
        for m in shelf
    ]
    return HEAD + "\n".join(lines) + "\n\n" + "\n".join("\n".join(_page(m)) for m in shelf)


def _needed(model: type[Model]) -> str:
    any_of = f"{_titles(model.one_of)}（至少一种）" if model.one_of else ""
    return "；".join(part for part in (_titles(model.reads), any_of) if part)


def _page(model: type[Model]) -> Iterator[str]:
    module, numbers = sys.modules[model.__module__], model.thresholds()
    yield f"## {model.ref} {model.title}\n"
    yield f"{(module.__doc__ or '').strip()}\n"
    yield f"- 文件：`models/{model.key().replace('.', '/')}.py`，第 {model.version} 版"
    yield f"- 依据：{'；'.join(str(cite) for cite in model.basis)}"
    yield f"- 所需数据：{_needed(model)}"
    if model.helps:
        yield f"- 增强数据（缺少时相应迹象不评价）：{_titles(model.helps)}"
    if model.uses:
        yield f"- 派生表：{'、'.join(f'`{name}`' for name in model.uses)}"
    for absence in model.absences:
        yield f"- 关于“没有”：{absence.says}，以《{absence.feed.titles[0]}》完整至查询日前 {absence.until_days} 天以内为前提"
    yield f"- 线索首句：{_blank(model.headline, numbers)}"
    yield f"- 成为线索：分值不低于 {model.least_score}{'，且须有实质迹象' if model.needs_substance else ''}"
    yield f"- 留给承办人：{'；'.join(model.asks)}\n"
    yield "| 迹象 | 类别 | 分值 | 说明 |\n|---|---|---|---|"
    for kind in (Kind.SUBSTANCE, Kind.FORM, Kind.CONTEXT):
        for sign in (s for s in model.signs if s.kind is kind):
            source = f"（{sign.source}）" if sign.source else ""
            yield f"| `{sign.key}` | {kind.value} | {sign.weight} | {_blank(sign.text, numbers)}{source} |"
    yield ""
    if numbers:
        yield "| 阈值 | 数值 | 来源 | 状态 |\n|---|---|---|---|"
        for name, number in numbers.items():
            yield f"| `{name}` | {_number(number)} | {number.source} | {'已核对' if number.verified else '建议值'} |"
        yield ""


def _blank(text: str, numbers: Mapping[str, Threshold]) -> str:
    """A sentence with its numbers filled in and an ellipsis for what each clue says itself."""
    parts = ((words, numbers.get(name or "")) for words, name, _, _ in string.Formatter().parse(text))
    names = (name for _, name, _, _ in string.Formatter().parse(text))
    return "".join(
        words + (f"{number.value:g}" if number else "…" if name else "")
        for (words, number), name in zip(parts, names, strict=True)
    )


def _titles(records: tuple[type, ...]) -> str:
    return "、".join(record.titles[0] for record in records)  # type: ignore[attr-defined]


def _number(number: Threshold) -> str:
    def one(value: float) -> str:
        return money(int(value)) if number.unit == "分" else f"{value:g} {number.unit}"

    places = "；".join(f"{prefix}：{one(value)}" for prefix, value in sorted(number.by_province.items()))
    return one(number.value) + (f"（{places}）" if places else "")


if __name__ == "__main__":
    sys.stdout.write(handbook())
