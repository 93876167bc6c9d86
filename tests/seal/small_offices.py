"""A small office's evidence log for the tests: its clock stands still, its chance follows from a seed."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from pathlib import Path

from jianwei.seal.evidence_log import Entry, EvidenceLog, Settings
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import CHINA, Collected, Manifest

NOW = 1_772_328_600
TAKEN_AT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=CHINA)
ORIGIN = "jcy.example/evlog/110105"


def chance(seed: int = 1) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes


def found(folder: Path, seed: int = 1, **settings: object) -> EvidenceLog:
    return EvidenceLog.create(folder, Settings(ORIGIN, "110105", reserve_bytes=0, **settings), chance(seed))  # type: ignore[arg-type]


def material(number: int = 0, **fields: object) -> Manifest:
    said = {
        "name": f"讯问笔录{number}.pdf",
        "media_type": "application/pdf",
        "category": "书证",
        "case_ref": "京朝检刑诉受〔2026〕1号",
        "collected": Collected(TAKEN_AT, "朝阳分局", "扣押", ("甲某", "乙某"), "丙某"),
    }
    return Manifest(Kind.MATERIAL, ulid.new(NOW, chance(1000 + number)), "110105", **{**said, **fields})  # type: ignore[arg-type]


def put(log: EvidenceLog, manifest: Manifest, content: bytes | None = None, seed: int = 7) -> Entry:
    """``content``: of the file; each manifest has its own unless one is given."""
    body = content if content is not None else f"正文 {manifest.id}".encode()
    stream = io.BytesIO(body) if manifest.name else None
    return log.put(
        manifest.kind, manifest, stream, now=NOW, entropy=chance(int.from_bytes(manifest.id.encode()) + seed)
    )


def filled(folder: Path, count: int) -> EvidenceLog:
    """A log whose first ``count`` materials are in it."""
    log = found(folder)
    for number in range(count):
        put(log, material(number))
    drain(log)
    return log


def drain(log: EvidenceLog) -> int:
    with log.writer(NOW) as writer:
        return writer.drain(NOW)
