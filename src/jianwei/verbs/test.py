"""`jianwei test`: everything that must hold, on a checkout."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jianwei.bootstrap import ENGINE_ENVIRONMENT, ENVIRONMENT, ROOT, python_of
from jianwei.errors import JianweiError

ORDER = 90
HELP = "运行全部检查：风格、类型、导入约定、单元与性质测试、浏览器测试、生成的文档"

DEBIAN = {
    "chromium": ("chromium", "浏览器测试"),
    "java": ("openjdk-17-jre-headless", "Spark 测试"),
    "psql": ("postgresql", "PostgreSQL 测试"),
    "soffice": ("libreoffice-writer-nogui", "文书转 PDF 的测试"),
}
NEED_ALL = ("desk", "cli", "architecture")
"""Tests that need the whole platform installed; all others run where Django is not."""

HANDLING = ("tests/desk/matters", "tests/desk/documents", "tests/desk/evidence")
"""About half of the desk's tests."""

AT_ONCE = (os.cpu_count() or 1) + 1
"""Stages that run side by side: one more than cores, since some wait for a browser, a server or a disk."""

CACHE = ".pytest_cache"
"""Where each stage of tests remembers, in a folder of its own, what failed in it."""

BESIDE = (
    ("/usr/share/fonts/opentype/noto", "fonts-noto-cjk"),
    ("/usr/lib/*/libatomic.so.1", "libatomic1"),  # Playwright's own Node is linked to it
)
"""What the programs above need and do not name: where it lies, and its package."""


class NotACheckout(JianweiError):
    """The installed package has no tests beside it."""

    def __init__(self) -> None:
        super().__init__("这里不是源码目录，没有可运行的测试；请在检出的仓库中执行 ./jianwei test")


@dataclass(frozen=True)
class Stage:
    """One part of the run: its title and its command."""

    title: str
    command: list[str]

    def failed(self) -> list[str]:
        """The tests that failed the last time, as pytest names them."""
        kept = ROOT / CACHE / self.title / "v/cache/lastfailed"
        return sorted(json.loads(kept.read_text(encoding="utf-8"))) if kept.is_file() else []


def arguments(parser: argparse.ArgumentParser) -> None:
    titles = [stage.title for stage in _stages()]
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--stage", nargs="+", metavar="项目", choices=titles, help=f"只运行这些项目：{'、'.join(titles)}"
    )
    which.add_argument("--only", metavar="表达式", help="只运行名称含此表达式的测试")
    parser.add_argument("--failed", action="store_true", help="只重跑上次未通过的测试")
    parser.add_argument(
        "--no-install", action="store_true", help="不从 Debian 安装缺少的浏览器、数据库、LibreOffice 和 Java"
    )


def run(args: argparse.Namespace) -> int:
    if not (ROOT / "tests").is_dir():
        raise NotACheckout
    if not args.no_install:
        _install_missing()
    stages = [stage for stage in _stages(args.only, args.failed) if not args.stage or stage.title in args.stage]
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = list(pool.map(_passes, stages))
    _sum_up([stage for stage, well in zip(stages, passed, strict=True) if not well], args.only)
    print(f"共 {len(stages)} 项，用时 {time.monotonic() - began:.0f} 秒；", end="")
    print("全部通过" if all(passed) else f"未通过 {passed.count(False)} 项，见上面所列")
    return 0 if all(passed) else 1


def _sum_up(failed: list[Stage], only: str | None) -> None:
    """What was left out, what failed by name, and how to run that alone again."""
    missing = [what for command, (_, what) in DEBIAN.items() if not _present(command)]
    if missing:
        print(f"\n!!!!!! 未运行：{'、'.join(missing)}（缺少相应程序且无法安装），其余结果不代表它们通过 !!!!!!")
    if not failed:
        return
    print(f"\n未通过：{'、'.join(stage.title for stage in failed)}")
    for stage in failed:
        for test in stage.failed():
            print(f"  {stage.title}  {test}")
    which = f"--only {shlex.quote(only)}" if only else f"--stage {' '.join(stage.title for stage in failed)}"
    print(f"详情见上面各项的输出。改好后只重跑未通过的：\n  ./jianwei test --failed {which}\n")


def _stages(only: str | None = None, failed: bool = False) -> Iterator[Stage]:
    """Longest first, so that none is left alone at the end."""
    python, of_engine = sys.executable, str(python_of(ENGINE_ENVIRONMENT))

    def tests(title: str, *chosen: str, by: str = python) -> Stage:
        again = ["--last-failed"] if failed else []
        return Stage(title, [by, "-m", "pytest", "-o", f"cache_dir={CACHE}/{title}", *again, *chosen])

    if only:
        yield tests("所选测试", "tests", "-k", only)
        return
    needs_more = [f"--ignore=tests/{room}" for room in NEED_ALL]
    yield tests("存证", "tests/seal", "-m", "not browser", by=of_engine)
    yield tests("引擎", "tests", *needs_more, "--ignore=tests/seal", "-m", "not spark", by=of_engine)
    yield tests("Spark", "tests/models", "tests/screening", "tests/lake", "-m", "spark")
    yield tests("办案", *HANDLING, "-m", "not browser")
    yield tests("PostgreSQL", "tests/desk/test_on_postgresql.py")
    yield tests("浏览器", "tests/desk", "-m", "browser")
    rooms = [f"tests/{room}" for room in NEED_ALL]
    beside = ["tests/desk/test_on_postgresql.py", *HANDLING]
    yield tests("工作台", *rooms, *(f"--ignore={one}" for one in beside), "-m", "not browser")
    yield Stage("类型", [python, "-m", "mypy"])
    # its browser is its own, and one process drives one
    yield tests("核验网页", "tests/seal", "-m", "browser")
    yield Stage("风格", [python, "-m", "ruff", "check", "src", "tests"])


def _passes(stage: Stage) -> bool:
    print(f"── {stage.title} …", flush=True)
    began = time.monotonic()
    finished = subprocess.run(
        stage.command,
        cwd=ROOT,
        env=_environment(),
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    passed = finished.returncode == 0
    verdict = f"── {stage.title}：{'通过' if passed else '未通过'}，{time.monotonic() - began:.0f} 秒"
    print(f"\n{finished.stdout.rstrip()}\n{verdict}\n", flush=True)
    return passed


def _environment() -> dict[str, str]:
    """Node of the environment, where the machine has none, is found last."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), str(ENVIRONMENT / "bin")))
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "PYSPARK_PYTHON": sys.executable}


def _install_missing() -> None:
    """Chromium, PostgreSQL, LibreOffice and Java from Debian, where this user may install."""
    packages = [package for command, (package, _) in DEBIAN.items() if not _present(command)]
    packages += [package for place, package in BESIDE if not any(Path("/").glob(place.lstrip("/")))]
    if not packages or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"从 Debian 安装：{' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)


def _present(command: str) -> bool:
    if command == "psql":
        return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return shutil.which(command) is not None
