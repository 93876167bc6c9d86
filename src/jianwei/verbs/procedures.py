"""`jianwei procedures`: the shelf of procedures, and what one of them asks."""

from __future__ import annotations

import argparse
import json

ORDER = 51
HELP = "程序：列出办案程序；给出名称时列出它的阶段、行为、所填事实和期限"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="程序", help="程序的名称或代号，如 审查起诉、criminal/prosecution_review"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    from jianwei.procedures import describe, shelf

    if args.name:
        found = describe.as_json(shelf.procedure(args.name))
        print(json.dumps(found, ensure_ascii=False) if args.json else "\n".join(describe.lines(found)))
        return 0
    for key, one in shelf.procedures().items():
        if args.json:
            print(json.dumps({"key": key, "title": one.title, "line": one.line.value}, ensure_ascii=False))
        else:
            print(f"{key}　{one.title}　{one.line.value}")
    return 1 if shelf.shelf().broken else 0
