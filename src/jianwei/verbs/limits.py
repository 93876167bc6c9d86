"""`jianwei limits`: the shelf of statutory limits, and the last day one of them gives."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from jianwei.errors import JianweiError

if TYPE_CHECKING:
    from jianwei.law.limits import Limit

ORDER = 50
HELP = "法定期限：列出全部期限；给出名称和起算日时算出届满日和理由"


NEAR = 4
"""So many near names are offered where no limit has the name asked for."""


class NoSuchLimit(JianweiError):
    """No limit of that key or title; ``near`` are names it may have meant."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        guess = f"，是不是“{'”“'.join(near)}”" if near else ""
        super().__init__(f"没有名为“{name}”的法定期限{guess}；`jianwei limits` 列出全部")


class NotALength(JianweiError):
    """The extension, alternative or start asked for is not one this limit knows."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="期限", help="期限的代号或名称，如 criminal/prosecution_review、审查起诉期限"
    )
    parser.add_argument("--start", metavar="日期", help="起算日；按小时的期限写时间，如 '2026-03-01 09:30'")
    parser.add_argument("--extended", nargs="*", default=[], metavar="代号", help="已批准的延长，按先后")
    parser.add_argument("--alternative", metavar="代号", help="适用的另一种长度")
    parser.add_argument("--excluded-days", type=int, default=0, metavar="日数", help="不计入期限的日数")
    custody = parser.add_mutually_exclusive_group()
    custody.add_argument("--custody", dest="custody", action="store_true", default=None, help="在押")
    custody.add_argument("--no-custody", dest="custody", action="store_false", help="未在押")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    from jianwei.law import limits

    if not args.name:
        for one in limits.shelf().limits.values():
            _say(_described(one), args.json)
        return 1 if limits.shelf().broken else 0
    found = _find(args.name)
    _say(_due(found, args) if args.start else _described(found), args.json)
    return 0


def _find(name: str) -> Limit:
    from jianwei.law import limits

    for broken in limits.shelf().broken:
        if name == broken.file.removesuffix(".yaml"):
            raise broken
    everything = limits.shelf().limits
    if name in everything:
        return everything[name]
    titles = {limit.title: limit for limit in reversed(everything.values())}
    if name in titles:
        return titles[name]
    names = [*titles, *everything]
    near = [one for one in names if name in one] or get_close_matches(name, names, NEAR, 0.5)
    raise NoSuchLimit(name, tuple(near[:NEAR]))


def _described(limit: Limit) -> dict[str, Any]:
    edition = limit.editions.versions[-1].value
    return {
        "key": limit.key,
        "title": limit.title,
        "row": limit.row,
        "binds": limit.binds,
        "starts": limit.starts,
        "period": str(edition.period),
        "extensions": {e.key: f"{e.when}（{e.by or '未规定批准机关'}）" for e in edition.extensions.values()},
        "alternatives": {a.key: f"{a.when}：{a.period}" for a in edition.alternatives.values()},
        "article": edition.cite,
        "verified": limit.confidence == "H" and edition.verified,
    }


def _due(limit: Limit, args: argparse.Namespace) -> dict[str, Any]:
    from jianwei.procedures.casefile import moment_or_day

    start = moment_or_day(args.start)
    try:
        due = limit.due(
            start,
            extended=tuple(args.extended),
            alternative=args.alternative,
            excluded_days=args.excluded_days,
            custody=args.custody,
        )
    except KeyError as unknown:
        raise NotALength(f"{limit.title}没有代号为{unknown}的延长或者另一种长度") from unknown
    except ValueError as wrong:
        raise NotALength(
            f"{limit.title}：按小时计算的期限，起算要写明时分" if "hours" in str(wrong) else str(wrong)
        ) from wrong
    return {
        "key": limit.key,
        "title": limit.title,
        "start": args.start,
        "due_on": due.on.isoformat(),
        "due_at": due.at.isoformat(timespec="minutes") if due.at else None,
        "other_due_on": due.other.on.isoformat() if due.other else None,
        "reasoning": due.reasoning,
        "notices": list(due.notices),
        "firm": due.firm,
        "article": limit.edition(start.date() if isinstance(start, dt.datetime) else start).cite,
    }


def _say(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    elif "due_on" in found:
        print(f"{found['title']}　{found['due_at'] or found['due_on']}\n  {found['reasoning']}")
        print("".join(f"  ！{notice}\n" for notice in found["notices"]), end="")
    else:
        mark = "" if found["verified"] else "　未核对原文"
        print(f"{found['key']}　{found['title']}　{found['period']}　自{found['starts']}　{found['article']}{mark}")
