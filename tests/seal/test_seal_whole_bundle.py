"""From a file to a verdict: a record is fixed, seen by witnesses, stamped by an authority, given out, and verified."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from an_office import NAMES, ORIGIN, RULES, Neighbour
from both_verifiers import failed, judged

from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import Settings
from jianwei.seal.note import parse
from jianwei.seal.stamping.asking import request
from jianwei.seal.stamping.local_authority import LocalAuthority
from jianwei.seal.time_proofs import TimeProof, TimeProofs
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Collected, Manifest
from jianwei.seal.verifier.differential.subjects import Case
from jianwei.seal.witness import folder as witness_folder
from jianwei.seal.witnessing.cosigs import FILE, Cosigs
from jianwei.seal.witnessing.rounds import Witnessing

FILM = bytes(range(256)) * 5000


class Fixed:
    """An office with one record in its log."""

    def __init__(self, place: Path) -> None:
        self.place, self.path = place, place / "office"
        self.now = int(time.time())  # the authority takes the machine's clock, so the others must
        self.log = EvidenceLog.create(self.path, Settings(ORIGIN, "某区人民检察院", ("sha256", "sm3")), os.urandom)
        suites = self.log.folder.suites
        vkeys = [self.log.folder.verifier(suite).vkey for suite in suites]
        keys = {
            name: witness_folder.create(place / name, f"{name}.example/w", vkeys, os.urandom, ["ed25519", "sm2"])
            for name in NAMES
        }
        for position, suite in enumerate(suites):
            lines = [f"log {vkeys[position]}", *(f"witness {name} {keys[name][position]}" for name in NAMES), RULES]
            self.log.folder.policy(suite).write_text("\n".join(lines))
        collected = Collected(None, "甲市看守所", "同步录音录像", ("王某", "李某"))
        manifest = Manifest(
            Kind.MATERIAL,
            ulid.new(self.now, os.urandom),
            "110105",
            "甲检刑诉受〔2026〕153号",
            name="讯问录像.mp4",
            collected=collected,
        )
        self.entry = self.log.put(Kind.MATERIAL, manifest, io.BytesIO(FILM), now=self.now, entropy=os.urandom)
        with self.log.writer(self.now) as writer:
            assert writer.drain(self.now) == 1

    def witness(self) -> None:
        neighbours = {name: Neighbour(self.place / name, self.now) for name in NAMES}
        settings = self.log.folder.settings
        self.log.folder.change(replace(settings, witness_urls={name: each.url for name, each in neighbours.items()}))
        rounds = Witnessing(self.path)
        rounds.step(self.now)
        rounds.close()
        for each in neighbours.values():
            each.stop()

    def stamp(self, authority: LocalAuthority) -> None:
        newest = Cosigs(self.path / FILE).newest("sha256")
        assert newest
        token = authority.answer(request(newest.note, 7))
        TimeProofs(self.path / FILE).keep_token(TimeProof(newest.size, token, self.now, "演示时间戳"))

    def case(self, *, allow_fixed: bool = False) -> Case:
        out = io.BytesIO()
        self.log.bundle(self.entry.id, out, allow_fixed=allow_fixed)
        policy = self.log.folder.policy
        return Case(out.getvalue(), policy("sha256").read_bytes(), policy("sm3").read_bytes(), None, self.now + 5)


@pytest.fixture
def fixed(tmp_path: Path) -> Iterator[Fixed]:
    office = Fixed(tmp_path)
    yield office
    office.log.close()


def test_what_the_office_gives_out_is_what_both_verifiers_take(fixed: Fixed, tmp_path: Path) -> None:
    assert failed(fixed.case(allow_fixed=True)) == "quorum"  # the office's own word is not enough
    fixed.witness()
    verdict = judged(fixed.case())
    facts = verdict["facts"]
    assert verdict["ok"] and facts["original"]["sha256"] == hashlib.sha256(FILM).hexdigest()
    for tree in (facts["log"], facts["sm"]):
        assert [(each["name"], each["at"]) for each in tree["witnesses"]] == [(name, fixed.now) for name in NAMES]
    assert verdict["warnings"] == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command")
def test_a_token_of_openssl_is_checked_against_its_signer_s_certificate(fixed: Fixed, tmp_path: Path) -> None:
    fixed.witness()
    authority = LocalAuthority(tmp_path / "authority")
    fixed.stamp(authority)
    case = fixed.case()
    assert any("时间戳签名未验证" in each for each in judged(case)["warnings"])
    signer = (authority.folder / "signer.pem").read_bytes()
    token = judged(replace(case, tsa_cert=signer))["facts"]["token"]
    assert abs(token["at"] - fixed.now) < 60
    assert failed(replace(case, tsa_cert=authority.root)) == "token"
    assert failed(replace(case, tsa_cert=b"no certificate")) == "token"


def test_what_the_office_publishes_is_a_note_as_verifiers_read_it(fixed: Fixed) -> None:
    fixed.witness()
    newest = Cosigs(fixed.path / FILE).newest("sha256")
    assert newest and len(parse(newest.note).signatures) == 4


def test_publications_that_are_gone_are_missed(fixed: Fixed) -> None:
    fixed.witness()
    assert list(fixed.log.check()) == []
    with sqlite3.connect(fixed.path / FILE) as db:
        db.execute("DELETE FROM publication")
    assert [one.file for one in fixed.log.check()] == ["published", "published.sm"]
