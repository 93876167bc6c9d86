"""`jianwei worker`: the desk's background tasks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jianwei.home import Home

ORDER = 53
HELP = "后台任务：按期限写到期提醒；`jianwei up` 会自动带一个"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--once", action="store_true", help="只跑一遍")
    parser.add_argument("--attached", action="store_true", help="随标准输入的关闭而结束（由工作台带起时使用）")


def run(args: argparse.Namespace) -> int:
    from jianwei.desk import worker

    home = Home(args.home.absolute()) if args.home else Home.here()
    found = worker.run(home.path, once=args.once, ends_with=sys.stdin if args.attached else None)
    if args.once:
        print("；".join(f"{name}：新增 {number} 条" for name, number in found.items()))
    return 0
