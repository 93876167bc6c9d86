"""A witness as its operator has it: a folder, a process, a disc."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from a_witness import NOW, GrowingLog

from jianwei.seal import note
from jianwei.seal.cosignature import witness_key
from jianwei.seal.note import NoteSigner
from jianwei.seal.sequencer import SignedTree
from jianwei.seal.sm2 import PrivateKey
from jianwei.seal.store import Tree
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.witness import folder
from jianwei.seal.witness.disc import sign_file
from jianwei.seal.witness.folder import WitnessFolderInvalid

NATIONAL = [
    SignedTree(Tree(SHA256), NoteSigner("jcy.example/evlog/110105", b"L" * 32)),
    SignedTree(Tree(SM3, "sm/"), NoteSigner("jcy.example/evlog/110105/sm", PrivateKey(b"S" * 32)), "checkpoint.sm"),
]
VKEYS = [each.signer.verifier.vkey for each in NATIONAL]
DRAWN = iter(range(1, 255))


def entropy(count: int) -> bytes:
    return bytes((next(DRAWN),)) * count


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, list[str]]:
    return tmp_path / "w", folder.create(tmp_path / "w", "ga.example/w1", VKEYS, entropy, folder.SIGNS)


@pytest.fixture
def log() -> GrowingLog:
    log = GrowingLog(0, NATIONAL)
    for size in (5, 9):
        log.grow(size)
    return log


def test_each_tree_is_signed_with_the_keys_of_its_kind(made: tuple[Path, list[str]], log: GrowingLog) -> None:
    one = folder.open_witness(made[0])
    ours = [witness_key(vkey) for vkey in made[1]]
    for position, keys in ((0, ours[:2]), (1, ours[2:])):
        for old, size in ((0, 5), (5, 9)):
            request = log.asks(old, size, position)
            answer = one.add_checkpoint(request.encode(), NOW)
            whole = note.parse(request.note.encode() + answer.body)
            assert [key for key, _ in note.check(whole, ours)] == keys


def test_a_disc_put_in_twice_gets_the_same_lines(made: tuple[Path, list[str]], log: GrowingLog, tmp_path: Path) -> None:
    one = folder.open_witness(made[0])
    request = tmp_path / "110105.tlreq"
    request.write_bytes(log.asks(0, 5).encode())
    assert sign_file(one, request, NOW).status == 200
    lines = request.with_suffix(".tlcos").read_bytes()
    again = sign_file(one, request, NOW + 60)
    assert again.status == 200 and "原样" in again.told
    assert request.with_suffix(".tlcos").read_bytes() == lines
    request.write_bytes(log.asks(5, 9).encode())
    assert sign_file(one, request, NOW + 60).status == 200
    older = tmp_path / "older.tlreq"
    older.write_bytes(log.asks(0, 5).encode())
    told = sign_file(one, older, NOW + 90)
    assert told.status == 409 and "older.tlhead" in told.told
    assert note.parse(older.with_suffix(".tlhead").read_bytes()).text == log.notes[9][0].text
    assert not older.with_suffix(".tlcos").exists()
    older.write_bytes(b"x" * 200_000)
    assert sign_file(one, older, NOW + 90).status == 400


def test_a_witness_that_lost_its_memory_does_not_begin_anew(made: tuple[Path, list[str]]) -> None:
    (made[0] / "witness.db").unlink()
    with pytest.raises(WitnessFolderInvalid, match="从备份恢复"):
        folder.open_witness(made[0])


def test_a_folder_that_lacks_something_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WitnessFolderInvalid, match="不是见证方目录"):
        folder.open_witness(tmp_path)
    folder.create(tmp_path / "w", "ga.example/w1", VKEYS, entropy, ["ed25519"])
    with pytest.raises(WitnessFolderInvalid, match="sm3"):
        folder.open_witness(tmp_path / "w")
    (tmp_path / "w/witness.json").write_text('{"name": "fy.example/w1"}')
    with pytest.raises(WitnessFolderInvalid, match=r"属于“ga\.example"):
        folder.open_witness(tmp_path / "w")


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jianwei.seal.witness", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_witness_on_the_command_line(tmp_path: Path, log: GrowingLog) -> None:
    place = tmp_path / "w"
    told = run(place, "--new", "fy.example/w1", "--log", VKEYS[0], "--algorithms", "ed25519")
    assert told.returncode == 0 and witness_key(told.stdout.strip()).name == "fy.example/w1"
    request = tmp_path / "a.tlreq"
    request.write_bytes(log.asks(0, 5).encode())
    told = run(place, "--sign", request)
    assert told.returncode == 0 and "由 0 条到 5 条，已见证" in told.stdout
    told = run(place)
    assert "110105：见证到 5 条" in told.stdout and "检查点 0 个" in told.stdout
    told = run(place, "--add", NoteSigner("jcy.example/evlog/110106", b"6" * 32).verifier.vkey)
    assert told.returncode == 0 and "2 个日志" in told.stdout
    assert run(place, "--add", "x").returncode == 2 and len(folder.open_witness(place).logs) == 2
    assert "0 个日志" in run(place, "--accept-clock").stdout
    told = run(tmp_path, "--port", 0)
    assert told.returncode == 2 and "不是见证方目录" in told.stderr
