"""`jianwei seal restore`: put a log back from a backup, and fill it up with what came after."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from jianwei.progress import step
from jianwei.seal.backup import State, newest
from jianwei.seal.copying import from_folder, over_http
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.putting_back import Behind, behind, put_back
from jianwei.seal.witnessing.restoring import restore
from jianwei.seal.witnessing.rounds import SECONDS
from jianwei.verbs.seal import _log

ORDER = 66
HELP = "恢复：本机没有日志时由备份（jianwei seal backup）恢复；有日志时从镜像或者其他副本补齐缺少的记录"
BEHIND = 2
"""How it ends when witnesses have seen more than was put back, or something else."""

BEHIND = 2
"""How it ends when witnesses have seen more than was put back, or something else."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="来源", help="备份目录；或者镜像的网址（到单位代码为止），或者另一份日志目录（含 log/）"
    )
    parser.add_argument("--keys", type=Path, metavar="目录", help="由备份恢复而备份不含密钥时：另行保管的密钥目录")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    found = newest(Path(args.source))
    if found and (code := _put_back(args, State.read(found))) is not None:
        return code
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
    with _log.opened(args) as log:
        lines += [f"！{each}" for each in log.status(_log.now()).returned]
    _log.answer(args, {"from": added.start, "to": added.stop}, lines)
    return 0


def _put_back(args: argparse.Namespace, state: State) -> int | None:
    """None where there is a log already, which the backup may fill up."""
    folder = _log.home(args) / "seal" / (args.office or state.folder)
    if folder.exists():
        return None
    put_back(Path(args.source), folder, args.keys)
    with EvidenceLog.open(folder) as log, step("核对恢复的日志、记录和原件") as advance:
        findings = [f"{each.file}：{each.problem}" for each in log.check(advance)]
    found = behind(folder, _log.now())
    lines = [
        f"已由 {_log.moment(state.at)} 的备份恢复 {state.origin} 至 {folder}：日志 {state.size} 条，记录 {state.records} 条",
        *(f"！{each}" for each in findings),
        *_told(found),
    ]
    missing = [found.missing.start, found.missing.stop]
    shown = {**asdict(state), **asdict(found), "folder": str(folder), "missing": missing, "findings": findings}
    _log.answer(args, shown, lines)
    return 1 if findings else BEHIND if found.missing or found.other else 0


def _told(found: Behind) -> Iterator[str]:
    if found.other:
        yield f"！分叉：{found.other}"
    if found.missing:
        begin, end, by = found.missing.start, found.missing.stop, "、".join(found.by)
        yield f"！落后：{by} 已见证到第 {end} 条；第 {begin} 至 {end - 1} 条（共 {end - begin} 条）在本机丢失。"
        yield "先从镜像补齐日志（jianwei seal restore 网址），其内容须有更新的保密库备份；确已无法找回的，运行 jianwei seal close。"
    elif found.confirmed:
        yield "见证方确认：经见证的记录没有丢失；备份之后收下而未经见证的，无从得知。"
    elif not found.other:
        whom = "、".join(found.silent) or "没有可经网络询问的见证方"
        yield f"！没有足够的见证方答复（{whom}）：是否落后无从得知，存证服务得到确认后才写入。"
