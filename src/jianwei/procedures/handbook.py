"""The handbook of procedures, written from the procedures themselves: ``docs/built/procedures.md``. Never typed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from jianwei.kit import Cite
from jianwei.law.limits import Nature
from jianwei.procedures.describe import edges, targets
from jianwei.procedures.kernel.act import ActKind
from jianwei.procedures.kernel.clock import Clock, Effect, Verb
from jianwei.procedures.kernel.procedure import COMMON, Procedure
from jianwei.procedures.shelf import procedures

UNVERIFIED = "未核对原文"

HEAD = """# 办案程序手册

本页由 `python -m jianwei.procedures.handbook` 生成，不手工修改。一个程序一节：阶段图、期限、行为。

- 行为写明依据的条文；“依法不能”一栏是系统不予接受的情形及其条文，届满后延长、次数超限等由期限本身禁止的不重复列出。
- 羁押期限与办案期限分开计算。缺少输入的期限不显示“期限内”。标“未核对原文”的，页面上同样说明。
- 更正、撤销误录、分派和变更承办人、登记当事人、备注是每个程序都有的行为，不再列出。

| 条线 | 程序 | 案件类别 | 阶段 | 期限 | 行为 | 未核对原文 |
|---|---|---|---|---|---|---|
"""

_STARTS, _ENDS = (Verb.START, Verb.FIX), (Verb.MEET,)


def handbook() -> str:
    """The whole page."""
    shelf = list(procedures().values())
    return HEAD + "".join(map(_line, shelf)) + "".join("\n" + "\n".join(_page(one)) + "\n" for one in shelf)


def _line(one: type[Procedure]) -> str:
    cells = (
        one.line.value,
        f"[{one.title}](#{_anchor(one)})",
        one.case_type or "—",
        str(len(one.stages)),
        str(len(one.clocks)),
        str(len(_own(one))),
        _unread(one),
    )
    return f"| {' | '.join(cells)} |\n"


def _unread(one: type[Procedure]) -> str:
    """What of a procedure was not read in a text."""
    if one.unverified:
        return "做法"
    cites = [*one.basis, *(cite for kind in _own(one) for cite in kind.basis)]
    cites += [guard.cite for kind in _own(one) for guard in kind.guards if guard.cite]
    limits = [clock.limit for clock in one.clocks.values()]
    whole = all(cite.verified for cite in cites) and all(
        limit.confidence == "H" and limit.editions.versions[-1].value.verified for limit in limits
    )
    return "—" if whole else "部分条文、期限"


def _page(one: type[Procedure]) -> Iterator[str]:
    yield f"## {one.title} `{one.key}`\n"
    yield f"{(sys.modules[one.__module__].__doc__ or '').strip()}\n"
    yield f"{one.line.value}。依据：{_cites(one.basis)}\n"
    if one.unverified:
        yield f"> **{UNVERIFIED}**　{one.unverified}\n"
    yield from _picture(one)
    if one.clocks:
        yield "\n| 期限 | 类别 | 义务人 | 期间与依据 | 起算 | 办结 |\n|---|---|---|---|---|---|"
        yield from (_clock(one, clock) for clock in one.clocks.values())
    yield "\n| 行为 | 阶段 | 办理 | 依据 | 依法不能 | 文书 | 转入 |\n|---|---|---|---|---|---|---|"
    yield from (_act(one, kind) for kind in _own(one))


def _picture(one: type[Procedure]) -> Iterator[str]:
    """Stages and the acts between them, as a mermaid state diagram."""
    names = {stage: f"s{place}" for place, stage in enumerate(one.stages)} | {"": "[*]"}
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"    {names[stage]} : {stage}" for stage in one.stages)
    moves = sorted(edges(one), key=lambda edge: (names[edge[0]], names[edge[1]]))
    for (start, to), kinds in groupby(moves, key=lambda edge: edge[:2]):
        titles = [kind.title for _, _, kind in kinds]
        label = "、".join(titles[:4]) + ("等" if len(titles) > 4 else "")
        yield f"    {names[start]} --> {names[to]} : {label}"
    yield from (f"    {names[stage]} --> [*]" for stage in one.ends)
    yield "```"


def _clock(one: type[Procedure], clock: Clock) -> str:
    limit = clock.limit
    edition = limit.editions.versions[-1].value
    each = "，每人分别计算" if clock.each else ""
    if limit.nature is Nature.SET:
        length = "由人确定，不是法定期限"
    else:
        marked = "" if limit.confidence == "H" and edition.verified else f"（{UNVERIFIED}）"
        lower = f"{edition.at_least}至" if edition.at_least else ""
        length = f"{lower}{edition.period}，{edition.cite}{marked}"
    cells = (
        clock.label,
        clock.kind.value + each,
        limit.binds,
        length,
        _turned(one, clock, _STARTS),
        _turned(one, clock, _ENDS),
    )
    return _row(cells)


def _turned(one: type[Procedure], clock: Clock, verbs: tuple[Verb, ...]) -> str:
    """The acts that begin or meet a clock."""
    found = [
        kind.title
        for kind in _own(one)
        if any(isinstance(e, Effect) and e.clock is clock and e.verb in verbs for e in kind.does)
    ]
    return "、".join(found) or "—"


def _act(one: type[Procedure], kind: ActKind) -> str:
    where = "开始" if kind.opens else "、".join(kind.at) or "任何未结阶段"
    to = "、".join(targets(one, kind))
    forbidden = [f"{guard.says}（{guard.cite}）" for guard in kind.guards if guard.cite]
    if kind.at_most is not None:
        forbidden.append(f"以{kind.at_most}次为限（{kind.at_most_cite}）")
    cells = (
        f"{kind.title}<br>`{kind.key}`",
        f"{where} → {to}" if to else where,
        "、".join(kind.by),
        _cites(kind.basis),
        "<br>".join(dict.fromkeys(forbidden)),
        "、".join(kind.documents),
        "、".join(procedures()[key].title for key in kind.leads_to),
    )
    return _row(cells)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '／') or '—' for cell in cells)} |"


def _own(one: type[Procedure]) -> list[ActKind]:
    return [kind for key, kind in one.acts.items() if key not in COMMON]


def _cites(cites: tuple[Cite, ...]) -> str:
    """The articles, those of one law together."""
    laws: dict[str, list[str]] = {}
    for cite in cites:
        law = str(replace(cite, article="", verified=True))
        laws.setdefault(law, []).append(cite.article + ("" if cite.verified else f"（{UNVERIFIED}）"))
    return "；".join(f"{law}{'、'.join(articles)}" for law, articles in laws.items())


def _anchor(one: type[Procedure]) -> str:
    """The anchor a heading gets: lower case, blanks to hyphens, signs dropped."""
    kept = "".join(c for c in one.title if c.isalnum() or c in "-_")
    return f"{kept}-{one.key.replace('/', '')}".lower()


if __name__ == "__main__":
    sys.stdout.write(handbook())
