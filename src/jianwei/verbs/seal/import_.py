"""`jianwei seal import`: take in what a witness signed on a disc."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.seal.witness.submission import LIMIT
from jianwei.seal.witnessing.discs import take_in
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.verbs.seal import _log

ORDER = 64
HELP = "凭光盘见证（二）：导入见证方签名的 .tlcos，或者其上次见证的检查点 .tlhead；同一文件再导入不改变任何内容"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="文件", help=".tlcos 或者 .tlhead 文件")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    publisher = Publisher(_log.log_folder(args))
    try:
        found = [take_in(publisher, _read(path), _log.now()) for path in args.files]
    finally:
        publisher.close()
    lines = [
        f"{each.witness} 于 {_log.moment(each.at)} 见证 {each.tree} 至第 {each.size} 条；"
        + ("已达到信任策略的要求" if each.published else "尚未达到信任策略的要求")
        for each in found
    ]
    _log.answer(args, [vars(each) for each in found], lines)
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        raise _log.NoSuchFile(path) from None
