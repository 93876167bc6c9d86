"""`jianwei index`: the desk's search index."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.home import Home

ORDER = 54
HELP = "检索索引：补上新增和变化的事项、线索、文书；可从头重建"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--rebuild", action="store_true", help="丢弃现有索引，从头重建")


def run(args: argparse.Namespace) -> int:
    from jianwei.desk.boot import boot

    boot((Home(args.home.absolute()) if args.home else Home.here()).path)
    from django.utils import timezone

    from jianwei.desk.search import indexing

    made = indexing.rebuild() if args.rebuild else indexing.refresh(timezone.localdate(), timezone.now())
    print(f"已写入索引 {made} 项。")
    return 0
