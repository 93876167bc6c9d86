"""The table of limits, written from the shelf itself: ``docs/built/limits.md``. Never typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby

from jianwei.law.dated import Version
from jianwei.law.limits import Custody, Edition, Limit, Nature, Unit, Variant, keys, limit

LINES = {
    "administrative": "行政检察",
    "civil": "民事检察",
    "conduct": "案件管理与检务督察",
    "criminal": "刑事检察",
    "enforcement": "执行监督",
    "juvenile": "未成年人检察",
    "petition": "控告申诉检察",
    "public_interest": "公益诉讼检察",
}

HEAD = """# 法定期限表

本页由 `python -m jianwei.law.limits.handbook` 生成，不手工修改。期限、起算、延长以现行版本为准，历次版本列在最后一栏；“第…项”为期限表的序号，没有序号的在表外。

- 核对：H 为逐条读过，M、L 为未逐条核对；标“未核对原文”的，页面上由该期限得出的每个日期都附此说明。
- 节假日：“顺延”指届满日为节假日的，至节假日后的第一个工作日；“在押不顺延”见刑事诉讼法第一百零五条第四款；“在押有争议”的两个日期并列，以较早者预警。
- 月末：“月末”指自本月最后一日起算的至最后一日（刑诉法解释第二百零二条）；“对应日”依民法典第二百零二条。
"""

COLUMNS = "| 期限 | 期间 | 义务人 | 起算 | 延长与例外 | 节假日 | 月末 | 核对 | 版本与依据 |\n|---|---|---|---|---|---|---|---|---|"

CUSTODY = {Custody.ENDS: "在押不顺延", Custody.ROLLS: "顺延", Custody.ARGUED: "在押有争议"}


def handbook() -> str:
    """The whole page: one table a line, one row a limit, in the order of the table of limits."""
    pages = groupby(keys(), key=lambda key: key.partition("/")[0])
    return HEAD + "".join("\n" + "\n".join(_table(line, map(limit, found))) + "\n" for line, found in pages)


def _table(line: str, found: Iterator[Limit]) -> Iterator[str]:
    yield f"## {LINES[line]}\n"
    yield COLUMNS
    yield from (_row(one) for one in sorted(found, key=lambda one: (one.row or 999, one.key)))


def _row(one: Limit) -> str:
    edition = one.editions.versions[-1].value
    numbers = "、".join(str(row) for row in (one.row, *one.also_rows) if row)
    cells = (
        f"{one.title}<br>`{one.key}`{f'（第{numbers}项）' if numbers else ''}",
        _length(one, edition),
        one.binds,
        one.starts + ("，当日计入" if one.counts_start else ""),
        "<br>".join(_exceptions(one, edition)) or "—",
        CUSTODY[one.custody] if _rolls(one, edition) else "不顺延",
        one.month_rule.value,
        one.confidence if one.confidence == "H" and edition.verified else f"{one.confidence} 未核对原文",
        "<br>".join(_version(version) for version in reversed(one.editions.versions)),
    )
    return f"| {' | '.join(cells)} |"


def _rolls(one: Limit, edition: Edition) -> bool:
    return one.rolls and one.nature in {Nature.DEADLINE, Nature.WAITING} and edition.period.unit is not Unit.HOURS


def _length(one: Limit, edition: Edition) -> str:
    length = f"{edition.at_least}至{edition.period}" if edition.at_least else str(edition.period)
    match one.nature:
        case Nature.BEFORE:
            return f"{length}以前"
        case Nature.WINDOW:
            return f"前{length}以内"
        case Nature.WAITING:
            return f"满{length}方可"
        case Nature.LASTING if not edition.at_least:
            return f"不超过{length}"
        case _:
            return length


def _exceptions(one: Limit, edition: Edition) -> Iterator[str]:
    for alternative in edition.alternatives.values():
        plus = f"又{alternative.plus}" if alternative.plus else ""
        yield f"{alternative.when}：{alternative.period}{plus}{_mark(alternative)}"
    for extension in edition.extensions.values():
        yield _extension(extension, edition.extensions)
    if edition.excludes:
        yield f"不计入：{'、'.join(edition.excludes)}"
    if edition.restarts:
        yield f"重新计算：{'、'.join(edition.restarts)}"
    if one.at_most:
        yield f"以{one.at_most}次为限（{one.at_most_cite}）"
    if one.next_full_hour:
        yield "开始的时是否计算有两种理解，以较早者预警"
    if one.note:
        yield one.note


def _extension(extension: Variant, others: Mapping[str, Variant]) -> str:
    each = "每次" if extension.repeats else ""
    length = "延长，不定期限" if extension.open_ended else f"{each}延长{extension.period}"
    by = f"，{extension.by}批准" if extension.by else ""
    after = f"，须先“{others[extension.after].when}”延长" if extension.after else ""
    asked = f"，届满{extension.request_before}前提请" if extension.request_before else ""
    return f"{extension.when}：{length}{by}{after}{asked}{_mark(extension)}"


def _mark(variant: Variant) -> str:
    return f"（{variant.cite}{'' if variant.verified else '，未核对原文'}）"


def _version(version: Version[Edition]) -> str:
    until = f"至{version.to_on.isoformat()}" if version.to_on else "起"
    mark = "" if version.value.verified else "，未核对原文"
    return f"{version.from_on.isoformat()}{until}：{version.value.period}，{version.value.cite}{mark}"


if __name__ == "__main__":
    sys.stdout.write(handbook())
