"""`jianwei seal fsck`: every byte of the log, every record and every original examined."""

from __future__ import annotations

import argparse

from jianwei.progress import step
from jianwei.seal.evidence_log import RecordFinding
from jianwei.verbs.seal import _log

ORDER = 70
HELP = "检查：重算日志的每一个哈希，逐条核对记录，逐件重算原件的哈希"


def arguments(parser: argparse.ArgumentParser) -> None:
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    with _log.opened(args) as log, step("检查存证日志") as advance:
        findings = list(log.check(advance))
        size = log.status(_log.now()).sizes
    whole = {
        "ok": not findings,
        "sizes": dict(size),
        "findings": [
            {
                "file": each.file,
                "offset": each.offset,
                "problem": each.problem,
                "entry": each.entry if isinstance(each, RecordFinding) else None,
                "index": each.index if isinstance(each, RecordFinding) else None,
            }
            for each in findings
        ],
    }
    lines = [f"{each.file}：{each.problem}" for each in findings]
    total = "、".join(f"{tree} {count} 条" for tree, count in size.items())
    lines.append(f"发现 {len(findings)} 处问题（{total}）" if findings else f"完好（{total}）")
    _log.answer(args, whole, lines)
    return 1 if findings else 0
