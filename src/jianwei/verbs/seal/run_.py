"""`jianwei seal run`: the sealing service."""

from __future__ import annotations

import argparse
import os
import sys
import threading

from jianwei.seal.running import serve
from jianwei.verbs.seal import _log

ORDER = 25
HELP = "运行存证服务：写入日志、请见证方见证、取时间戳、上链锚定；分叉时以 4 退出"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attached", action="store_true", help="随标准输入的关闭而结束")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    stop = threading.Event()
    if args.attached:
        threading.Thread(target=_with_input, args=(stop,), daemon=True).start()
    return serve([_log.folder(args)], stop)


def _with_input(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    stop.set()
