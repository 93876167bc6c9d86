"""`jianwei seal receipt`: certify in one's own log that another office's bundle came in, and what verifying it gave."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from jianwei.errors import JianweiError
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Manifest, Reference
from jianwei.seal.verifier import verify as standalone
from jianwei.verbs.seal import _log

ORDER = 82
HELP = "接收回执：核验对方的存证包，在本院日志记下收到了什么、核验结论如何"


class NotVerified(JianweiError):
    def __init__(self, verdict: str) -> None:
        super().__init__(f"存证包核验不通过，不能出具接收回执：{verdict}")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, metavar="存证包", help="对方的 .evb 文件")
    parser.add_argument("--policy", type=Path, required=True, metavar="文件", help="对方日志的信任策略")
    parser.add_argument("--case", metavar="案号", help="本院案件文号")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    for path in (args.bundle, args.policy):
        if not path.is_file():
            raise _log.NoSuchFile(path)
    with args.bundle.open("rb") as file:
        verdict = standalone.verify(file, args.policy.read_bytes(), now=_log.now())
    if not verdict["ok"]:
        raise NotVerified(verdict["message"])
    received = _reference(verdict["facts"])
    with _log.opened(args) as log:
        office = log.folder.settings.office
        said = Manifest(Kind.RECEIPT, ulid.new(_log.now(), os.urandom), office, case_ref=args.case)
        entry = log.receipt(received, verdict["message"], said, now=_log.now(), entropy=os.urandom)
        entry = _log.settle(log, entry.id)
        state = log.state(entry.id)
        lines = [f"已收到 {received.origin} 第 {received.index} 条，核验通过", *_log.entry_lines(entry, state)]
        lines += _log.warnings([entry])
        _log.answer(args, _log.entry_json(entry, state), lines)
    return 0


def _reference(facts: dict[str, Any]) -> Reference:
    log = facts["log"]
    return Reference(log["index"], log["leaf_hash"], "接收", log["origin"])
