"""`jianwei seal proof`: the proof of one record as a text file (c2sp.org/tlog-proof)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jianwei.verbs.seal import _log

ORDER = 40
HELP = "出具一条记录的存证证明（文本，C2SP tlog-proof 格式）"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="编号", help="存证记录编号")
    parser.add_argument("--sm", action="store_true", help="国密（SM3/SM2）那一棵树的证明")
    parser.add_argument("--allow-fixed", action="store_true", help="尚未见证时，也出具只有本院签名的证明")
    parser.add_argument("-o", "--out", type=Path, metavar="文件", help="写入文件；不给则打印")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    with _log.opened(args) as log:
        tree = "sm3" if args.sm else "sha256"
        proof = log.proof(args.id, tree, allow_fixed=args.allow_fixed)
    content = proof.encode()
    if args.out:
        args.out.write_bytes(content)
        print(f"已写入 {args.out}（{len(content)} 字节）", file=sys.stderr)
    if args.json:
        _log.answer(args, {"index": proof.index, "tree": tree, "proof": content.decode()}, ())
    elif not args.out:
        sys.stdout.write(content.decode())
    return 0
