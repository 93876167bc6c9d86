"""`jianwei seal witness`: the party outside that signs what it has seen grow."""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from jianwei.seal.witness import folder
from jianwei.seal.witness.__main__ import arguments as of_witness
from jianwei.seal.witness.__main__ import run as run_witness
from jianwei.seal.witness.disc import ANSWER, sign_file

ORDER = 60
HELP = "见证方：新建、在网上见证、凭光盘见证、查看（由公安、法院、上级院运行）"


def arguments(parser: argparse.ArgumentParser) -> None:
    of_witness(parser)
    parser.add_argument("--json", action="store_true", help="新建、凭光盘见证和查看时输出 JSON")


def run(args: argparse.Namespace) -> int:
    if not args.json or args.port is not None or args.add or args.accept_clock:
        return run_witness(args)
    if args.new:
        made = folder.create(args.directory, args.new, args.log, os.urandom, args.algorithms.split(","))
        return _told({"name": args.new, "keys": made})
    return _signed(args.directory, args.sign) if args.sign else _shown(args.directory)


def _told(whole: object, code: int = 0) -> int:
    print(json.dumps(whole, ensure_ascii=False, indent=2))
    return code


def _signed(directory: Path, requests: list[Path]) -> int:
    witness = folder.open_witness(directory)
    found = []
    for request in requests:
        answer = sign_file(witness, request, int(time.time()))
        written = str(request.with_suffix(ANSWER)) if answer.status == 200 else None
        found.append({"request": str(request), "status": answer.status, "message": answer.told, "answer": written})
    return _told(found, 0 if all(each["status"] == 200 for each in found) else 1)


def _shown(directory: Path) -> int:
    witness = folder.open_witness(directory)
    logs = []
    for origin in witness.logs:
        head = witness.memory.head(origin)
        logs.append({"origin": origin, "size": head.size if head else 0, "at": head.at if head else None})
    return _told({"logs": logs, "refused": len(witness.memory.refused())})
