"""When a publication gets its timestamp and its anchor: in its time, once, and never in the log's way."""

from __future__ import annotations

import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from chains import in_process
from small_offices import NOW, chance, drain, filled, material, put

from jianwei.seal import dating, note
from jianwei.seal.anchoring.chain import Chain, recursion_as_it_is
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.dating import REST_SECONDS, Anchoring, AnchorSettings, Stamping, StampSettings
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.log_folder import FolderInvalid
from jianwei.seal.stamping.asking import AuthorityUnreachable
from jianwei.seal.stamping.local_authority import LocalAuthority
from jianwei.seal.time_proofs import TimeProofs
from jianwei.seal.witnessing.cosigs import FILE, Cosigs, Publication


class Published:
    """A log that publishes what it fixes, as if the quorum had signed."""

    def __init__(self, place: Path) -> None:
        self.log: EvidenceLog = filled(place / "log", 1)
        self.cosigs, self.times = Cosigs(place / "log" / FILE), TimeProofs(place / "log" / FILE)
        self.publish()

    def publish(self) -> None:
        whole = (self.log.folder.log / "checkpoint").read_bytes()
        head = Checkpoint.parse(note.parse(whole).text)
        self.cosigs.publish("sha256", Publication(head.size, head.root, whole, NOW))

    def grow(self, number: int) -> None:
        put(self.log, material(number))
        drain(self.log)
        self.publish()


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return Published(tmp_path)


def test_a_stamp_is_asked_for_once_a_publication_and_not_more_often_than_allowed(
    tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("没有 openssl 命令")
    authority = LocalAuthority(tmp_path / "tsa")
    monkeypatch.setattr(dating, "by_http", lambda _: authority.answer)
    settings = StampSettings("http://tsa.example/", authority.root, None, 600)
    stamping = Stamping(settings, published.cosigs, published.times, "sha256", chance(1))
    now = int(time.time())
    first = stamping.step(now)
    assert first
    assert (first.size, abs(first.at - now) < 60) == (1, True)
    assert stamping.step(now + 3600) is None  # nothing new
    published.grow(2)
    assert stamping.step(now + 300) is None  # too soon
    second = stamping.step(now + 700)
    assert second
    assert second.size == 2
    entry = published.log.entries()[0]
    assert published.log.state(entry.id).name == "stamped"
    assert published.times.token(0) == first
    assert published.times.token(1) == second


@pytest.mark.parametrize(
    "change",
    ["at = at - 86400 * 365", "content = zeroblob(length(content))", "size = 5"],
)
def test_a_time_that_was_changed_beside_its_token_is_found(
    change: str, tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("没有 openssl 命令")
    authority = LocalAuthority(tmp_path / "tsa")
    monkeypatch.setattr(dating, "by_http", lambda _: authority.answer)
    folder = published.log.folder
    (folder.path / "root.pem").write_bytes(authority.root)
    folder.change(replace(folder.settings, stamp={"url": "http://tsa.example/", "roots": "root.pem"}))
    key = folder.verifier("sha256").vkey
    folder.policy("sha256").write_text(f"log {key}\nquorum none\n")
    settings = StampSettings("http://tsa.example/", authority.root, None, 600)
    assert Stamping(settings, published.cosigs, published.times, "sha256", chance(1)).step(int(time.time()))
    (folder.path / "published").write_bytes((folder.log / "checkpoint").read_bytes())
    assert list(published.log.check()) == []
    with sqlite3.connect(folder.path / FILE) as db:
        db.execute(f"UPDATE token SET {change}")
    assert [one.file for one in published.log.check()] == [FILE]


def test_an_authority_that_does_not_answer_is_left_alone_a_while(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def silent(content: bytes) -> bytes:
        asked.append(content)
        raise AuthorityUnreachable("没有答复")

    monkeypatch.setattr(dating, "by_http", lambda _: silent)
    authority = LocalAuthority(tmp_path / "tsa").root if shutil.which("openssl") else b""
    if not authority:
        pytest.skip("没有 openssl 命令")
    stamping = Stamping(StampSettings("", authority, None, 0), published.cosigs, published.times, "sha256", chance(1))
    with pytest.raises(AuthorityUnreachable):
        stamping.step(NOW)
    assert stamping.step(NOW + REST_SECONDS - 1) is None
    with pytest.raises(AuthorityUnreachable):
        stamping.step(NOW + REST_SECONDS)
    assert len(asked) == 2


def test_the_newest_publication_is_anchored_once_an_hour(
    tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recursion_as_it_is():
        pytest.importorskip("web3")
    with in_process() as (web3, keys):
        contract = Chain.deploy(web3, keys[0]).address
        key = tmp_path / "log/keys/anchor.key"
        key.touch(mode=0o600)
        key.write_text(keys[0].hex() + "\n")
        monkeypatch.setattr(dating, "connect", lambda _: web3)
        settings = {"url": "http://node.example", "contract": contract, "key": "keys/anchor.key"}
        folder = published.log.folder
        folder.change(replace(folder.settings, anchor=settings))
        read = AnchorSettings.of(folder)
        assert read
        assert (read.key, read.every_seconds) == (key, 3600)
        anchoring = Anchoring(read, published.cosigs, published.times, "sha256")
        first = anchoring.step(NOW)
        assert first
        assert first.size == 1
        published.grow(2)
        assert anchoring.step(NOW + 3599) is None
        second = anchoring.step(NOW + 3600)
        assert second
        assert second.size == 2
        published.grow(3)
        assert anchoring.step(NOW + 3601, at_once=True)
        entry = published.log.entries()[0]
        assert published.log.state(entry.id).name == "anchored"


@pytest.mark.parametrize(
    "said",
    [
        {"stamp": {"url": 1}},
        {"stamp": {"url": "http://x", "roots": "not-there.pem"}},
        {"stamp": {"url": "http://x", "roots": "log.json", "every_seconds": "600"}},
        {"anchor": {"url": "http://x"}},
        {"anchor": {"url": "http://x", "contract": "0x0", "key": "k", "every_seconds": "1"}},
    ],
)
def test_settings_that_cannot_be_followed_are_named(published: Published, said: dict[str, object]) -> None:
    folder = published.log.folder
    folder.change(replace(folder.settings, **said))  # type: ignore[arg-type]
    with pytest.raises(FolderInvalid):
        (StampSettings if "stamp" in said else AnchorSettings).of(folder)
