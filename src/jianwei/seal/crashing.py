"""Killing at random moments: the service, whoever puts records in, a witness. What was acknowledged must be in the log.

``kill`` is the whole experiment; a test runs a few rounds of it, a bench a thousand. Every process is a real one and is
ended by signal 9; nothing is told beforehand.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jianwei.seal import demo
from jianwei.seal.disk import Folder
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import TREES
from jianwei.seal.store import Store
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.witnessing.cosigs import FILE, Cosigs

OFFICE = "110105"
LONGEST_SECONDS = 0.25
"""How long they are left alone at most; chosen: a commit takes some milliseconds, a start of a process some hundred."""
AT_WORK = 0.7
"""Of the kills, how many come while everybody works; the others while somebody starts and recovers (chosen)."""
SETTLING_SECONDS = 60
BURST = 5


@dataclass
class Outcome:
    rounds: int
    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    """Records whose ``put`` returned."""
    told_fixed: int = 0
    """Of these, records of which an index was told before the end."""
    entries: int = 0
    """In the log at the end."""
    published: int = 0
    """Checkpoints that had the quorum."""
    violations: list[str] = field(default_factory=list)


class _Process:
    """Started again whenever it is gone."""

    def __init__(self, command: list[str], told: Path, hear: Callable[[str], None] | None = None) -> None:
        self._command = command
        self._told = told
        self._hear = hear
        self._running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        if self._running and self._running.poll() is None:
            return
        with self._told.open("a") as errors:
            words = [sys.executable, "-m", *self._command]
            out = subprocess.PIPE if self._hear else errors
            self._running = subprocess.Popen(words, stdout=out, stderr=errors, text=True)
        if self._hear:
            threading.Thread(target=self._listen, args=(self._running, self._hear), daemon=True).start()

    @staticmethod
    def _listen(process: subprocess.Popen[str], hear: Callable[[str], None]) -> None:
        for line in process.stdout or ():
            if line.endswith("\n"):  # the last one may be cut off
                hear(line[:-1])

    def kill(self) -> None:
        if self._running:
            self._running.kill()
            self._running.wait()

    def end(self) -> None:
        if self._running:
            self._running.terminate()
            self._running.wait(timeout=30)


def kill(home: Path, rounds: int, seed: int, tell: Callable[[int], None] = lambda done: None) -> Outcome:
    """``rounds`` kills in an empty ``home``. ``tell`` is called after each."""
    chance = random.Random(seed)
    demo.found(home, [OFFICE], os.urandom)
    folder = home / "seal" / OFFICE
    outside = demo.processes(home)
    acknowledged: dict[str, int | None] = {}
    witnesses = [_Process(list(each.words), each.told) for each in outside[: len(demo.WITNESSES)]]
    service = _Process(["jianwei.seal.running", str(folder)], home / "service.log")
    putter = _Process(
        ["jianwei.seal.crashing", str(folder)], home / "putter.log", lambda line: _hear(acknowledged, line)
    )
    everybody = {"service": [service], "putter": [putter], "witness": witnesses}
    outcome = Outcome(rounds)
    try:
        for done in range(rounds):
            for each in (*witnesses, service, putter):
                each.start()
            if not done or chance.random() < AT_WORK:
                _await_progress(acknowledged)
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            name = chance.choice(list(everybody))
            chance.choice(everybody[name]).kill()
            outcome.kills[name] += 1
            tell(done + 1)
        for each in (putter, service):
            each.kill()
        for each in (*witnesses, service):
            each.start()
        _settle(folder)
    finally:
        putter.kill()
        for each in (service, *witnesses):
            each.end()
    _examine(folder, acknowledged, outcome)
    return outcome


def _await_progress(acknowledged: dict[str, int | None]) -> None:
    """Until another record is told to be in the log."""
    before = sum(index is not None for index in acknowledged.copy().values())
    end = time.monotonic() + SETTLING_SECONDS
    while sum(index is not None for index in acknowledged.copy().values()) <= before and time.monotonic() < end:
        time.sleep(0.01)


def _hear(acknowledged: dict[str, int | None], line: str) -> None:
    """``id`` when a record was put, ``id index`` when it was told to be in the log."""
    identifier, _, index = line.partition(" ")
    acknowledged[identifier] = int(index) if index else acknowledged.get(identifier)


def _settle(folder: Path) -> None:
    """Until everything that waits is in the log and witnessed."""
    end = time.monotonic() + SETTLING_SECONDS
    with EvidenceLog.open(folder) as log:
        while time.monotonic() < end:
            now = log.status(int(time.time()))
            if not now.waiting and not now.unwitnessed:
                return
            time.sleep(0.1)


def _examine(folder: Path, acknowledged: dict[str, int | None], outcome: Outcome) -> None:
    wrong = outcome.violations
    with EvidenceLog.open(folder) as log:
        now = log.status(int(time.time()))
        if now.waiting or now.unwitnessed:
            wrong.append(f"{now.waiting} 条未写入，{now.unwitnessed} 条未见证")
        known = {each.id: each.index for each in log.entries(limit=1 << 31)}
        for identifier, index in acknowledged.items():
            if known.get(identifier) is None:
                wrong.append(f"已确认的 {identifier} 不在日志内")
            elif index is not None and known[identifier] != index:
                wrong.append(f"{identifier} 曾被告知为第 {index} 条，现为第 {known[identifier]} 条")
        if sorted(index for index in known.values() if index is not None) != list(range(now.sizes["sha256"])):
            wrong.append("序号有缺漏或者重复")
        wrong += [f"{each.file}：{each.problem}" for each in log.check()]
        outcome.acknowledged, outcome.entries = len(acknowledged), len(known)
        outcome.told_fixed = sum(index is not None for index in acknowledged.values())
        outcome.published = _check_published(log, wrong)


def _check_published(log: EvidenceLog, wrong: list[str]) -> int:
    """Every checkpoint that was ever shown to others is a beginning of the log."""
    store, cosigs, count = Store(Folder(log.folder.log)), Cosigs(log.folder.path / FILE), 0
    for suite in log.folder.suites:
        size = 0
        while published := cosigs.earliest_covering(suite, size):
            if store.root(TREES[suite], published.size) != published.root:
                wrong.append(f"{suite} 第 {published.size} 条处发布的检查点不是现有日志的前段")
            size, count = published.size, count + 1
    cosigs.close()
    return count


def _put_for_ever(folder: Path) -> None:
    """Put records, each with a file of its own; say so, and once more when they are in the log."""
    with EvidenceLog.open(folder) as log:
        while True:
            burst = [_put(log) for _ in range(BURST)]
            for identifier in burst:
                print(identifier, flush=True)
            for entry in log.entries(newest_first=True, limit=4 * BURST):
                if entry.index is not None:
                    print(entry.id, entry.index, flush=True)
            time.sleep(0.01)


def _put(log: EvidenceLog) -> str:
    identifier = ulid.new(int(time.time()), os.urandom)
    manifest = Manifest(Kind.MATERIAL, identifier, OFFICE, name=f"{identifier}.txt")
    content = io.BytesIO(os.urandom(4096))
    return log.put(Kind.MATERIAL, manifest, content, now=int(time.time()), entropy=os.urandom).id


if __name__ == "__main__":
    _put_for_ever(Path(sys.argv[1]))
