"""kill -9 during an ingest loses nothing and doubles nothing."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lake_corpus import SECRET, content, lines, pensions, plain_reader, write_files

from jianwei.lake import Lake

PART = 16
OPERATIONS = frozenset({"open", "os.rename", "os.remove", "os.mkdir"})
_forks = multiprocessing.get_context("forkserver")


@pytest.fixture(scope="module", autouse=True)
def nursery() -> Iterator[None]:
    """A process that has imported everything and forks the processes to be killed."""
    with pytest.MonkeyPatch.context() as patch:
        # The fork server finds modules to preload by the environment alone.
        patch.setenv("PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
        _forks.set_forkserver_preload(["lake_corpus"])
        yield


def _lake(path: Path) -> Lake:
    # Flushing to disc is for power cuts, and slow; a killed process loses nothing that it wrote.
    return Lake(path, secret=SECRET, durable=False)


def _ingest(lake: Path, files: Path, die_at: int, workers: int) -> None:
    """Ingest; be killed at the ``die_at``-th time a file is opened, renamed or removed."""
    left = [die_at]

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event in OPERATIONS:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    # Derived tables are made anew by whoever opens the lake; here the test does, without importing an engine each time.
    Lake.refresh = lambda self, **_: None  # type: ignore[method-assign,assignment]
    if die_at:
        sys.addaudithook(watch)
    _lake(lake).ingest([files], reader=plain_reader, workers=workers, part_size=PART)


def _attempt(lake: Path, files: Path, *, die_at: int = 0, after: float | None = None, workers: int = 0) -> bool:
    """Whether the ingest was killed (at a file operation, or after some seconds)."""
    process = _forks.Process(target=_ingest, args=(lake, files, die_at, workers))
    process.start()
    if after is not None:
        process.join(after)
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
    process.join(120)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _counted(lake: Path, files: Path, answer: Any) -> None:
    seen = [0]

    def watch(event: str, args: tuple[Any, ...]) -> None:
        seen[0] += event in OPERATIONS

    sys.addaudithook(watch)
    _ingest(lake, files, 0, 0)
    answer.send(seen[0])


def _operations(lake: Path, files: Path) -> int:
    """How many file operations an undisturbed ingest does."""
    ours, theirs = _forks.Pipe()
    process = _forks.Process(target=_counted, args=(lake, files, theirs))
    process.start()
    count = ours.recv()
    process.join(120)
    return int(count)


def test_an_ingest_killed_at_sixty_random_points_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files")
    operations = _operations(tmp_path / "whole", files)
    whole = content(Lake(tmp_path / "whole"))
    assert len(whole["document"]) == 160 and len(whole["pension_pay"]) == 300

    chance = random.Random(20)
    kills = halfway = round_ = 0
    while kills < 60:
        lake = tmp_path / f"lake{round_}"
        # A resumed ingest is killed again, until one comes through or six have not.
        for _ in range(6):
            if not _attempt(lake, files, die_at=chance.randrange(1, operations)):
                break
            kills += 1
            halfway += any(s.upto > 0 and not s.done for s in _lake(lake).journal.read().sources.values())
        _attempt(lake, files)
        assert content(Lake(lake)) == whole
        assert Lake(lake).snapshot() == Lake(tmp_path / "whole").snapshot()
        shutil.rmtree(lake)
        round_ += 1
    assert halfway >= 10


def test_a_kill_at_any_moment_with_worker_processes_is_as_harmless(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files")
    _lake(tmp_path / "whole").ingest([files], reader=plain_reader, workers=0, part_size=PART)
    chance = random.Random(7)
    lake = tmp_path / "lake"
    began = time.monotonic()
    _attempt(tmp_path / "undisturbed", files, workers=2)
    took = time.monotonic() - began
    kills = 0
    while not kills:
        # a busy machine may be quick again at once: sooner and sooner, until one is not done yet
        shutil.rmtree(lake, ignore_errors=True)
        kills = sum(_attempt(lake, files, after=chance.uniform(0.1, 0.9) * took, workers=2) for _ in range(5))
        took /= 2
    _attempt(lake, files, workers=2)
    assert content(Lake(lake)) == content(Lake(tmp_path / "whole"))


def test_a_kill_while_a_changed_file_replaces_the_old_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files")
    first = tmp_path / "first"
    _lake(first).ingest([files], reader=plain_reader, workers=0, part_size=PART)
    lines(files / "a.jsonl", range(40, 130))
    pensions(files / "养老金发放.csv", 70)
    shutil.copytree(first, tmp_path / "whole")
    operations = _operations(tmp_path / "whole", files)
    whole = content(Lake(tmp_path / "whole"))
    # 1 and 40 to 159 and 500: what b.jsonl and 1.txt share with the old a.jsonl stays.
    assert len(whole["document"]) == 122 and len(whole["pension_pay"]) == 70

    chance = random.Random(3)
    for round_ in range(12):
        lake = tmp_path / f"lake{round_}"
        shutil.copytree(first, lake)
        _attempt(lake, files, die_at=chance.randrange(1, operations))
        held = content(Lake(lake))
        assert len(held["pension_pay"]) in (300, 70)
        _attempt(lake, files)
        assert content(Lake(lake)) == whole
        shutil.rmtree(lake)
