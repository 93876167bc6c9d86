"""An office's log as it is used: files hashed, kept and fixed, bundled, verified by the stand-alone program."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from jianwei.seal.bench.log import Limits
from jianwei.seal.bench.measuring import Say, at, line, seconds
from jianwei.seal.evidence_log import EvidenceLog, Settings
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.hashing import digests
from jianwei.seal.vault.manifest import Collected, Manifest

ORIGIN = "bench.example/evlog/000000"
NOW = 1_772_328_600
FILES = 300
_LARGE = 256 << 20
VERIFIER = Path(__file__).parents[1] / "verifier" / "verify.py"


def manifest(number: int, **more: object) -> Manifest:
    said = {"name": f"材料{number}.bin", "case_ref": "测量", "collected": Collected(place="现场", by=("甲", "乙"))}
    return Manifest(Kind.MATERIAL, ulid.new(NOW, os.urandom), "000000", **{**said, **more})  # type: ignore[arg-type]


def create(folder: Path, **settings: object) -> EvidenceLog:
    """A log without witnesses: ``quorum none``."""
    log = EvidenceLog.create(folder, Settings(ORIGIN, "000000", reserve_bytes=0, **settings), os.urandom)  # type: ignore[arg-type]
    for suite in log.folder.suites:
        log.folder.policy(suite).write_text(f"log {log.folder.verifier(suite).vkey}\nquorum none\n")
    return log


def report(say: Say, place: Path, best: Limits) -> None:
    large = os.urandom(_LARGE)
    both = _LARGE / seconds(lambda: digests(io.BytesIO(large))) / 1e6
    slower = min(best.bulk.values())
    say(f"只算一种哈希，一个线程　SHA-256 {best.bulk['sha256']:,.0f} MB/秒，SM3 {best.bulk['sm3']:,.0f} MB/秒")
    line(say, "一个文件同时算两种哈希", both, "MB/秒", slower, "较慢的一种")
    with create(place / "files") as log:
        spent = seconds(lambda: log.put(Kind.MATERIAL, manifest(0), io.BytesIO(large), now=NOW, entropy=os.urandom))
        line(say, "收下一个大文件（哈希、加密、落盘）", _LARGE / spent / 1e6, "MB/秒", slower, "SM3")
        times = [
            seconds(lambda n=n: log.put(Kind.MATERIAL, manifest(n), io.BytesIO(os.urandom(1024)), now=NOW, entropy=os.urandom))  # type: ignore[misc]
            for n in range(1, FILES)
        ]  # fmt: skip
        line(say, "逐个收下 1 KB 的文件，各自持久", len(times) / sum(times), "个/秒", best.syncs, "每秒 fsync")
        say(f"收下 1 KB 的文件　中位 {at(times, 0.5):.2f} 毫秒，99% {at(times, 0.99):.2f} 毫秒")
        with log.writer(NOW) as writer:
            writer.drain(NOW)
        count = len(log.entries(limit=FILES + 1))
        checked = seconds(lambda: _none(list(log.check())))
        size = _LARGE + FILES * 1024
        say(f"检查全部记录和原件　{count} 条、{size / 1e6:.0f} MB：{checked:.2f} 秒")
        _bundles(say, place, log)


def _none(findings: list[object]) -> None:
    assert not findings, findings


def _bundles(say: Say, place: Path, log: EvidenceLog) -> None:
    small = log.entries(after=1, limit=50)
    target = place / "x.evb"
    times = []
    for entry in small:
        with target.open("w+b") as out:
            times.append(seconds(lambda e=entry, o=out: log.bundle(e.id, o, allow_fixed=True)))  # type: ignore[misc]
    with io.BytesIO() as original, target.open("rb") as bundle:
        original.write(bundle.read())
        over = original.tell() - 1024
    say(f"证据包　制作中位 {at(times, 0.5):.2f} 毫秒；除原件外 {over:,} 字节")
    policies = [str(log.folder.policy(suite)) for suite in log.folder.suites]
    command = [
        sys.executable,
        str(VERIFIER),
        str(target),
        "--policy",
        policies[0],
        "--policy-sm",
        policies[-1],
        "--json",
    ]
    verdict = subprocess.run(command, capture_output=True, check=False)
    assert b'"ok": true' in verdict.stdout or b'"ok":true' in verdict.stdout, verdict.stdout[-400:]
    spent = [seconds(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(10)]
    empty = [seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=False)) for _ in range(10)]
    say(f"verify.py 核验（整个进程，两棵树）　中位 {at(spent, 0.5):.0f} 毫秒，其中启动解释器 {at(empty, 0.5):.0f} 毫秒")
