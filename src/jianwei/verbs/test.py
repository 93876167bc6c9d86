"""`jianwei test`: everything that must hold, on a checkout."""

from __future__ import annotations

import argparse
import os
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

AT_ONCE = 2
"""Stages that run side by side: one keeps a core busy, a Spark machine a little more."""

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


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", metavar="表达式", help="只运行名称含此表达式的测试")
    parser.add_argument(
        "--no-install", action="store_true", help="不从 Debian 安装缺少的浏览器、数据库、LibreOffice 和 Java"
    )


def run(args: argparse.Namespace) -> int:
    if not (ROOT / "tests").is_dir():
        raise NotACheckout
    if not args.no_install:
        _install_missing()
    stages = list(_stages(args.only))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = list(pool.map(_passes, stages))
    failed = [stage.title for stage, well in zip(stages, passed, strict=True) if not well]
    missing = [what for command, (_, what) in DEBIAN.items() if not _present(command)]
    if missing:
        print(f"\n!!!!!! 未运行：{'、'.join(missing)}（缺少相应程序且无法安装），其余结果不代表它们通过 !!!!!!")
    print(f"未通过：{'、'.join(failed)}" if failed else "全部通过")
    return 1 if failed else 0


def _stages(only: str | None) -> Iterator[Stage]:
    python = sys.executable
    if only:
        yield Stage(f"名称含“{only}”的测试", [python, "-m", "pytest", "tests", "-k", only])
        return
    yield Stage("风格", [python, "-m", "ruff", "check", "src", "tests"])
    yield Stage("类型", [python, "-m", "mypy"])
    engine = [str(python_of(ENGINE_ENVIRONMENT)), "-m", "pytest", "tests", "-p", "no:cacheprovider"]
    needs_more = [f"--ignore=tests/{room}" for room in NEED_ALL]
    yield Stage("引擎（未安装 Django）", [*engine, *needs_more, "-m", "not spark and not browser"])
    yield Stage("Spark", [python, "-m", "pytest", "tests", *needs_more, "-m", "spark"])
    apart = "browser or postgres"  # beside the rest, so that both cores are busy to the end
    rooms = [f"tests/{room}" for room in NEED_ALL]
    yield Stage("工作台、命令行与导入约定", [python, "-m", "pytest", *rooms, "-m", f"not ({apart})"])
    yield Stage("浏览器与 PostgreSQL", [python, "-m", "pytest", *rooms, "-m", apart])
    # its browser is its own, and one process drives one
    yield Stage("核验网页（浏览器）", [python, "-m", "pytest", "tests/seal", "-m", "browser"])


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
