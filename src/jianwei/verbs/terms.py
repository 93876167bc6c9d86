"""`jianwei terms`: check the printed term of every defendant and say what is contradicted, doubtful or cannot be judged."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import orjson

from jianwei import sources
from jianwei.screening.terms import Sheet, Tally, sheets
from jianwei.sources import Problem, RawDocument

ORDER = 35
HELP = "刑期核算：逐名被告人核对刑期起止、折抵、并罚、缓刑和罚金，给出矛盾、请核对、无法判断或无异常"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="刑事判决书文件、压缩包或目录")
    parser.add_argument("--all", action="store_true", help="无异常的也列出")
    parser.add_argument("--json", action="store_true", help="每名被告人输出一个 JSON 对象（一行）")


def run(args: argparse.Namespace) -> int:
    tally, problems = Tally(), 0
    for item in sources.read(args.paths):
        match item:
            case RawDocument():
                for sheet in sheets(item.text, item.origin.digest):
                    tally.add(sheet)
                    if args.all or sheet.found["verdict"] != "无异常":
                        _print(sheet, item, as_json=args.json)
            case Problem():
                problems += 1
                print(f"见微：{item}", file=sys.stderr)
    print(tally.words(), file=sys.stderr if args.json else sys.stdout)
    return 1 if problems and not tally.defendants else 0


def _print(sheet: Sheet, item: RawDocument, *, as_json: bool) -> None:
    found = sheet.found
    if as_json:
        origin = {"file": item.origin.file, "entry": item.origin.entry, "digest": item.origin.digest}
        kept = {k: v for k, v in found.items() if not k.endswith(("_says", "_rows")) and k != "row_id"}
        sys.stdout.buffer.write(orjson.dumps({"origin": origin, **kept}, option=orjson.OPT_APPEND_NEWLINE))
        return
    print(f"{found['verdict']}　{found['court_no']}　{found['name']}　{found['reason']}")
    for step in found["steps"]:
        print(f"　　{step}")
