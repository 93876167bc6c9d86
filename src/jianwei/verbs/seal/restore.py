"""`jianwei seal restore`: fill up a log that an old backup put back."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.seal.copying import from_folder, over_http
from jianwei.seal.witnessing.restoring import restore
from jianwei.seal.witnessing.rounds import SECONDS
from jianwei.verbs.seal import _log

ORDER = 66
HELP = "恢复旧备份之后，从镜像或者其他备份补齐日志缺少的记录；与见证方所见不一致的一律不采用"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="来源", help="镜像的网址（到单位代码为止），或者另一份日志目录（含 log/）")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    over_network = args.source.startswith(("http://", "https://"))
    fetch = over_http(args.source, SECONDS) if over_network else from_folder(Path(args.source))
    added = restore(_log.folder(args), fetch, _log.now())
    lines = ["日志没有缺少记录"]
    if added:
        lines = [
            f"已补齐第 {added.start} 至 {added.stop - 1} 条，共 {len(added)} 条",
            "日志只有承诺值：这些记录的内容在 secrets.db 和 originals 中，如也是旧的，须以各自的备份恢复后服务才能继续；"
            "确已无法恢复的，运行 jianwei seal close。",
        ]
    _log.answer(args, {"from": added.start, "to": added.stop}, lines)
    return 0
