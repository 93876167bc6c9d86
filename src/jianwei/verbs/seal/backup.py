"""`jianwei seal backup`: a copy of an office's log from which it can be put back, taken while the service runs."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from jianwei.progress import step
from jianwei.seal.backup import take
from jianwei.verbs.seal import _log

ORDER = 65
HELP = "备份：服务运行中也可做，只取新增部分，做完即核对；中断后再运行即接着做，完成前旧的一份仍可用"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, metavar="目录", help="备份到哪里；每个日志一个目录")
    parser.add_argument("--with-keys", action="store_true", help="连同密钥：谁拿到备份，谁就能以本院名义签名")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    folder = _log.log_folder(args)
    with step("备份存证日志"):
        state = take(folder, args.directory, _log.now(), with_keys=args.with_keys)
    lines = [
        f"已备份 {state.origin} 至 {args.directory}：日志 {state.size} 条，保密库 {state.records} 条记录及其原件，已逐条核对",
        "内含密钥：请按密钥保管" if state.keys else "不含密钥：密钥须另行密封保管，恢复时用 --keys 指明",
        "内含保密库：可读出全部材料，保管同原件；依法删除之后须即重新备份，旧的一份随之销毁",
    ]
    _log.answer(args, asdict(state), lines)
    return 0
