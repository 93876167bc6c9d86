"""`jianwei screen`: run the supervision models and print the clues, one a line."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import orjson

from jianwei.errors import JianweiError
from jianwei.home import Home
from jianwei.lake import Lake
from jianwei.progress import step
from jianwei.screening import Run, screen, write

ORDER = 40
HELP = "筛查：用监督模型比对，输出附理由、出处和法律依据的线索"


class NothingToScreen(JianweiError):
    """There is no lake yet."""

    def __init__(self, home: Home) -> None:
        super().__init__(f"{home.lake} 中没有数据；请先执行 jianwei ingest，或用 --data 指定文书和表格所在的目录")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="目录", help="直接筛查一个目录中的文书和表格（自成一湖，不影响已有数据）"
    )
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="日期", help="基准日，如 2026-10-31（默认今天）")
    parser.add_argument("--model", action="append", metavar="模型", help="只运行该模型（键或编号，可重复）")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="计算引擎")
    parser.add_argument("--json", action="store_true", help="每条线索输出一个 JSON 对象（一行）")


def run(args: argparse.Namespace) -> int:
    as_of = args.as_of or dt.date.today()  # noqa: DTZ011  the reader's own day
    if args.data:
        if not args.data.exists():
            raise JianweiError(f"没有这个目录：{args.data}")
        with _lake_of(args.data) as folder:
            lake = Lake(Path(folder) / "lake")
            with step("入湖") as advance:
                report = lake.ingest([args.data], progress=lambda p: advance(p.read_bytes, p.total_bytes))
            for problem in report.problems:
                print(f"见微：{problem}", file=sys.stderr)
            return _screen(lake, args, as_of)
    home = Home(args.home.absolute()) if args.home else Home.here()
    if not home.lake.is_dir():
        raise NothingToScreen(home)
    return _screen(Lake(home.lake), args, as_of)


def _lake_of(data: Path) -> tempfile.TemporaryDirectory[str]:
    """A lake for this folder alone, gone when the command ends: it would otherwise keep a copy of the data."""
    name = hashlib.sha256(str(data.absolute()).encode()).hexdigest()[:12]
    return tempfile.TemporaryDirectory(prefix=f"jianwei-{name}-")


def _screen(lake: Lake, args: argparse.Namespace, as_of: dt.date) -> int:
    with step("筛查") as advance:
        found = screen(
            lake,
            as_of=as_of,
            engine=args.engine,
            models=args.model,
            progress=lambda done, total, _: advance(done, total),
        )
        write(found, lake.path)
    _print(found, as_json=args.json)
    for skipped in found.skipped:
        print(f"见微：{skipped}", file=sys.stderr)
    return 1 if any(skipped.broken for skipped in found.skipped) else 0


def _print(found: Run, *, as_json: bool) -> None:
    for clue in found.clues:
        whole = clue.as_json()
        if as_json:
            sys.stdout.buffer.write(orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE))
        else:
            _print_short(whole)
    sys.stdout.flush()


def _print_short(clue: dict[str, Any]) -> None:
    print(f"{clue['ref']}　第 {clue['rank']}　{clue['grade']}　{clue['score']} 分　{clue['subject']}")
    for reason in clue["reasons"]:
        print(f"　　{reason}")
