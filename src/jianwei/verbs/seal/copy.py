"""`jianwei seal copy`: keep a copy of another's log, with its public keys alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jianwei.seal.copying import CopiedTree, NotTheSameLog, catch_up, over_http
from jianwei.seal.disk import Folder
from jianwei.seal.log_folder import TREES
from jianwei.seal.note import NoteKey, log_key
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.witnessing.rounds import SECONDS
from jianwei.verbs.seal import _log

ORDER = 67
HELP = "公安、法院、上级院留存一份他院日志的副本：逐条核对后保存，再次运行只取新增部分"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="网址", help="镜像的网址（到单位代码为止）")
    parser.add_argument("directory", type=Path, metavar="目录", help="副本的目录")
    parser.add_argument("--log", action="append", required=True, metavar="公钥", help="该日志的公钥，每种算法一个")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    trees = [_tree(key) for key in map(log_key, args.log)]
    disk = Folder(args.directory / "log")
    try:
        disk.lock()
        added = catch_up(disk, trees, over_http(args.source, SECONDS))
    except NotTheSameLog as different:
        for each in different.shown:
            proof = args.directory / f"contradiction-{SHA256.digest(each.encode()).hex()[:16]}.txt"
            proof.write_bytes(each.encode())
            print(f"所见检查点已另存 {proof}：与副本中的检查点均有该日志的签名而互相矛盾", file=sys.stderr)
        raise
    finally:
        disk.close()
    line = f"已核对并保存至第 {added.stop} 条，新增 {len(added)} 条"
    _log.answer(args, {"from": added.start, "to": added.stop}, [line])
    return 0


def _tree(key: NoteKey) -> CopiedTree:
    national = key.suite is SM3
    checkpoint, shown_at = ("checkpoint.sm", "sm/") if national else ("checkpoint", "")
    return CopiedTree(TREES[key.suite.name], key.name, lambda _: [key], checkpoint, shown_at)
