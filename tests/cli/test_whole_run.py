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
        monkeypatch.setattr(whole, "_stages", lambda only=None, failed=False: iter(made))

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
    assert "共 2 项" in said and "全部通过" in said and "!!!!!!" not in said


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


TESTS = Path(__file__).parents[1]
MARKS = ("spark", "browser", "postgres")


def takes(stage: whole.Stage, file: Path, marks: set[str]) -> bool:
    """Whether a stage runs the tests of ``file`` that bear these marks: as pytest reads its words."""
    said = stage.command[stage.command.index("pytest") + 1 :]
    place = file.relative_to(TESTS.parent)
    chosen = [Path(word) for word in said if word.startswith("tests")]
    ignored = [Path(word.removeprefix("--ignore=")) for word in said if word.startswith("--ignore=")]
    if not any(place.is_relative_to(one) for one in chosen) or any(place.is_relative_to(one) for one in ignored):
        return False
    asked = said[said.index("-m") + 1] if "-m" in said else ""
    return not asked or (asked.removeprefix("not ") in marks) != asked.startswith("not ")


def test_every_test_is_run_by_exactly_one_stage_with_what_it_needs() -> None:
    stages = [stage for stage in whole._stages() if "pytest" in stage.command]
    for file in TESTS.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        marked = [{mark} for mark in MARKS if f"pytest.mark.{mark}" in text]
        whole_file = "pytestmark = " in text
        for marks in marked if whole_file else [set(), *marked]:
            [by] = [stage for stage in stages if takes(stage, file, marks)]
            needs_more = marks or file.relative_to(TESTS).parts[0] in whole.NEED_ALL
            assert (".venv-engine" in by.command[0]) != bool(needs_more), f"{file} {marks} by {by.title}"


def test_what_failed_is_named_and_run_alone_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(whole, "ROOT", tmp_path)
    monkeypatch.setattr(whole, "NEED_ALL", ())
    monkeypatch.setattr(whole, "python_of", lambda _: Path(sys.executable))
    monkeypatch.setattr(whole, "_present", lambda command: True)
    file = tmp_path / "tests/seal/test_small.py"
    file.parent.mkdir(parents=True)
    file.write_text("def test_a():\n    assert 1 == 2\n\ndef test_b():\n    pass\n")

    def said(code: int, *words: str) -> str:
        assert cli.main(["test", "--no-install", *words]) == code
        return capsys.readouterr().out

    first = said(1, "--stage", "存证")
    assert "1 failed, 1 passed" in first and "  存证  tests/seal/test_small.py::test_a" in first.splitlines()
    assert "./jianwei test --failed --stage 存证" in first and "类型" not in first
    again = ["--failed", "--stage", "存证"]
    assert "1 failed" in (second := said(1, *again)) and "passed" not in second
    file.write_text(file.read_text().replace("2", "1"))
    mended = said(0, *again)
    assert "1 passed" in mended and "全部通过" in mended


def test_a_word_chooses_tests_and_what_failed_of_them_is_run_again_by_that_word(
    stages: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert [stage.command[-3:] for stage in whole._stages("拆分 and not 行为")] == [
        ["tests", "-k", "拆分 and not 行为"]
    ]
    assert "--last-failed" in next(whole._stages("拆分", failed=True)).command
    stages(1)
    cli.main(["test", "--no-install", "--only", "拆分 and not 行为"])
    assert "./jianwei test --failed --only '拆分 and not 行为'" in capsys.readouterr().out
