"""`jianwei seal run`: the sealing service."""

from __future__ import annotations

import argparse
import os
import sys
import threading

from jianwei.seal.running import serve
from jianwei.verbs.seal import _log

ORDER = 25
HELP = "运行存证服务（不指明单位则为全部日志）：写入、见证、时间戳、锚定；写入出错以 1、分叉以 4 结束"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attached", action="store_true", help="随标准输入的关闭而结束")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    stop = threading.Event()
    if args.attached:
        threading.Thread(target=_with_input, args=(stop,), daemon=True).start()
    return serve(_log.folders(args), stop)


def _with_input(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    stop.set()
