"""`jianwei bench`: figures, each measured in this run and printed with its input."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from pathlib import Path

from jianwei.errors import JianweiError

ORDER = 80
HELP = "测量：解析准确率与速度、筛查耗时、合成真值上的查准查全"

REAL_DATA = Path(os.environ.get("JIANWEI_REAL_DATA", Path(__file__).resolve().parents[4] / "shared/data"))
"""Where real records lie for measuring, if anywhere; nothing of them belongs to the project."""


class NoRealData(JianweiError):
    """The folder of real records is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有真实文书目录 {path}；用 --real 或环境变量 JIANWEI_REAL_DATA 指定")


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="bench", metavar="项目", required=True, title="项目")
    extract = kinds.add_parser("extract", help="解析：对照官方元数据的准确率，两进程速度与增长")
    extract.add_argument("--real", type=Path, default=REAL_DATA, metavar="目录", help="真实文书目录")
    screen = kinds.add_parser("screen", help="筛查：两种引擎在不同规模上的耗时、峰值内存，三个模型对照 pandas")
    screen.add_argument("--judgments", type=int, nargs="+", default=[20_000, 100_000], metavar="份数", help="规模")
    screen.add_argument("--engines", nargs="+", choices=("duckdb", "spark"), default=["duckdb", "spark"], help="引擎")
    screen.add_argument(
        "--work", type=Path, default=Path(".jianwei-bench"), metavar="目录", help="放置合成省份与湖，可重用"
    )
    truth = kinds.add_parser("truth", help="真值：各模型在合成省份上的查准率与查全率")
    truth.add_argument("--judgments", type=int, default=20_000, metavar="份数", help="规模")
    truth.add_argument("--seed", type=int, default=1, metavar="种子", help="省份的种子")
    truth.add_argument(
        "--work", type=Path, default=Path(".jianwei-bench"), metavar="目录", help="放置合成省份与湖，可重用"
    )
    sandbox = kinds.add_parser("sandbox", help="合成省份：每秒文书数与峰值内存")
    sandbox.add_argument("--judgments", type=int, nargs="+", default=[20_000, 100_000], metavar="份数", help="规模")
    sandbox.add_argument("--work", type=Path, default=Path(".jianwei-bench"), metavar="目录", help="临时目录")

    procedures = kinds.add_parser("procedures", help="程序：一核每秒折叠的行为数和算出的现状数")
    procedures.add_argument("--acts", type=int, default=1_000_000, metavar="次数", help="折叠的行为数")
    procedures.add_argument("--work", type=Path, default=Path(".jianwei-bench"), metavar="目录", help="临时目录")
    matters = kinds.add_parser(
        "matters", help="事项：列表和事项页的耗时，重建速度；PostgreSQL 由 JIANWEI_DATABASE_URL 指定"
    )
    matters.add_argument("--matters", type=int, default=100_000, metavar="个数", help="规模")
    matters.add_argument(
        "--work", type=Path, default=Path(".jianwei-bench"), metavar="目录", help="放置工作台数据，可重用"
    )
    search = kinds.add_parser("search", help="检索：建索引的速度，全文和结构化检索的耗时")
    search.add_argument("--matters", type=int, default=100_000, metavar="个数", help="规模")
    documents = kinds.add_parser("documents", help="文书：起草一份的耗时，列表和文号登记簿的耗时")
    documents.add_argument("--documents", type=int, default=100_000, metavar="份数", help="规模；事项也有这么多")
    clues = kinds.add_parser("clues", help="线索：合成省份筛查出的线索，列表和线索页的耗时")
    clues.add_argument("--judgments", type=int, default=100_000, metavar="份数", help="规模")
    cards = kinds.add_parser("cards", help="案卡：两张导出表的读取、核查和写回的耗时")
    cards.add_argument("--rows", type=int, default=20_000, metavar="行数", help="每张表的行数")
    seal = kinds.add_parser("seal", help="存证：日志、证明、检查、HTTP 的速度，各与本机的上限并列")
    seal.add_argument("--entries", type=int, default=10_000_000, metavar="条数", help="日志的规模")
    kills = kinds.add_parser("kills", help="存证：反复强制终止服务、送入者和见证方，核对已确认的记录")
    kills.add_argument("--rounds", type=int, default=1000, metavar="次数", help="终止的次数")
    kills.add_argument("--seed", type=int, default=1, metavar="种子", help="终止时刻的种子")
    for kind in (search, documents, clues, cards, seal, kills):
        kind.add_argument("--work", type=Path, default=Path(".jianwei-bench"), metavar="目录", help="放置数据，可重用")


def run(args: argparse.Namespace) -> int:
    return {
        "extract": _extract,
        "screen": _screen,
        "truth": _truth,
        "sandbox": _sandbox,
        "procedures": _procedures,
        "matters": _matters,
        "search": _search,
        "documents": _documents,
        "clues": _clues,
        "cards": _cards,
        "seal": _seal,
        "kills": _kills,
    }[args.bench](args)


def _extract(args: argparse.Namespace) -> int:
    from jianwei.extract import measure

    if not args.real.is_dir():
        raise NoRealData(args.real)
    lines = measure.accuracy(args.real)
    print(measure.table(lines, measure.speed(measure.texts(args.real), time.perf_counter)))
    return 0


def _truth(args: argparse.Namespace) -> int:
    from jianwei import sandbox
    from jianwei.lake import Lake
    from jianwei.progress import step
    from jianwei.sandbox import truth
    from jianwei.screening import screen

    lake = Lake(_lake(args.work, args.judgments, args.seed))
    with step("筛查"):
        found = screen(lake, as_of=sandbox.LAST_DAY)
    told = args.work / f"province-{args.judgments}-{args.seed}" / "truth.jsonl"
    print(truth.report(truth.score(told, [clue.as_json() for clue in found.clues])))
    return 0


def _sandbox(args: argparse.Namespace) -> int:
    import resource
    import shutil

    from jianwei import sandbox

    print("份数　秒　份/秒　峰值内存 MB（本进程＋最大子进程）")
    for count in args.judgments:
        out = args.work / f"speed-{count}-{dt.date.today():%Y%m%d}"  # noqa: DTZ011
        shutil.rmtree(out, ignore_errors=True)
        began = time.perf_counter()
        sandbox.generate(out, judgments=count, seed=1)
        seconds = time.perf_counter() - began
        own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"{count}　{seconds:.1f}　{count / seconds:.0f}　{(own + children) // 1024}")
        shutil.rmtree(out, ignore_errors=True)
    return 0


def _procedures(args: argparse.Namespace) -> int:
    from jianwei.desk.boot import boot

    boot(args.work.absolute() / "desk-procedures")
    from jianwei.desk.matters import bench

    for line in bench.procedures_report(args.acts):
        print(line, flush=True)
    return 0


def _matters(args: argparse.Namespace) -> int:
    from jianwei.desk import setup

    setup.prepare(args.work.absolute() / f"desk-{args.matters}", [])
    from jianwei.desk.matters import bench

    bench.matters_report(args.matters, _say)
    return 0


def _search(args: argparse.Namespace) -> int:
    from jianwei.desk import setup

    setup.prepare(args.work.absolute() / f"desk-{args.matters}", [])
    from jianwei.desk.search import bench

    bench.report(args.matters, _say)
    return 0


def _documents(args: argparse.Namespace) -> int:
    from jianwei.desk import setup

    setup.prepare(args.work.absolute() / f"desk-{args.documents}", [])
    from jianwei.desk.documents import bench

    bench.report(args.documents, _say)
    return 0


def _clues(args: argparse.Namespace) -> int:
    from jianwei import sandbox
    from jianwei.desk import load, setup
    from jianwei.lake import Lake
    from jianwei.progress import step
    from jianwei.screening import screen, write

    home = args.work.absolute() / f"desk-clues-{args.judgments}"
    setup.prepare(home, [])
    with step("筛查"):
        found = screen(Lake(_lake(args.work, args.judgments, 1)), as_of=sandbox.LAST_DAY)
    load.load_run(home, write(found, home / "runs"))
    from jianwei.desk.clues import bench

    bench.report(_say)
    return 0


def _cards(args: argparse.Namespace) -> int:
    import random

    from jianwei.cards import bench
    from jianwei.cards.arrest import ArrestCard
    from jianwei.cards.card import Card, columns
    from jianwei.cards.prosecution import ProsecutionCard
    from jianwei.sandbox.case_cards import as_xlsx, person, without_effect

    args.work.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    kinds: tuple[type[Card], ...] = (ArrestCard, ProsecutionCard)
    arrests, prosecutions = zip(*(person(number, chance) for number in range(args.rows)), strict=True)
    prosecutions = tuple(each if n % 20 else without_effect(each) for n, each in enumerate(prosecutions))
    files = {
        as_xlsx(args.work / f"{kind.code}.xlsx", [c.title for c in columns(kind).values()], rows): f"{kind.code}.xlsx"
        for kind, rows in zip(kinds, (arrests, prosecutions), strict=True)
    }
    bench.report(files, dt.date(2025, 6, 30), args.work / "annotated.xlsx", _say)
    return 0


def _seal(args: argparse.Namespace) -> int:
    from jianwei.seal import bench

    bench.report(args.entries, args.work.absolute(), _say)
    return 0


def _kills(args: argparse.Namespace) -> int:
    import shutil

    from jianwei.progress import step
    from jianwei.seal import crashing

    place = args.work.absolute() / "kills"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    with step(f"强制终止 {args.rounds} 次") as advance:
        found = crashing.kill(place, args.rounds, args.seed, lambda done: advance(done, args.rounds))
    print(f"强制终止：{'、'.join(f'{who} {count} 次' for who, count in sorted(found.kills.items()))}")
    print(
        f"确认收下 {found.acknowledged} 条，其中当场告知序号 {found.told_fixed} 条；日志 {found.entries} 条，发布 {found.published} 次"
    )
    print(f"违反（丢失、重复、序号缺漏、内容不符、发布与日志不一致）：{len(found.violations)} 处")
    for each in found.violations:
        print(f"  {each}")
    return 1 if found.violations else 0


def _say(line: str) -> None:
    print(line, flush=True)


def _screen(args: argparse.Namespace) -> int:
    from jianwei import sandbox
    from jianwei.screening import bench

    print(
        bench.report(
            lambda count: _lake(args.work, count, 1),
            judgments=args.judgments,
            engines=args.engines,
            as_of=sandbox.LAST_DAY,
        )
    )
    return 0


def _lake(work: Path, judgments: int, seed: int) -> Path:
    """The lake of a synthetic province of that size, made where it is not there yet."""
    from jianwei import sandbox
    from jianwei.lake import Lake
    from jianwei.progress import step

    province, lake = work / f"province-{judgments}-{seed}", work / f"lake-{judgments}-{seed}"
    if not (province / "sandbox.json").exists():
        with step(f"生成合成省份（{judgments} 份）") as advance:
            sandbox.generate(province, judgments=judgments, seed=seed, progress=advance)
    with step("入湖") as advance:
        Lake(lake).ingest([province / "data"], progress=lambda p: advance(p.read_bytes, p.total_bytes))
    return lake
