"""`up` prepares everything once and nothing twice; screening a folder leaves no trace and repeats itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("django")


def jianwei(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jianwei.cli", *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def first(home: Path) -> subprocess.CompletedProcess[str]:
    return jianwei("up", "--judgments", "400", "--prepare-only", home=home)


def test_the_first_start_makes_everything_and_shows_passwords(
    first: subprocess.CompletedProcess[str], home: Path
) -> None:
    assert first.returncode == 0, first.stderr
    assert "密码只显示这一次" in first.stderr and "准备完毕" in first.stderr
    assert list((home / "lake" / "runs").glob("*/clues.jsonl"))
    assert (home / "lake" / "secret").stat().st_mode & 0o077 == 0


def test_the_second_start_generates_and_shows_nothing_again(
    first: subprocess.CompletedProcess[str], home: Path
) -> None:
    before = {p: p.stat().st_mtime_ns for p in home.rglob("*.parquet")}
    second = jianwei("up", "--judgments", "400", "--prepare-only", home=home)
    assert second.returncode == 0, second.stderr
    assert not re.search("生成|入湖|筛查|密码", second.stderr)
    assert before == {p: p.stat().st_mtime_ns for p in home.rglob("*.parquet")}


def test_the_clues_of_the_lake_are_the_same_on_a_second_run(
    first: subprocess.CompletedProcess[str], home: Path
) -> None:
    once, again = (jianwei("screen", "--as-of", "2026-10-31", "--json", home=home).stdout for _ in range(2))
    assert once == again
    clues = [json.loads(line) for line in once.splitlines()]
    assert clues and len({clue["id"] for clue in clues}) == len(clues)
    keys = {"id", "model", "ref", "rank", "score", "subject", "reasons", "signs", "evidence", "law", "asks"}
    assert all(keys <= set(clue) for clue in clues)
