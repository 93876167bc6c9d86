"""`jianwei seal init`: begin an office's log."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from jianwei.seal.evidence_log import EvidenceLog, Settings
from jianwei.seal.vault.room import RESERVE_BYTES
from jianwei.verbs.seal import _log

ORDER = 10
HELP = "新建一个单位的存证日志：生成密钥和空日志，打印公钥"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--office", type=_code, required=True, metavar="代码", help="单位代码，如 110105")
    parser.add_argument("--domain", metavar="域名", help="日志名称所用的域名，名称为 jcy.域名/evlog/单位代码")
    parser.add_argument("--origin", metavar="名称", help="日志名称，代替 --domain；一经新建不能更改")
    parser.add_argument(
        "--suites", default="sha256,sm3", metavar="套件", help="sha256（Ed25519）、sm3（SM2），默认两者都要"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _code(text: str) -> str:
    """It names a folder, and a place in web addresses."""
    if not re.fullmatch("[0-9A-Za-z][0-9A-Za-z_-]{0,63}", text):
        raise argparse.ArgumentTypeError(f"单位代码“{text}”只能由字母、数字、连字符组成")
    return text


def run(args: argparse.Namespace) -> int:
    origin = args.origin or f"jcy.{args.domain or 'example'}/evlog/{args.office}"
    place = _log.home(args) / "seal" / args.office
    settings = Settings(origin, args.office, tuple(args.suites.split(",")), reserve_bytes=RESERVE_BYTES)
    with EvidenceLog.create(place, settings, os.urandom) as log:
        keys = {suite: log.folder.verifier(suite).vkey for suite in log.folder.suites}
    _log.answer(
        args,
        {"folder": str(place), "origin": origin, "keys": keys},
        [
            f"已新建存证日志 {origin}",
            f"目录 {place}",
            *(f"公钥（{suite}） {vkey}" for suite, vkey in keys.items()),
            "下一步：把公钥交给见证方（见证方运行 jianwei seal witness 目录 --new 名称 --log 公钥），"
            "再用 jianwei seal policy --witness 登记见证方的公钥，然后运行 jianwei seal run。",
            f"请把 {place / 'keys'} 和 secrets.db 各自另行备份：密钥不可外传，secrets.db 丢失则全部记录不能再证明。",
        ],
    )
    return 0
