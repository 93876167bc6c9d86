"""`jianwei seal correct`: what was recorded wrongly is corrected by a further record, never changed."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from jianwei.seal.leaf import Kind
from jianwei.verbs.seal import _log, fix

ORDER = 81
HELP = "更正：以新的记录更正旧的记录，旧的保留不动"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="编号", help="要更正的存证记录编号")
    parser.add_argument("file", type=Path, nargs="?", metavar="文件", help="更正后的文件；只更正说明则不给")
    fix.collected(parser)
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    if args.file and not args.file.is_file():
        raise _log.NoSuchFile(args.file)
    with _log.opened(args) as log:
        _log.settle(log, log.entry(args.id).id)
        name = args.file.name if args.file else None
        said = fix.manifest(args, log.folder.settings.office, Kind.CORRECTION, name)
        entry = log.correct(args.id, said, args.file, now=_log.now(), entropy=os.urandom)
        entry = _log.settle(log, entry.id)
        state = log.state(entry.id)
        _log.answer(args, _log.entry_json(entry, state), [*_log.entry_lines(entry, state), *_log.warnings([entry])])
    return 0
