"""`jianwei ingest`: take documents and tables into the lake."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jianwei.home import Home
from jianwei.lake import Lake
from jianwei.progress import step

ORDER = 20
HELP = "入湖：读入文书和表格，重复执行只取新增，中断后可续"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="文书、表格、压缩包或目录")
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出入湖结果")


def run(args: argparse.Namespace) -> int:
    home = Home(args.home.absolute()) if args.home else Home.here()
    with step("入湖") as advance:
        report = Lake(home.lake).ingest(args.paths, progress=advance)
    if args.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        print(report)
        for problem in report.problems:
            print(f"见微：{problem}", file=sys.stderr)
    return 0 if report.rows or report.unchanged or not report.problems else 1
