"""`jianwei extract`: read judgments and print what they say, each field with the words it was read from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import orjson

from jianwei import extract, sources
from jianwei.sources import Problem, RawDocument

ORDER = 30
HELP = "解析文书：逐份输出案号、法院、当事人、处刑等要素，每项附原文位置"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="文书文件、压缩包或目录")
    parser.add_argument("--json", action="store_true", help="每份文书输出一个 JSON 对象（一行）")
    parser.add_argument("--no-text", action="store_true", help="JSON 中不附文书全文")


def run(args: argparse.Namespace) -> int:
    documents = problems = 0
    for item in sources.read(args.paths):
        match item:
            case RawDocument():
                documents += 1
                _print(item, args)
            case Problem():
                problems += 1
                print(f"见微：{item}", file=sys.stderr)
    return 1 if problems and not documents else 0


def _print(item: RawDocument, args: argparse.Namespace) -> None:
    found = extract.read(item.text, item.meta).as_json()
    if not args.json:
        _print_short(item, found)
        return
    origin = {"file": item.origin.file, "entry": item.origin.entry, "digest": item.origin.digest}
    whole: dict[str, Any] = {"origin": origin, **found}
    if not args.no_text:
        whole["text"] = item.text
    sys.stdout.buffer.write(orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE))


def _print_short(item: RawDocument, found: dict[str, Any]) -> None:
    def value(leaf: Any) -> str:
        return str(leaf["value"]) if leaf else "—"

    print(
        f"{value(found['case_no'])}　{value(found['court'])}　{value(found['doc_type'])}　{value(found['decided_on'])}"
    )
    for party in found["parties"]:
        print(f"　　{value(party['role'])}　{value(party['name'])}")
    for defendant in found["defendants"]:
        charges = "、".join(value(charge) for charge in defendant["charges"])
        print(f"　　{value(defendant['name'])}　{charges}　{value(defendant['months'])} 个月")
