"""`jianwei test` tells the truth: what failed fails it, what could not run is said, and nothing is installed unasked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jianwei import cli
from jianwei.verbs import test as whole


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``stages(0, 1)``: the run is made of commands that end so."""

    def put(*codes: int) -> None:
        made = [
            whole.Stage(f"第{n}项", [sys.executable, "-c", f"raise SystemExit({code})"]) for n, code in enumerate(codes)
        ]
        monkeypatch.setattr(whole, "_stages", lambda only: iter(made))

    monkeypatch.setattr(whole, "_present", lambda command: True)
    return put


def test_one_failed_stage_fails_the_run_and_is_named(
    stages: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    stages(0, 3, 0)
    assert cli.main(["test", "--no-install"]) == 1
    assert "未通过：第1项" in capsys.readouterr().out.splitlines()


def test_all_well_is_said_and_ends_with_0(stages: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    stages(0, 0)
    assert cli.main(["test", "--no-install"]) == 0
    said = capsys.readouterr().out
    assert "全部通过" in said and "!!!!!!" not in said


def test_what_could_not_run_is_said_in_one_loud_line(
    stages: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stages(0)
    monkeypatch.setattr(whole, "_present", lambda command: command not in {"chromium", "psql"})
    cli.main(["test", "--no-install"])
    (loud,) = [line for line in capsys.readouterr().out.splitlines() if "!!!!!!" in line]
    assert "浏览器测试、PostgreSQL 测试" in loud and "Spark" not in loud


@pytest.mark.parametrize(("user", "installs"), [(0, True), (1000, False)])
def test_only_root_installs_what_is_missing(user: int, installs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(whole, "_present", lambda command: False)
    monkeypatch.setattr(whole, "BESIDE", (("/usr/*/no-such-library.so", "libmissing1"), ("/usr/bin/env*", "coreutils")))
    monkeypatch.setattr(whole.os, "geteuid", lambda: user)
    monkeypatch.setattr(whole.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(whole.subprocess, "run", lambda command, **_: ran.append(command))
    whole._install_missing()
    assert bool(ran) == installs
    if installs:
        assert {package for package, _ in whole.DEBIAN.values()} <= set(ran[-1])
        assert "libmissing1" in ran[-1] and "coreutils" not in ran[-1]


def test_every_folder_of_tests_is_run_by_a_stage_with_what_it_needs() -> None:
    folders = {p.name for p in (Path(__file__).parents[1]).iterdir() if p.is_dir() and any(p.rglob("test_*.py"))}
    commands = {stage.title: " ".join(stage.command) for stage in whole._stages(None)}
    engine = next(c for c in commands.values() if ".venv-engine" in c)
    left_out = {f for f in folders if f"--ignore=tests/{f}" in engine}
    platform = commands["工作台、命令行与导入约定"].split()
    assert left_out == {f for f in folders if f"tests/{f}" in platform}
    assert any("-m spark" in c for c in commands.values()) and "not spark" in engine
