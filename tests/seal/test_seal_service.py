"""The service as it runs: fixed, witnessed and stamped within seconds; whatever ails others, the log goes on."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from small_offices import drain, filled, material

from jianwei.seal import attached, beside, demo, note, standing
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.evidence_log import EvidenceLog, NotYetWitnessed
from jianwei.seal.log_folder import FolderInvalid, LogFolder, write
from jianwei.seal.service import FAILED, FORKED, STOPPED, Service
from jianwei.seal.time_proofs import TimeProof, TimeProofs
from jianwei.seal.verifier import verify
from jianwei.seal.witnessing.cosigs import Cosigs, Publication
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.rounds import Witnessing
from jianwei.seal.writer import Writer

OFFICE = "110105"
SECONDS = 120


def until(what: Callable[[], object], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def answers(url: str) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", urlsplit(url).port or 0))


def now() -> int:
    return int(time.time())


class Running:
    """The service in a thread of this process."""

    def __init__(self, folder: Path) -> None:
        self.stop, self.told, self.code = threading.Event(), list[str](), -1
        clock, tell = now, self.told.append
        self.service = Service(folder, clock=clock, entropy=os.urandom, tell=tell, stop=self.stop)
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        self.code = self.service.run()

    def end(self) -> int:
        self.stop.set()
        self.thread.join()
        return self.code


@pytest.fixture
def home(tmp_path: Path) -> Path:
    demo.found(tmp_path, [OFFICE], os.urandom)
    return tmp_path


@pytest.fixture
def service(home: Path) -> Iterator[Running]:
    """Without any of the outside parties."""
    running = Running(home / "seal" / OFFICE)
    until(lambda: any("已启动" in each for each in running.told))
    yield running
    running.end()


def put(log: EvidenceLog, number: int = 0) -> str:
    said = material(number)
    return log.put(said.kind, said, io.BytesIO(b"content"), now=now(), entropy=os.urandom).id


def test_a_record_is_fixed_witnessed_and_stamped_and_an_outsider_can_verify_it(home: Path) -> None:
    with beside.running(home), EvidenceLog.open(home / "seal" / OFFICE) as log:
        identifier = put(log)
        until(lambda: log.state(identifier).name == "stamped")
        steps = {(step.name, step.tree): step for step in log.state(identifier).steps}
        assert {name for name, _ in steps} == {"received", "fixed", "witnessed", "stamped"}
        assert ("witnessed", "sm3") in steps
        assert {each.name for each in steps["witnessed", "sha256"].by} >= set(demo.QUORUM)
        bundle = io.BytesIO()
        log.bundle(identifier, bundle)
        policies = [log.folder.policy(suite).read_bytes() for suite in ("sha256", "sm3")]
        verdict = verify.verify(bundle, *policies, now=now())
        assert verdict["ok"], verdict
        witnessed = steps["witnessed", "sha256"].at
        assert verdict["facts"]["log"]["quorum_at"] == witnessed
        status = log.status(now())
        assert (status.service.state, status.unwitnessed, status.waiting, status.alarms) == ("running", 0, 0, [])
        assert {each.name for each in status.witnesses} == set(demo.WITNESSES)
        assert not list(log.check())
        published = log.folder.path / "published"
        published.write_bytes(published.read_bytes().replace(b"fy.example", b"fz.example"))
        assert [each.file for each in log.check()] == ["published"]
    with EvidenceLog.open(home / "seal" / OFFICE) as log:
        assert log.status(now()).service.state == "stopped"


def test_the_earliest_stamped_publication_is_proved_though_later_ones_come(home: Path) -> None:
    with beside.running(home), EvidenceLog.open(home / "seal" / OFFICE) as log:
        first = put(log)
        until(lambda: log.state(first).name == "stamped")
        before = log.proof(first).encode()
        second = put(log, 1)
        until(lambda: log.state(second).name == "stamped")
        assert log.proof(first).encode() == before


def test_a_second_start_keeps_every_key_and_what_was_witnessed(home: Path) -> None:
    def keys() -> dict[str, bytes]:
        files = [*home.glob("seal/*/keys/*"), *home.glob("seal-demo/*/keys/*"), *home.glob("seal/*/policy*")]
        return {str(path): path.read_bytes() for path in files}

    before = keys()
    with beside.running(home), EvidenceLog.open(home / "seal" / OFFICE) as log:
        identifier = put(log)
        until(lambda: log.state(identifier).name in ("witnessed", "stamped"))
    demo.found(home, [OFFICE, "110101"], os.urandom)
    assert {path: content for path, content in keys().items() if path in before} == before
    with beside.running(home), EvidenceLog.open(home / "seal/110101") as log:
        identifier = put(log)
        until(lambda: log.state(identifier).name in ("witnessed", "stamped"))


def test_a_log_of_the_office_s_own_is_no_demonstration(home: Path) -> None:
    own = LogFolder(home / "seal" / OFFICE)
    (home / "seal-demo/offices.json").unlink()
    own.policy("sha256").unlink()
    demo.found(home, [OFFICE], os.urandom)
    assert not own.policy("sha256").exists()
    assert demo.offices(home) == []


def test_without_witnesses_records_are_fixed_and_not_called_proved(home: Path, service: Running) -> None:
    with EvidenceLog.open(home / "seal" / OFFICE) as log:
        entry = log.wait_fixed(put(log), SECONDS)
        assert log.state(entry.id).name == "fixed"
        with pytest.raises(NotYetWitnessed):
            log.proof(entry.id)
        assert log.proof(entry.id, allow_fixed=True).index == 0
        with pytest.raises(NotYetWitnessed):
            log.bundle(entry.id, io.BytesIO())
        bundle = io.BytesIO()
        log.bundle(entry.id, bundle, allow_fixed=True)
        verdict = verify.verify(bundle, log.folder.policy("sha256").read_bytes(), now=now())
        assert (verdict["ok"], verdict["step"]) == (False, "quorum")
        status = log.status(now() + 25 * 3600)
        assert any("未获足够见证" in each for each in status.alarms)
    assert service.end() == STOPPED


def test_a_policy_written_while_it_runs_is_followed(home: Path) -> None:
    folder = home / "seal" / OFFICE
    policy = (folder / "policy.txt").read_bytes()
    (folder / "policy.txt").unlink()
    with beside.running(home), EvidenceLog.open(folder) as log:
        identifier = put(log)
        log.wait_fixed(identifier, SECONDS)
        write(folder / "policy.txt", policy)
        until(lambda: log.state(identifier).name in ("witnessed", "stamped"))


def test_an_error_in_writing_ends_it_and_says_so(home: Path, service: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise OSError(5, "输入输出错误")

    monkeypatch.setattr(Writer, "drain", broken)
    until(lambda: not service.thread.is_alive())
    assert service.code == FAILED
    with EvidenceLog.open(home / "seal" / OFFICE) as log:
        assert log.status(now()).service.state == "failed"
        assert "输入输出错误" in log.status(now()).alarms[0]


def test_a_log_that_lost_what_was_witnessed_is_not_written_again(home: Path) -> None:
    """Attack 21: the operator puts an older copy back, vault and all, and starts anew."""
    folder = home / "seal" / OFFICE
    with EvidenceLog.open(folder) as log, log.writer(now()) as writer:
        put(log)
        writer.drain(now())
        put(log, 2)  # waits still, in the copy
    shutil.copytree(folder, home / "copy")
    with beside.running(home), EvidenceLog.open(folder) as log:
        lost = put(log, 1)
        until(lambda: log.state(lost).name in ("witnessed", "stamped"))
    settings = (folder / "log.json").read_bytes()
    shutil.rmtree(folder)
    (home / "copy").rename(folder)
    write(folder / "log.json", settings)
    words = [each for each in demo.processes(home) if "witness" in each.words[0]]
    with attached.running(words):
        until(lambda: all(map(answers, LogFolder(folder).settings.witness_urls.values())))
        running = Running(folder)
        until(lambda: not running.thread.is_alive())
    assert running.code == FORKED
    assert "分叉" in running.told[-1]
    with EvidenceLog.open(folder) as log:
        assert log.status(now()).service.state == "forked"
        assert (log.status(now()).sizes["sha256"], log.status(now()).waiting) == (1, 1)


def test_after_a_fork_is_found_nothing_more_is_written(
    home: Path, service: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, late = threading.Event(), []
    end, drain = Service._end, Writer.drain

    def watched_end(*words: Any) -> None:
        end(*words)
        ended.set()

    def watched_drain(*words: Any) -> int:
        late.append(ended.is_set())
        return drain(*words)

    def forked(*_: object) -> None:
        raise Forked([], "…-2")

    monkeypatch.setattr(Service, "_end", watched_end)
    monkeypatch.setattr(Writer, "drain", watched_drain)
    monkeypatch.setattr(Witnessing, "step", forked)
    until(lambda: not service.thread.is_alive())
    assert service.code == FORKED
    assert True not in late


def test_a_proof_prefers_the_first_stamped_publication(tmp_path: Path) -> None:
    """Two were published, the later one was stamped: its time is proved by one more party."""
    log = filled(tmp_path / "log", 1)
    cosigs, times = Cosigs(tmp_path / "log/cosigs.db"), TimeProofs(tmp_path / "log/cosigs.db")
    for size in (1, 2, 3):
        whole = (tmp_path / "log/log/checkpoint").read_bytes()
        head = Checkpoint.parse(note.parse(whole).text)
        cosigs.publish("sha256", Publication(size, head.root, whole, size))
        put(log, 10 + size)
        drain(log)
    first = log.entries()[0].id

    def proved() -> int:
        return Checkpoint.parse(log.proof(first).checkpoint.text).size

    assert proved() == 1
    times.keep_token(TimeProof(2, b"token", 100, "authority"))
    assert proved() == 2
    times.keep_token(TimeProof(3, b"token", 200, "authority"))
    assert proved() == 2


def test_there_is_one_service_for_a_log(home: Path, service: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianwei.seal.service.BUSY_SECONDS", 0.3)
    other = Running(home / "seal" / OFFICE)
    until(lambda: not other.thread.is_alive())
    assert other.code == FAILED
    assert "另一个进程" in other.told[-1]
    assert service.thread.is_alive()
    assert standing.service(home / "seal" / OFFICE, now()).state == "running"


def test_a_service_that_was_killed_is_known_by_its_silence(tmp_path: Path) -> None:
    standing.say(tmp_path, "running", "", 1000)
    standing.stay(tmp_path, 1000)
    assert standing.service(tmp_path, 1000 + standing.SILENT_SECONDS).state == "running"
    assert standing.service(tmp_path, 1001 + standing.SILENT_SECONDS).state == "absent"
    (tmp_path / "service.json").write_text(json.dumps({"state": 1}))
    assert standing.service(tmp_path, 1000).state == "absent"


def test_settings_that_must_not_change_do_not(home: Path) -> None:
    folder = LogFolder(home / "seal" / OFFICE)
    folder.change(replace(folder.settings, witness_urls={"公安局": "http://127.0.0.1:1"}))
    assert LogFolder(folder.path).settings.witness_urls == {"公安局": "http://127.0.0.1:1"}
    with pytest.raises(FolderInvalid):
        folder.change(replace(folder.settings, suites=("sha256",)))
