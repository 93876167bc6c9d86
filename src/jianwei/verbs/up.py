"""`jianwei up`: from nothing to a desk with clues on it; the second time, just the desk."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from jianwei import sandbox
from jianwei.errors import JianweiError
from jianwei.home import Home
from jianwei.lake import Lake
from jianwei.progress import console, step
from jianwei.screening import screen, write
from jianwei.verbs.ingest import summary

if TYPE_CHECKING:
    from jianwei.desk.setup import FirstAccount

ORDER = 10
HELP = "一键启动：首次生成合成省份（或用 --data 指定数据）、入湖、筛查，然后打开工作台"

PROVINCE_AS_OF = dt.date(2026, 10, 31)
"""The day from which the synthetic province is screened: its feeds are declared complete until then."""


SHOWN = 20
"""How many problems of an ingest are printed; the rest is counted."""


class DataGone(JianweiError):
    """The folder named with --data is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有这个目录：{path}")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="路径", help="用自己的文书和表格，不生成合成省份")
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")
    parser.add_argument("--judgments", type=int, default=20_000, metavar="份数", help="合成文书份数（默认 20000）")
    parser.add_argument(
        "--as-of",
        type=dt.date.fromisoformat,
        metavar="日期",
        help="筛查基准日（默认：合成数据取其截至日，自有数据取今天）",
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址（默认 127.0.0.1）")
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="端口（默认 8000）")
    parser.add_argument("--prepare-only", action="store_true", help="只准备数据，不打开工作台")


def run(args: argparse.Namespace) -> int:
    home = _home(args)
    if args.data and not args.data.exists():
        raise DataGone(args.data)
    if not args.prepare_only:
        _can_open(args)
    home.path.mkdir(parents=True, exist_ok=True)
    steps = _Done(home.path / "up.json")
    paths = [args.data.absolute()] if args.data else [_province(home, steps, args.judgments)]
    run_dir = _screened(home, steps, paths, _as_of(args))
    _open_desk(home, steps, run_dir, args)
    return 0


def _home(args: argparse.Namespace) -> Home:
    """The reader's own files get a home of their own, so that they never mix with the synthetic province."""
    if args.home:
        return Home(args.home.absolute())
    here = Home.here()
    return Home(here.path.with_name(f"{here.path.name}-own")) if args.data else here


def _as_of(args: argparse.Namespace) -> dt.date:
    if args.as_of:
        return args.as_of  # type: ignore[no-any-return]
    return dt.date.today() if args.data else PROVINCE_AS_OF  # noqa: DTZ011  the reader's own day


def _province(home: Home, steps: _Done, judgments: int) -> Path:
    if steps.lacks("province", judgments):
        with step(f"生成合成省份（{judgments} 份文书，人物全部虚构）") as advance:
            sandbox.generate(home.province, judgments=judgments, seed=1, progress=advance)
        steps.note("province", judgments)
    return home.province / "data"


def _screened(home: Home, steps: _Done, paths: Sequence[Path], as_of: dt.date) -> Path:
    """Ingest and screen what is new; returns the run's folder."""
    lake = Lake(home.lake)
    state = _state_of(paths)
    if steps.lacks("ingested", state):
        with step("入湖：读入、解析、比对身份") as advance:
            report = lake.ingest(paths, progress=lambda p: advance(p.read_bytes, p.total_bytes))
        console.print(summary(report), markup=False)
        for problem in report.problems[:SHOWN]:
            console.print(f"  {problem}", markup=False)
        if len(report.problems) > SHOWN:
            console.print(f"  另有 {len(report.problems) - SHOWN} 处，用 jianwei ingest 可逐条查看", markup=False)
        steps.note("ingested", state)
    wanted = f"{lake.snapshot()} {as_of.isoformat()}"
    if steps.lacks("screened", wanted):
        with step("筛查") as advance:
            found = screen(lake, as_of=as_of, progress=lambda done, total, _: advance(done, total))
            folder = write(found, lake.path)
        console.print(f"线索 {len(found.clues)} 条；未评价 {len(found.skipped)} 项")
        steps.note("screened", wanted)
        steps.note("run", folder.name)
    return home.lake / "runs" / steps.noted("run")


def _state_of(paths: Sequence[Path]) -> str:
    """Names, sizes and times of the files, enough to know that nothing changed."""
    files = sorted(file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())
    return json.dumps([[str(file), file.stat().st_size, file.stat().st_mtime_ns] for file in files])


def _can_open(args: argparse.Namespace) -> None:
    from jianwei.desk import serve

    serve.check(args.host, args.port)


def _open_desk(home: Home, steps: _Done, run_dir: Path, args: argparse.Namespace) -> None:
    from jianwei.desk import load, serve, setup
    from jianwei.seal import demo

    first = setup.prepare(home.path)
    if steps.lacks("loaded", run_dir.name):
        with step("载入线索"):
            load.load_run(home.path, run_dir)
        steps.note("loaded", run_dir.name)
    if not args.data and steps.lacks("matters", 1):
        with step("载入演示事项（人物全部虚构）"):
            load.load_demo(home.path, dt.date.today())  # noqa: DTZ011  matters are looked at on the reader's own day
        steps.note("matters", 1)
    if not args.data:
        with step("准备存证演示"):
            demo.found(home.path, setup.offices_at_work(home.path), os.urandom)
        console.print(demo.WARNING, markup=False)
    if first:
        _show_accounts(first.accounts)
    if args.prepare_only:
        console.print("准备完毕；执行 jianwei up 打开工作台", markup=False)
        return
    console.print(f"工作台：http://{args.host}:{args.port}/　（Ctrl+C 结束）", markup=False)
    serve.run(home.path, args.host, args.port)


def _show_accounts(accounts: Sequence[FirstAccount]) -> None:
    table = Table("用户名", "密码", "角色", "单位", title="首次启动生成的账户（密码只显示这一次，登录后请修改）")
    for account in accounts:
        table.add_row(account.username, account.password, account.role, account.office)
    console.print(table)


class _Done:
    """What ``up`` has finished, so that the second start does none of it again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, object] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def lacks(self, name: str, value: object) -> bool:
        return self._known.get(name) != value

    def noted(self, name: str) -> str:
        return str(self._known[name])

    def note(self, name: str, value: object) -> None:
        self._known[name] = value
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(self._known), "utf-8")
        draft.replace(self._path)
