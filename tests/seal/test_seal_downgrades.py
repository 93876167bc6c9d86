"""What is quietly taken away from the proofs is told: a witness, the quorum, a policy, a whole tree."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, found, material, put

from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.trust import Party, TrustInvalid, appoint
from jianwei.seal.witness.folder import create


@pytest.fixture
def log(tmp_path: Path) -> EvidenceLog:
    """With a policy that the log was told of."""
    made = found(tmp_path / "office")
    vkeys = [made.folder.verifier(suite).vkey for suite in made.folder.suites]
    parties = [
        Party(name, tuple(create(tmp_path / name, f"{name}.example/w", vkeys, chance(place), ["ed25519", "sm2"])))
        for place, name in enumerate(("police", "court"), 1)
    ]
    appoint(made, parties, ["police", "court"], now=NOW, entropy=chance(9))
    drain(made)
    return made


def findings(log: EvidenceLog) -> list[str]:
    return [f"{one.file} {one.problem}" for one in log.check()]


def alarms(log: EvidenceLog) -> str:
    return " ".join(log.status(NOW).alarms)


def test_as_it_was_set_up_nothing_is_said(log: EvidenceLog) -> None:
    assert findings(log) == []
    assert "策略" not in alarms(log) and "树" not in alarms(log)


@pytest.mark.parametrize("suite", ["sha256", "sm3"])
def test_a_quorum_that_was_lowered_is_found(log: EvidenceLog, suite: str) -> None:
    path = log.folder.policy(suite)
    path.write_text(path.read_text().replace("all police", "any police"))
    [one] = findings(log)
    assert path.name in one and "见证方" in one


def test_a_policy_that_asks_nobody_any_more_is_an_alarm(log: EvidenceLog) -> None:
    path = log.folder.policy("sha256")
    path.write_text(path.read_text().replace("quorum 外部", "quorum none"))
    assert len(findings(log)) == 1 and "不要求外部见证" in alarms(log)


def test_a_policy_that_was_taken_away_is_an_alarm(log: EvidenceLog) -> None:
    log.folder.policy("sm3").unlink()
    assert len(findings(log)) == 1 and "policy-sm.txt" in alarms(log)


def test_a_tree_that_was_taken_out_of_the_settings_is_an_alarm(log: EvidenceLog) -> None:
    path = log.folder.path / "log.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "suites": ["sha256"]}))
    with EvidenceLog.open(log.folder.path) as again:
        assert "log.json" in " ".join(findings(again)) and "sm3" in alarms(again)


def test_a_change_of_keys_is_no_change_of_who_must_sign(log: EvidenceLog) -> None:
    path = log.folder.policy("sha256")
    path.write_text("# 说明\n" + path.read_text().replace("log ", "#: sizes 0..\nlog ", 1))
    assert findings(log) == []


def test_a_witness_without_a_key_for_one_of_the_trees_is_not_appointed(log: EvidenceLog, tmp_path: Path) -> None:
    vkey = create(tmp_path / "one", "one.example/w", [], chance(7), ["ed25519"])
    before = {suite: log.folder.policy(suite).read_text() for suite in log.folder.suites}
    with pytest.raises(TrustInvalid, match="sm3"):
        appoint(log, [Party("one", tuple(vkey))], ["one"], now=NOW, entropy=chance(8))
    assert {suite: log.folder.policy(suite).read_text() for suite in log.folder.suites} == before


def test_a_bundle_no_witness_signed_says_so_first(log: EvidenceLog, tmp_path: Path) -> None:
    entry = put(log, material())
    drain(log)
    with (tmp_path / "x.evb").open("w+b") as out:
        log.bundle(entry.id, out, allow_fixed=True)
    with zipfile.ZipFile(tmp_path / "x.evb") as bundle:
        assert bundle.read("说明.txt").decode().startswith("【尚未见证】")
