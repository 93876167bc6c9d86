"""What the actions on a log share: which log is meant, how an answer is given, what time it is."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from jianwei.errors import JianweiError
from jianwei.home import Home
from jianwei.seal import standing, succession
from jianwei.seal.carrying import carry_on
from jianwei.seal.disk import LogBusy
from jianwei.seal.evidence_log import Entry, EvidenceLog, NotFixed, State, UnknownEntry
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.vault.manifest import CHINA
from jianwei.seal.witnessing.rounds import Witnessing

FIXED_SECONDS = 30.0
"""How long an action waits for the service that holds the log; chosen: it takes a second when all is well."""

AWAITED_SECONDS = 3.0
"""How long for a service that itself waits for witnesses: when they are there they answer within a second."""
WAITS = "已收下，等待写入日志"
NOT_YET = "没有足够的见证方答复，不能确认本机日志是最新的一份，记录已收下保存、尚未写入日志；见证方答复后由存证服务（jianwei seal run）写入。"


class NoSuchLog(JianweiError):
    """It is not clear which log is meant, or it is not there."""


class NoSuchFile(JianweiError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"没有这个文件，或者不能读取：{path}")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument(
        "--office", metavar="代码", help="单位代码（后续日志为 代码-2 等）；数据目录中只有一个未终止的日志时可省略"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def home(args: argparse.Namespace) -> Path:
    return args.home.absolute() if args.home else Home.here().path


def folder(args: argparse.Namespace) -> Path:
    """Of the log that is meant. Raise ``NoSuchLog``."""
    place = home(args) / "seal"
    if args.office:
        if not (place / args.office / "log.json").exists():
            raise NoSuchLog(
                f"{place} 中没有单位 {args.office} 的存证日志；新建：jianwei seal init --office {args.office}"
            )
        return place / str(args.office)
    found = succession.open_logs(place)
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(each.name for each in found)
        raise NoSuchLog(f"{place} 中有多个存证日志（{names}），请用 --office 指定")
    raise NoSuchLog(f"{place} 中没有存证日志；新建：jianwei seal init --office 单位代码 --domain 域名")


def folders(args: argparse.Namespace) -> list[Path]:
    """Of the log that is named, or of all that are open. Raise ``NoSuchLog`` when there is none."""
    found = succession.open_logs(home(args) / "seal")
    return found if found and not args.office else [folder(args)]


def opened(args: argparse.Namespace) -> EvidenceLog:
    return EvidenceLog.open(folder(args))


def log_folder(args: argparse.Namespace) -> LogFolder:
    return LogFolder(folder(args))


def now() -> int:
    return int(time.time())


def settle(log: EvidenceLog, identifier: str) -> Entry:
    """Get a record into the log: by the service that runs, or here when none does, after asking all witnesses as it does.

    Without an index when too few witnesses answer: it is kept safe, and waits. What a closed log still has to say goes
    into the one that follows. Raise ``Forked``; ``LogClosed`` when none follows.
    """
    after = succession.line(log.folder.path)[1:]
    if after and log.entry(identifier).index is None:
        carry_on(after[0], now=now(), entropy=os.urandom)
        with EvidenceLog.open(after[0]) as follows:
            return settle(follows, identifier)
    try:
        if log.entry(identifier).index is None:
            with log.writer(now()) as writer:
                if not _confirmed(log):
                    return log.entry(identifier)
                writer.drain(now())
    except LogBusy:
        return _by_the_service(log, identifier)
    return log.wait_fixed(identifier, FIXED_SECONDS)


def held_after(log: EvidenceLog, identifier: str) -> list[str]:
    """The names of later logs of the office that hold a record, too: what this one could not prove went there."""
    found = []
    for path in succession.line(log.folder.path)[1:]:
        with EvidenceLog.open(path) as follows, suppress(UnknownEntry):
            if follows.entry(identifier).erased_at is None:
                found.append(path.name)
    return found


def _confirmed(log: EvidenceLog) -> bool:
    witnessing = Witnessing(log.folder.path)
    try:
        witnessing.startup_check(now())
        return witnessing.confirmed
    finally:
        witnessing.close()


def _by_the_service(log: EvidenceLog, identifier: str) -> Entry:
    try:
        return log.wait_fixed(identifier, min(AWAITED_SECONDS, FIXED_SECONDS))
    except NotFixed:
        if standing.service(log.folder.path, now()).state == "awaiting":
            return log.entry(identifier)
    return log.wait_fixed(identifier, max(0.0, FIXED_SECONDS - AWAITED_SECONDS))


def place(entry: Entry) -> str:
    """Where it is in the log, in words."""
    return f"日志第 {entry.index} 条" if entry.index is not None else WAITS


def warnings(entries: Iterable[Entry]) -> list[str]:
    return [f"注意：{NOT_YET}"] if any(entry.index is None for entry in entries) else []


def answer(args: argparse.Namespace, whole: object, lines: Iterable[str]) -> None:
    """``whole`` for a machine, ``lines`` for a person."""
    print(json.dumps(whole, ensure_ascii=False, indent=2) if args.json else "\n".join(lines))


def moment(at: int) -> str:
    return dt.datetime.fromtimestamp(at, CHINA).strftime("%Y-%m-%d %H:%M:%S")


def entry_json(entry: Entry, state: State) -> dict[str, object]:
    said = entry.manifest
    return {
        "id": entry.id,
        "kind": int(entry.kind),
        "index": entry.index,
        "name": said.name if said else None,
        "size": said.size if said else None,
        "sha256": said.sha256 if said else None,
        "sm3": said.sm3 if said else None,
        "case_ref": said.case_ref if said else None,
        "state": state.name,
        "steps": [
            {
                "name": step.name,
                "at": step.at,
                "tree": step.tree,
                "by": [{"name": each.name, "at": each.at} for each in step.by],
            }
            for step in state.steps
        ],
    }


def entry_lines(entry: Entry, state: State) -> list[str]:
    said = entry.manifest
    place = f"第 {entry.index} 条" if entry.index is not None else "尚未写入日志"
    lines = [f"{entry.id}　{entry.kind.title}　{place}　{state.title}"]
    if said and said.name:
        lines += [f"  {said.name}　{said.size:,} 字节", f"  SHA-256 {said.sha256}", f"  SM3     {said.sm3}"]
    for step in state.steps:
        who = "、".join(f"{each.name} {moment(each.at)}" for each in step.by)
        tree = "（国密）" if step.tree == "sm3" else ""
        lines.append(f"  {step.title}{tree}　{who or moment(step.at) + '（本机时间）'}")
    return lines
