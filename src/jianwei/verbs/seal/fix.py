"""`jianwei seal fix`: put files into the log."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from pathlib import Path

from jianwei.progress import step
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import CHINA, Collected, Manifest
from jianwei.verbs.seal import _log
from jianwei.verbs.seal._watched import Watched

ORDER = 20
HELP = "固证：把文件存入日志（可多个），同一文件同一采集记录只存一次"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="文件", help="要固定的文件")
    collected(parser)
    parser.add_argument("--no-wait", action="store_true", help="收下即返回，不等写入日志")
    _log.options(parser)


def collected(parser: argparse.ArgumentParser) -> None:
    """The record of collection, as the law asks for it."""
    parser.add_argument("--case", metavar="案号", help="案件文号")
    parser.add_argument("--doc-no", metavar="文号", help="调取、扣押等文书的编号")
    parser.add_argument("--category", metavar="种类", help="证据种类，如 书证、电子数据")
    parser.add_argument("--by", action="append", default=[], metavar="姓名", help="收集人员，应不少于二人，可重复")
    parser.add_argument("--at", type=_moment, metavar="时间", help="收集时间，如 2026-03-01T09:30")
    parser.add_argument("--place", metavar="地点", help="收集地点")
    parser.add_argument("--method", metavar="方式", help="收集方式，如 扣押、调取、下载")
    parser.add_argument("--holder", metavar="姓名", help="持有人")
    parser.add_argument("--witness", metavar="姓名", help="见证人")
    parser.add_argument("--device", metavar="设备", help="取证设备")
    parser.add_argument("--note", metavar="文字", help="备注")


def _moment(text: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"时间“{text}”应如 2026-03-01T09:30") from None
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def manifest(args: argparse.Namespace, office: str, kind: Kind, name: str | None) -> Manifest:
    return Manifest(
        kind,
        ulid.new(_log.now(), os.urandom),
        office,
        case_ref=args.case,
        doc_no=args.doc_no,
        name=name,
        category=args.category,
        collected=_collected(args),
        note=args.note,
    )


def _collected(args: argparse.Namespace) -> Collected | None:
    found = Collected(args.at, args.place, args.method, tuple(args.by), args.holder, args.witness, args.device)
    return None if found == Collected() else found


def run(args: argparse.Namespace) -> int:
    for path in args.files:
        if not path.is_file():
            raise _log.NoSuchFile(path)
    with _log.opened(args) as log:
        ids = [_put(log, args, path) for path in args.files]
        settled = [log.entry(one) if args.no_wait else _log.settle(log, one) for one in ids]
        states = [log.state(each.id) for each in settled]
        pairs = list(zip(settled, states, strict=True))
        lines = [line for entry, state in pairs for line in _log.entry_lines(entry, state)]
        first = settled[0].manifest
        lines += [f"注意：{warning}" for warning in (first.warnings() if first else [])]
        lines += [] if args.no_wait else _log.warnings(settled)
        _log.answer(args, [_log.entry_json(*pair) for pair in pairs], lines)
    return 0


def _put(log: EvidenceLog, args: argparse.Namespace, path: Path) -> str:
    said = manifest(args, log.folder.settings.office, Kind.MATERIAL, path.name)
    with step(f"固定 {path.name}") as advance, Watched(path, advance) as stream:
        return log.put(Kind.MATERIAL, said, stream, now=_log.now(), entropy=os.urandom).id
