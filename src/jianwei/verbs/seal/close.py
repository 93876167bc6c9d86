"""`jianwei seal close`: end a log, and begin the one that follows it."""

from __future__ import annotations

import argparse
import os

from jianwei.seal import succession
from jianwei.seal.carrying import carry_on
from jianwei.seal.closing import succeed
from jianwei.seal.log_folder import LogFolder
from jianwei.verbs.seal import _log

ORDER = 68
HELP = "记录确已无法找回时，签署日志终止声明，另起后续日志；原日志从此只供查验"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="事由", help="写入声明，一行")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    old = _log.folder(args)
    new = succession.following(old)
    entry = succeed(old, new, args.reason, _log.now(), os.urandom)
    count = carry_on(new, now=_log.now(), entropy=os.urandom)
    follows = LogFolder(new)
    keys = {suite: follows.verifier(suite).vkey for suite in follows.suites}
    _log.answer(
        args,
        {"folder": str(new), "origin": follows.settings.origin, "entry": entry.id, "carried": count, "keys": keys},
        [
            f"原日志已终止，由 {follows.settings.origin} 接续，目录 {new}",
            f"首条记录 {entry.id} 载明原日志最后经见证的检查点，服务运行后写入",
            *([f"原日志不能证明的 {count} 条记录已转入后续日志，编号不变"] if count else []),
            *(f"公钥（{suite}） {vkey}" for suite, vkey in keys.items()),
            "下一步：把新公钥交给见证方，登记后续日志的信任策略（jianwei seal policy），重新启动存证服务。",
        ],
    )
    return 0
