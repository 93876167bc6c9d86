"""`jianwei ingest`: take documents and tables into the lake."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jianwei.home import Home
from jianwei.lake import IngestReport, Lake
from jianwei.progress import step
from jianwei.sources.kinds import shelf

ORDER = 20
HELP = "入湖：读入文书和表格，重复执行只取新增，中断后可续"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="文书、表格、压缩包或目录")
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出入湖结果")


def run(args: argparse.Namespace) -> int:
    home = Home(args.home.absolute()) if args.home else Home.here()
    with step("入湖") as advance:
        report = Lake(home.lake).ingest(args.paths, progress=lambda p: advance(p.read_bytes, p.total_bytes))
    if args.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
    else:
        print(summary(report))
        for problem in report.problems:
            print(f"见微：{problem}", file=sys.stderr)
    nothing = report.errors and not (report.rows or report.known or report.documents)
    return 1 if nothing or shelf().broken else 0


def summary(report: IngestReport) -> str:
    """One line: what entered, what was known, how much was refused or doubted."""
    doubts = len(report.problems) - report.errors
    return (
        f"读入文件 {report.files} 个（已有 {report.known} 个，更新 {report.replaced} 个），"
        f"新增文书 {report.documents} 份（重复 {report.repeated} 份）、数据行 {sum(report.rows.values())} 行，"
        f"未能入湖 {report.errors} 处，提示 {doubts} 处"
    )


def _as_json(report: IngestReport) -> dict[str, object]:
    return {
        "batch": report.batch,
        "files": report.files,
        "known": report.known,
        "replaced": report.replaced,
        "documents": report.documents,
        "repeated": report.repeated,
        "rows": dict(sorted(report.rows.items())),
        "problems": [str(problem) for problem in report.problems],
    }
