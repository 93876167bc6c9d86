"""`jianwei seal erase`: lawful deletion under an order."""

from __future__ import annotations

import argparse
import os
import sys

from jianwei.errors import JianweiError
from jianwei.verbs.seal import _log

ORDER = 80
HELP = "依法删除：销毁一条记录的内容、盐值和密钥，在日志留下删除凭证"


class NotConfirmed(JianweiError):
    def __init__(self) -> None:
        super().__init__("未确认，未删除任何内容；不在终端上运行时请加 --yes")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="编号", help="存证记录编号")
    parser.add_argument("--order", required=True, metavar="文号", help="据以删除的决定、文书的文号")
    parser.add_argument("--reason", required=True, metavar="事由", help="如 犯罪记录封存")
    parser.add_argument("--by", action="append", required=True, metavar="姓名", help="执行人员，可重复")
    parser.add_argument("--yes", action="store_true", help="不再询问")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    with _log.opened(args) as log:
        entry = log.entry(args.id)
        said = entry.manifest.name if entry.manifest and entry.manifest.name else entry.kind.title
        if not args.yes and not _confirmed(said, entry.id):
            raise NotConfirmed
        _log.settle(log, entry.id)
        done = log.erase(
            entry.id, order_no=args.order, reason=args.reason, by=tuple(args.by), now=_log.now(), entropy=os.urandom
        )
        certificate = _log.settle(log, done.record.id)
        also = _log.held_after(log, entry.id)
    lines = [f"已删除 {entry.id}；删除凭证 {certificate.id}，{_log.place(certificate)}"]
    lines += _log.warnings([certificate])
    lines += [f"注意：同一文件另由记录 {each} 保存，该记录未删除" for each in done.same_file]
    lines += [f"注意：记录 {each} 提到了被删除的记录，请一并审查" for each in done.mentioned_by]
    lines += [f"注意：后续日志 {each} 也有这条记录，须一并删除：加 --office {each} 再运行一次" for each in also]
    if not done.scrubbed:
        lines.append(
            "注意：内容已就地覆写；整理保密库文件（清除旧页中可能的残留）由存证服务在空闲时完成，至迟二十四小时"
        )
    lines.append("备份中的副本：原件已不可读；旧的 secrets.db 备份仍可读，须按同一决定销毁。")
    whole = {
        "erased": entry.id,
        "certificate": certificate.id,
        "index": certificate.index,
        "same_file": done.same_file,
        "mentioned_by": done.mentioned_by,
        "held_after": also,
        "scrubbed": done.scrubbed,
    }
    _log.answer(args, whole, lines)
    return 0


def _confirmed(title: str, identifier: str) -> bool:
    question = f"将永久销毁“{title}”（{identifier}）的内容，不能恢复。输入该编号确认："
    return sys.stdin.isatty() and input(question).strip() == identifier
