"""`jianwei seal keys`: the log's public keys; a key is changed in two steps, with both signing in between."""

from __future__ import annotations

import argparse
import os

from jianwei.errors import JianweiError
from jianwei.seal import rotating
from jianwei.verbs.seal import _log

ORDER = 61
HELP = "公钥：本院日志的公钥，交给见证方和印发信任策略的人；更换密钥分开始、完成两步"


class ReasonMissing(JianweiError):
    def __init__(self) -> None:
        super().__init__("更换密钥须用 --reason 写明事由，事由写入日志")


def arguments(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_mutually_exclusive_group()
    steps.add_argument("--begin", choices=("sha256", "sm3"), help="开始更换该套件的密钥：此后新旧两把同时签名")
    steps.add_argument("--finish", choices=("sha256", "sm3"), help="完成更换：旧密钥停用，此前的证明继续有效")
    parser.add_argument("--reason", metavar="事由", help="更换的事由")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    lines = []
    if suite := args.begin or args.finish:
        if not args.reason:
            raise ReasonMissing
        change = rotating.begin if args.begin else rotating.finish
        with _log.opened(args) as log:
            entry = _log.settle(log, change(log, suite, args.reason, now=_log.now(), entropy=os.urandom).id)
        lines += [f"{_log.place(entry)}（{entry.id}）", *_log.warnings([entry])]
        lines.append(
            "请重新启动存证服务，把新公钥告知见证方和信任策略的持有人，待其登记后运行 --finish。"
            if args.begin
            else "请重新启动存证服务，并重新印发信任策略。"
        )
    folder = _log.log_folder(args)
    found = []
    for suite in folder.suites:
        for signer in next(each for each in folder.signed_trees() if each.tree.suite.name == suite).signers:
            found.append({"suite": suite, "origin": folder.origin(suite), "vkey": signer.verifier.vkey})  # type: ignore[attr-defined]
    _log.answer(args, found, [*lines, *(f"{each['suite']}　{each['vkey']}" for each in found)])
    return 0
