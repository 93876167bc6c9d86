"""The whole table."""

from __future__ import annotations

import shutil
from pathlib import Path

from jianwei.seal.bench import files, log, network, witness
from jianwei.seal.bench.measuring import Say, line


def report(entries: int, work: Path, say: Say) -> None:
    """Measure everything with logs of ``entries`` in a folder below ``work`` that is removed again."""
    place = work / "seal"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        best = log.limits(place)
        line(say, "本机：追加 76 字节并 fdatasync", best.syncs, "次/秒")
        for name, rate in best.nodes.items():
            line(say, f"本机：{name} 节点哈希，一个线程", rate, "个/秒")
        files.report(say, place, best)
        network.report(say, place, best)
        witness.report(say, place, best)
        log.trees(say, place, entries, best)
    finally:
        shutil.rmtree(place, ignore_errors=True)
