"""Appointing witnesses: whom the policy asks, where they are, and what the log is told of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, filled

from jianwei.seal import policy, rotating
from jianwei.seal.cosignature import Sm2WitnessKey, WitnessKey
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.trust import Party, appoint
from jianwei.seal.witness.folder import create


@pytest.fixture
def log(tmp_path: Path) -> EvidenceLog:
    return filled(tmp_path / "office", 2)


def party(place: Path, name: str, seed: int, url: str | None = None) -> Party:
    return Party(name, tuple(create(place / name, f"{name}.example/w", [], chance(seed), ["ed25519", "sm2"])), url)


def rules(log: EvidenceLog, suite: str) -> policy.Policy:
    return policy.parse(log.folder.policy(suite).read_bytes())


def test_who_is_appointed_is_asked_in_either_tree_by_a_key_of_its_kind(log: EvidenceLog, tmp_path: Path) -> None:
    parties = [party(tmp_path, "公安局", 1, "http://10.0.0.1:8443"), party(tmp_path, "法院", 2)]
    appoint(log, parties, ["公安局", "法院"], now=NOW, entropy=chance(9))
    for suite, kind in (("sha256", WitnessKey), ("sm3", Sm2WitnessKey)):
        said = rules(log, suite)
        assert {name: type(key) for name, key in said.witnesses.items()} == {"公安局": kind, "法院": kind}
        assert [key.vkey for key in said.logs] == [log.folder.verifier(suite).vkey]
        assert said.met_by({"公安局", "法院"}) and not said.met_by({"公安局"}) and not said.met_by({"法院"})
    assert LogFolder(log.folder.path).settings.witness_urls == {"公安局": "http://10.0.0.1:8443"}


def test_the_log_is_told_the_very_policy(log: EvidenceLog, tmp_path: Path) -> None:
    told = appoint(log, [party(tmp_path, "法院", 2)], ["法院"], now=NOW, entropy=chance(9))
    drain(log)
    assert [log.entry(each.id).index for each in told] == [2, 3]
    for suite, each in zip(log.folder.suites, told, strict=True):
        content = log.folder.policy(suite).read_bytes()
        assert each.kind is Kind.KEY_EVENT and each.manifest
        assert each.manifest.event == {
            "what": "policy", "suite": suite, "sha256": hashlib.sha256(content).hexdigest(), "policy": content.decode(),
        }  # fmt: skip
    assert list(log.check()) == []


def test_an_appointment_takes_the_place_of_the_one_before(log: EvidenceLog, tmp_path: Path) -> None:
    appoint(log, [party(tmp_path, "公安局", 1, "http://10.0.0.1:1")], ["公安局"], now=NOW, entropy=chance(9))
    appoint(log, [party(tmp_path, "法院", 2, "http://10.0.0.2:2")], [], now=NOW, entropy=chance(10))
    assert LogFolder(log.folder.path).settings.witness_urls == {"法院": "http://10.0.0.2:2"}
    for suite in log.folder.suites:
        assert list(rules(log, suite).witnesses) == ["法院"] and rules(log, suite).quorum == "none"
    drain(log)
    assert len(log.entries(kinds=(Kind.KEY_EVENT,))) == 4 and list(log.check()) == []


def test_the_keys_a_log_had_before_stay_with_the_sizes_they_signed(log: EvidenceLog, tmp_path: Path) -> None:
    appoint(log, [party(tmp_path, "公安局", 1)], ["公安局"], now=NOW, entropy=chance(9))
    first = log.folder.verifier("sha256").vkey
    rotating.begin(log, "sha256", "按年度更换", now=NOW, entropy=chance(50))
    drain(log)
    rotating.finish(log, "sha256", "更换完毕", now=NOW, entropy=chance(51))
    drain(log)
    before = rules(log, "sha256")
    appoint(log, [party(tmp_path, "法院", 2)], ["法院"], now=NOW, entropy=chance(10))
    after = rules(log, "sha256")
    assert [key.vkey for key in after.logs] == [first, log.folder.verifier("sha256").vkey]
    assert sorted(map(str, after.sizes.values())) == sorted(map(str, before.sizes.values())) and len(after.sizes) == 2
