"""`jianwei seal close`: end a log whose entries are lost for good."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from jianwei.seal.closing import succeed
from jianwei.seal.log_folder import LogFolder
from jianwei.verbs.seal import _log

ORDER = 68
HELP = "记录确已无法找回时，签署日志终止声明，另起后续日志；原日志从此只供查验"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="事由", help="写入声明，一行")
    parser.add_argument("--new", type=Path, metavar="目录", help="后续日志的目录，默认在原目录名后加 -2")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    old = _log.folder(args)
    new = args.new or old.with_name(f"{old.name}-2")
    entry = succeed(old, new, args.reason, _log.now(), os.urandom)
    follows = LogFolder(new)
    keys = {suite: follows.verifier(suite).vkey for suite in follows.suites}
    _log.answer(
        args,
        {"folder": str(new), "origin": follows.settings.origin, "entry": entry.id, "keys": keys},
        [
            f"原日志已终止，由 {follows.settings.origin} 接续，目录 {new}",
            f"首条记录 {entry.id} 载明原日志最后经见证的检查点，服务运行后写入",
            *(f"公钥（{suite}） {vkey}" for suite, vkey in keys.items()),
            "下一步：把新公钥交给见证方，并重新登记信任策略（jianwei seal policy）。",
        ],
    )
    return 0
