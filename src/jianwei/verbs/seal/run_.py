"""`jianwei seal run`: the sealing service."""

from __future__ import annotations

import argparse
import os
import sys
import threading

from jianwei.errors import JianweiError
from jianwei.seal.permission import Permission
from jianwei.seal.running import serve
from jianwei.verbs.seal import _log

ORDER = 25
HELP = "运行存证服务（不指明单位则为全部日志）：写入、见证、时间戳、锚定；写入出错以 1、分叉以 4 结束"


class DeciderMissing(JianweiError):
    def __init__(self) -> None:
        super().__init__("--unconfirmed 须用 --by 写明决定人；决定人和事由写入日志")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attached", action="store_true", help="随标准输入的关闭而结束")
    parser.add_argument(
        "--unconfirmed",
        metavar="事由",
        help="见证方长期不能答复时，不等其确认即写入：如本机日志其实是旧的一份，由此自造分叉；须同时用 --by",
    )
    parser.add_argument("--by", metavar="姓名", help="决定不等见证方确认的人")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    stop = threading.Event()
    if args.attached:
        threading.Thread(target=_with_input, args=(stop,), daemon=True).start()
    return serve(_log.folders(args), stop, _permission(args))


def _permission(args: argparse.Namespace) -> Permission | None:
    if args.unconfirmed is None:
        return None
    if not args.by:
        raise DeciderMissing
    return Permission(args.by, args.unconfirmed)


def _with_input(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    stop.set()
