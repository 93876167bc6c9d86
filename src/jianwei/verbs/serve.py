"""`jianwei serve`: open the desk on data that is already there."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.home import Home

ORDER = 50
HELP = "打开工作台：在本机提供网页"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址（默认 127.0.0.1）")
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="端口（默认 8000）")
    parser.add_argument("--alone", action="store_true", help="不带后台任务和存证服务：它们另行运行（systemd）")


def run(args: argparse.Namespace) -> int:
    from jianwei.desk import serve

    serve.check(args.host, args.port)
    home = Home(args.home.absolute()) if args.home else Home.here()
    print(f"工作台：http://{args.host}:{args.port}/　（Ctrl+C 结束）", flush=True)
    serve.run(home.path, args.host, args.port, alone=args.alone)
    return 0
