"""`jianwei seal bundle`: everything an outsider needs to verify a record, in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.errors import JianweiError
from jianwei.progress import step
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.vault.originals import OriginalUnreadable
from jianwei.verbs.seal import _log

ORDER = 41
HELP = "出具存证包（.evb）：原件、材料说明、证明、时间戳合为一个文件，对方可独立核验"


class AlreadyThere(JianweiError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已存在，不覆盖；请用 -o 另指定")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="+", metavar="编号", help="存证记录编号，可多个")
    parser.add_argument("-o", "--out", type=Path, default=Path(), metavar="路径", help="文件或者目录，默认当前目录")
    parser.add_argument("--allow-fixed", action="store_true", help="尚未见证时，也出具只有本院签名的存证包")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    written = []
    with _log.opened(args) as log:
        for identifier in args.id:
            path = args.out / f"{identifier}.evb" if args.out.is_dir() or len(args.id) > 1 else args.out
            with step(f"存证包 {path.name}"):
                written.append({"id": identifier, "file": str(path), "bytes": _write(log, identifier, path, args)})
    _log.answer(args, written, [f"已写入 {each['file']}（{each['bytes']:,} 字节）" for each in written])
    return 0


def _write(log: EvidenceLog, identifier: str, path: Path, args: argparse.Namespace) -> int:
    """Under another name until it is whole."""
    if path.exists():
        raise AlreadyThere(path)
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb+") as out:
            size = log.bundle(identifier, out, allow_fixed=args.allow_fixed)
        draft.replace(path)
        return size
    except OriginalUnreadable as problem:
        raise OriginalUnreadable(f"{identifier}：{problem}") from None
    finally:
        draft.unlink(missing_ok=True)
