"""`jianwei extract`: read judgments and print what they say, each field with the words it was read from."""

from __future__ import annotations

import argparse
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import orjson

from jianwei import extract, sources
from jianwei.sources import Problem, RawDocument
from jianwei.sources.kinds import shelf

ORDER = 30
HELP = "解析文书：逐份输出案号、法院、当事人、处刑等要素，每项附原文位置"

CHUNK = 100
"""Documents handed to a process at once; fewer than that are read here, without starting one (chosen)."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="文书文件、压缩包或目录")
    parser.add_argument("--json", action="store_true", help="每份文书输出一个 JSON 对象（一行）")
    parser.add_argument("--no-text", action="store_true", help="JSON 中不附文书全文")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, metavar="个", help="进程数（默认与处理器数相同）"
    )


def run(args: argparse.Namespace) -> int:
    problems: list[Problem] = []
    written = 0
    for chunk in _read(_documents(args.paths, problems), args.processes, as_json=args.json, with_text=not args.no_text):
        written += 1
        sys.stdout.buffer.write(chunk)
    sys.stdout.flush()
    return 1 if (problems and not written) or shelf().broken else 0


def _documents(paths: list[Path], problems: list[Problem]) -> Iterator[RawDocument]:
    for item in sources.read(paths):
        match item:
            case RawDocument():
                yield item
            case Problem():
                problems.append(item)
                print(f"见微：{item}", file=sys.stderr)


def _read(documents: Iterator[RawDocument], processes: int, *, as_json: bool, with_text: bool) -> Iterator[bytes]:
    """The documents as they are to be printed, in their order, a chunk at a time; memory stays bounded."""
    chunks = iter(lambda: list(islice(documents, CHUNK)), [])
    first = next(chunks, None)
    if first is None:
        return
    if len(first) < CHUNK or processes < 2:
        for chunk in _and(first, chunks):
            yield _lines(chunk, as_json, with_text)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[bytes]] = deque()
        for chunk in _and(first, chunks):
            waiting.append(pool.submit(_lines, chunk, as_json, with_text))
            if len(waiting) > 4 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _and(first: list[RawDocument], rest: Iterable[list[RawDocument]]) -> Iterator[list[RawDocument]]:
    yield first
    yield from rest


def _lines(documents: list[RawDocument], as_json: bool, with_text: bool) -> bytes:
    return b"".join(_json(document, with_text) if as_json else _short(document) for document in documents)


def _json(item: RawDocument, with_text: bool) -> bytes:
    origin = {"file": item.origin.file, "entry": item.origin.entry, "digest": item.origin.digest}
    whole: dict[str, Any] = {"origin": origin, **extract.read(item.text, item.meta).as_json()}
    if with_text:
        whole["text"] = item.text
    return orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)


def _short(item: RawDocument) -> bytes:
    found = extract.read(item.text, item.meta).as_json()

    def value(leaf: Any) -> str:
        return str(leaf["value"]) if leaf else "—"

    lines = ["　".join(value(found[key]) for key in ("case_no", "court", "doc_type", "decided_on"))]
    lines += [f"　　{value(party['role'])}　{value(party['name'])}" for party in found["parties"]]
    for defendant in found["defendants"]:
        charges = "、".join(value(charge) for charge in defendant["charges"])
        months = f"{value(defendant['months'])} 个月" if defendant["months"] else value(defendant["life_or_death"])
        lines.append(f"　　{value(defendant['name'])}　{charges}　{months}")
    return "".join(f"{line}\n" for line in lines).encode()
