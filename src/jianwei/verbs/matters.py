"""`jianwei matters`: recompute what is derived from acts, or say beforehand what that would change."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.home import Home

if TYPE_CHECKING:
    from jianwei.desk.matters.rebuild import Report

ORDER = 53
HELP = "事项：由行为记录重建阶段、期限和当事人；--preview 只说会改变什么"


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", metavar="项目", required=True, title="项目")
    rebuild = kinds.add_parser("rebuild", help="重建全部事项的推导内容；中断后再次执行从断点继续")
    rebuild.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    rebuild.add_argument("--preview", action="store_true", help="不写入，只列出按现行程序版本会改变的事项")
    rebuild.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    from jianwei.desk.boot import boot
    from jianwei.progress import step

    home = Home(args.home.absolute()) if args.home else Home.here()
    boot(home.path)
    from django.utils import timezone

    from jianwei.desk.matters.rebuild import rebuild

    with step("预览重建" if args.preview else "重建") as advance:
        report = rebuild(timezone.now(), preview=args.preview, progress=advance)
    print(json.dumps(as_json(report), ensure_ascii=False) if args.json else "\n".join(lines(report, args.preview)))
    return 0


def lines(report: Report, preview: bool) -> Iterator[str]:
    """The report in words."""
    would = "会改变" if preview else "改变了"
    yield f"查看 {report.seen} 个事项，{would} {report.changed} 个"
    for change in report.changes:
        yield f"{change.title}（{change.procedure}）：{change.matters} 个"
        yield from (f"  阶段 {old} → {new}：{n} 个" for (old, new), n in sorted(change.stages.items()))
        yield from (f"  期限 {title}：{n} 个" for title, n in sorted(change.clocks.items()))
        for title, n in (("办结状态", change.closed), ("当事人", change.parties), ("承办人", change.handlers)):
            if n:
                yield f"  {title}：{n} 个"
    yield from (f"程序 {key} 已不在本系统中，{n} 个事项保持原样" for key, n in report.gone)


def as_json(report: Report) -> dict[str, object]:
    return {
        "seen": report.seen,
        "changed": report.changed,
        "gone": dict(report.gone),
        "procedures": [
            {
                "procedure": change.procedure,
                "title": change.title,
                "matters": change.matters,
                "stages": [{"from": old, "to": new, "matters": n} for (old, new), n in sorted(change.stages.items())],
                "clocks": dict(sorted(change.clocks.items())),
                "closed": change.closed,
                "parties": change.parties,
                "handlers": change.handlers,
            }
            for change in report.changes
        ],
    }
