"""A record of any kind leaves the house as a bundle that the stand-alone verifier reads."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, filled, found, material, put

from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.trust import policy_text
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Manifest, Reference, Root
from jianwei.seal.verifier import verify

ELSEWHERE = Reference(7, "a" * 64, "接收", "ga.example/evlog/1")
ROOT = Root("e" * 64, 120, "2026-03-01T08:00:00+08:00", "2026-03-01T09:00:00+08:00", "操作审计")


def said(kind: Kind, **fields: object) -> Manifest:
    return Manifest(kind, ulid.new(NOW, chance(500 + kind)), "110105", **fields)  # type: ignore[arg-type]


def verdict(log: EvidenceLog, identifier: str) -> dict[str, object]:
    bundle = io.BytesIO()
    log.bundle(identifier, bundle, allow_fixed=True)
    policies = [policy_text(f"log {log.folder.verifier(suite).vkey}", {}, ()).encode() for suite in ("sha256", "sm3")]
    return verify.verify(bundle, *policies, now=NOW)


@pytest.mark.parametrize(
    "manifest",
    [
        said(Kind.TRANSFER, note="移送：法院"),
        said(Kind.RECEIPT, prev=(ELSEWHERE,), note="核验通过。"),
        said(Kind.KEY_EVENT, event={"what": "policy", "policy": "log a\nquorum none\n"}),
        said(Kind.AUDIT_ROOT, root=ROOT),
        said(Kind.VERIFICATION, note="核验通过。"),
        said(Kind.EXCHANGE, note="交换包"),
    ],
    ids=lambda each: each.kind.title,
)
def test_a_record_without_a_file(tmp_path: Path, manifest: Manifest) -> None:
    log = found(tmp_path / "log")
    put(log, manifest)
    drain(log)
    told = verdict(log, manifest.id)
    assert told["ok"], told
    assert told["facts"]["kind"] == manifest.kind.title  # type: ignore[index]
    assert told["facts"]["sm"]  # type: ignore[index]


@pytest.mark.parametrize("size", [0, 1, (1 << 20) + 1])
def test_a_record_with_a_file(tmp_path: Path, size: int) -> None:
    log = found(tmp_path / "log")
    entry = put(log, material(), bytes(size))
    drain(log)
    assert verdict(log, entry.id)["ok"]


def test_a_correction_and_a_certificate_of_deletion(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 2)
    first, second = log.entries()
    corrected = log.correct(first.id, material(5, name=None), now=NOW, entropy=chance(5))
    erased = log.erase(second.id, order_no="1号", reason="封存", by=("甲",), now=NOW, entropy=chance(6))
    drain(log)
    for identifier in (corrected.id, erased.record.id, first.id):
        told = verdict(log, identifier)
        assert told["ok"], told
