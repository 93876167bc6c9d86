"""`jianwei seal status`: how the log stands, or one record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from jianwei.seal.evidence_log import Status
from jianwei.verbs.seal import _log

ORDER = 30
HELP = "现状：日志、见证方、时间戳；给出编号则为该记录走到哪一步"

SERVICE = {
    "running": "运行中",
    "awaiting": "等待见证方答复后写入",
    "unconfirmed": "运行中，未经见证方确认",
    "stopped": "已停止",
    "failed": "出错停止",
    "forked": "分叉，只读",
    "absent": "没有运行",
    "closed": "已终止",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="*", metavar="编号", help="存证记录编号")
    parser.add_argument("--recent", type=int, metavar="条数", help="列出最近若干条记录")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    with _log.opened(args) as log:
        if args.id or args.recent:
            entries = [log.entry(one) for one in args.id]
            entries += log.entries(newest_first=True, limit=args.recent) if args.recent else []
            pairs = [(each, log.state(each.id)) for each in entries]
            lines = [line for pair in pairs for line in _log.entry_lines(*pair)]
            _log.answer(args, [_log.entry_json(*pair) for pair in pairs], lines)
            return 0
        status = log.status(_log.now())
        _log.answer(args, as_json(status), lines_of(status))
        return 1 if status.service.state in ("failed", "forked") else 0


def as_json(status: Status) -> dict[str, object]:
    return {
        "origin": status.origin,
        "office": status.office,
        "sizes": dict(status.sizes),
        "waiting": status.waiting,
        "published": {
            tree: found and {"size": found.size, "published_at": found.published_at}
            for tree, found in status.published.items()
        },
        "unwitnessed": status.unwitnessed,
        "oldest_unwitnessed_seconds": status.oldest_unwitnessed_seconds,
        "witnesses": [vars(each) for each in status.witnesses],
        "token": status.token and {"size": status.token.size, "at": status.token.at, "by": status.token.by},
        "anchor": status.anchor and {"size": status.anchor.size, "at": status.anchor.at, "by": status.anchor.by},
        "service": vars(status.service),
        "alarms": status.alarms,
    }


def lines_of(status: Status) -> Iterator[str]:
    yield f"{status.origin}　{SERVICE[status.service.state]}"
    for tree, size in status.sizes.items():
        published = status.published[tree]
        told = f"{published.size} 条，{_log.moment(published.published_at)}" if published else "尚无"
        yield f"  {tree}：日志 {size} 条；达到见证要求 {told}"
    if status.waiting:
        yield f"  等待写入 {status.waiting} 条"
    if status.unwitnessed:
        yield f"  未达见证要求 {status.unwitnessed} 条，最早的已等待 {status.oldest_unwitnessed_seconds or 0} 秒"
    for each in status.witnesses:
        last = f"见证到 {each.size} 条，{_log.moment(each.at)}" if each.at else "尚未见证"
        yield f"  {each.name}（{each.tree}，{each.url or '凭光盘'}）：{last}{'；' + each.trouble if each.trouble else ''}"
    if status.token:
        yield f"  时间戳：至 {status.token.size} 条，{_log.moment(status.token.at)}，{status.token.by}"
    if status.anchor:
        yield f"  上链锚定：至 {status.anchor.size} 条，{_log.moment(status.anchor.at)}，{status.anchor.by}"
    yield from (f"！{alarm}" for alarm in status.alarms)
