"""`jianwei seal policy`: whom verifiers should trust, with the fingerprint that is printed beside it."""

from __future__ import annotations

import argparse
import os

from jianwei.errors import JianweiError
from jianwei.seal.trust import Party, appoint, fingerprint
from jianwei.verbs.seal import _log

ORDER = 62
HELP = "信任策略：显示及其指纹；登记见证方和最低要求（登记本身作为密钥变更存入日志）"


class PartyInvalid(JianweiError):
    def __init__(self, words: list[str]) -> None:
        super().__init__(f"--witness 应为：名称 公钥 [公钥…] [网址]，收到“{' '.join(words)}”")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--witness",
        nargs="+",
        action="append",
        default=[],
        metavar="词",
        help="登记见证方：名称 公钥 [国密公钥] [网址]；无网址则凭光盘，可重复",
    )
    parser.add_argument(
        "--quorum", nargs="+", action="extend", metavar="名称", help="必须全部签名的见证方，如 --quorum 公安局 法院"
    )
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    told = []
    with _log.opened(args) as log:
        if args.witness:
            parties = [_party(words) for words in args.witness]
            quorum = args.quorum or [each.name for each in parties]
            for entry in appoint(log, parties, quorum, now=_log.now(), entropy=os.urandom):
                told.append(_log.settle(log, entry.id))
        folder = log.folder
    found = []
    for suite in folder.suites:
        if (path := folder.policy(suite)).exists():
            content = path.read_bytes()
            shown = {"fingerprint": fingerprint(content), "policy": content.decode()}
            found.append({"suite": suite, "file": str(path), **shown})
    lines = [f"{each['file']}\n指纹 {each['fingerprint']}\n\n{each['policy']}" for each in found]
    lines += _log.warnings(told)
    _log.answer(args, found, lines or ["尚无信任策略；用 --witness 登记见证方"])
    return 0


def _party(words: list[str]) -> Party:
    name, *rest = words
    url = rest.pop() if rest and "://" in rest[-1] else None
    if not rest:
        raise PartyInvalid(words)
    return Party(name, tuple(rest), url)
