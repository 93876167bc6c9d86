"""`jianwei seal request`: what a witness without a network is to sign, as files for a disc."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.seal.witnessing.discs import write_requests
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.verbs.seal import _log

ORDER = 63
HELP = "凭光盘见证（一）：为没有联网的见证方写出请求文件 .tlreq"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("witness", metavar="见证方", help="信任策略中的名称")
    parser.add_argument("-o", "--out", type=Path, default=Path(), metavar="目录", help="写到哪里，默认当前目录")
    parser.add_argument(
        "--old", type=int, metavar="条数", help="见证方说明其上次见证到的条数（见证过的文件没有带回时）"
    )
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    publisher = Publisher(_log.log_folder(args))
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        written = [str(path) for path in write_requests(publisher, args.witness, args.out, _log.now())]
    finally:
        publisher.close()
    lines = [f"已写入 {path}" for path in written]
    lines += [
        "请见证方运行：jianwei seal witness 目录 --sign 文件，把生成的 .tlcos（或者 .tlhead）带回，用 jianwei seal import 导入"
    ]
    _log.answer(args, written, lines if written else ["没有需要该见证方签名的新检查点"])
    return 0
