"""An old copy of everything, put back while no witness answers, does not grow: only those outside can tell what it is."""

from __future__ import annotations

import io
import itertools
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import NAMES, Neighbour, Office, entropy
from small_offices import material
from test_seal_intake import Served, from_device

from jianwei.seal import devices, standing
from jianwei.seal.cosignature import cosigned_at
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.note import Signature
from jianwei.seal.permission import Permission, PermissionIncomplete
from jianwei.seal.policy import parse
from jianwei.seal.service import FORKED, STOPPED, Service
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.witness.judging import Answer
from jianwei.seal.witnessing.rounds import Witnessing
from jianwei.seal.witnessing.vouching import enough, is_fresh

SECONDS = 60
PERMISSION = Permission("甲某", "专网中断，预计三日")


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


class Running:
    """The service of a folder in a thread, its clock standing still."""

    def __init__(self, folder: Path, permission: Permission | None = None) -> None:
        self.stop, self.told, self.code = threading.Event(), list[str](), -1
        self.folder = folder
        self.service = Service(
            folder, clock=lambda: NOW, entropy=entropy, tell=self.told.append, stop=self.stop, permission=permission
        )
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        self.code = self.service.run()

    def end(self) -> int:
        self.stop.set()
        self.thread.join()
        return self.code

    @property
    def state(self) -> str:
        return standing.service(self.folder, NOW).state


class Town:
    """An office with a vault and three witnesses in a thread each."""

    def __init__(self, place: Path) -> None:
        self.office = Office(place)
        self.path, self.place = self.office.path, place
        Vault.create(self.path, 0, entropy).close()
        self.witnesses = {name: Neighbour(place / name) for name in NAMES}
        self.office.joined({name: each.url for name, each in self.witnesses.items()})
        self.numbers = itertools.count()
        self.silent: set[str] = set()
        self.running: list[Running] = []

    def start(self, permission: Permission | None = None) -> Running:
        self.running.append(Running(self.path, permission))
        return self.running[-1]

    def silence(self, *names: str) -> None:
        for name in set(names) - self.silent:
            self.witnesses[name].stop()
        self.silent |= set(names)

    def answer(self, *names: str) -> None:
        for name in self.silent & set(names):
            self.witnesses[name].start()
        self.silent -= set(names)

    def put(self) -> str:
        said = material(next(self.numbers))
        with EvidenceLog.open(self.path) as log:
            return log.put(said.kind, said, io.BytesIO(said.id.encode()), now=NOW, entropy=entropy).id

    def index(self, identifier: str) -> int | None:
        with EvidenceLog.open(self.path) as log:
            return log.entry(identifier).index

    def index_of_event(self) -> int | None:
        with EvidenceLog.open(self.path) as log:
            return next((each.index for each in log.entries(kinds=(Kind.KEY_EVENT,))), None)

    def size(self) -> int:
        with EvidenceLog.open(self.path) as log:
            return log.status(NOW).sizes["sha256"]

    def witnessed(self) -> None:
        """All that was put in is in the log and signed by everybody who answers."""
        running = self.start()
        with EvidenceLog.open(self.path) as log:
            until(lambda: not log.status(NOW).waiting and not log.status(NOW).unwitnessed)
        assert running.end() == STOPPED

    def old_copy_put_back(self) -> None:
        """Log, vault, cosignatures, all of it; it was witnessed when it was made, and three entries came after it."""
        self.put()
        self.witnessed()
        shutil.copytree(self.path, self.place / "copy")
        for _ in range(3):
            self.put()
        self.witnessed()
        shutil.rmtree(self.path)
        (self.place / "copy").rename(self.path)

    def close(self) -> None:
        for each in self.running:
            each.end()
        self.silence(*NAMES)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_old_copy_of_everything_does_not_grow_while_witnesses_are_silent_and_is_found_out_when_one_is_back(
    town: Town,
) -> None:
    town.old_copy_put_back()
    town.silence(*NAMES)
    before = bytes_of(town.path / "log")
    running = town.start()
    until(lambda: running.state == "awaiting")
    waiting = town.put()
    time.sleep(0.5)  # many a drain
    with EvidenceLog.open(town.path) as log:
        status, state = log.status(NOW), log.state(waiting)
    assert (status.sizes["sha256"], status.waiting, state.name) == (1, 1, "received")
    assert any("等待见证方答复后写入" in each and "自 2026年" in each for each in status.alarms)
    town.answer("court")
    until(lambda: not running.thread.is_alive())
    assert running.code == FORKED and "分叉" in running.told[-1] and running.state == "forked"
    assert bytes_of(town.path / "log") == before, "nothing was signed that nobody saw"
    assert town.index(waiting) is None


def test_stopped_while_it_waits_it_writes_nothing_on_its_way_out(town: Town) -> None:
    town.old_copy_put_back()
    town.silence(*NAMES)
    town.put()
    running = town.start()
    until(lambda: running.state == "awaiting")
    assert running.end() == STOPPED
    assert town.size() == 1


def test_the_true_log_goes_on_by_itself_when_a_witness_is_back(town: Town) -> None:
    town.put()
    town.witnessed()
    town.silence(*NAMES)
    running = town.start()
    waiting = town.put()
    until(lambda: running.state == "awaiting")
    town.answer("police")
    until(lambda: town.index(waiting) == 1)
    assert running.state == "running" and running.end() == STOPPED
    with EvidenceLog.open(town.path) as log:
        assert not list(log.check())


def test_the_first_start_of_a_log_waits_too_and_then_goes_on(town: Town) -> None:
    """That it is new is known to nobody but those outside: an old copy may be an empty one."""
    town.silence(*NAMES)
    running, waiting = town.start(), town.put()
    until(lambda: running.state == "awaiting")
    town.answer("court")
    until(lambda: town.index(waiting) == 0)


def test_a_witness_without_which_a_quorum_was_possible_is_not_enough(town: Town) -> None:
    """``upper`` was not needed for a publication: it may have missed what police and court signed."""
    town.put()
    town.witnessed()
    shutil.copytree(town.path, town.place / "copy")
    town.silence("upper")
    town.put()
    town.witnessed()
    shutil.rmtree(town.path)
    (town.place / "copy").rename(town.path)
    town.silence(*NAMES)
    town.answer("upper")
    town.put()
    running = town.start()
    until(lambda: "未确认：police、court）" in standing.service(town.path, NOW).message)
    assert town.size() == 1 and running.state == "awaiting"
    town.answer("police")
    until(lambda: not running.thread.is_alive())
    assert running.code == FORKED and town.size() == 1


def test_an_answer_of_yesterday_says_nothing_of_today(town: Town) -> None:
    """Whoever sits between office and witness repeats what the witness once signed."""
    town.old_copy_put_back()
    with EvidenceLog.open(town.path) as log, Opened(town.path) as opened:
        kept = opened.publisher.cosigs.cosignatures("sha256", log.status(NOW).sizes["sha256"])
    for name, each in town.witnesses.items():
        old = Answer(200, kept[name].line.encode(), "")
        false = replace(each.witness)
        object.__setattr__(false, "add_checkpoint", lambda body, now, old=old: old)
        each.server.witness = false
    with Opened(town.path) as opened:
        silent = opened.startup_check(NOW + 601)
        assert "见证时间比本机早" in silent["sha256", "court"] and not opened.confirmed
        line = Signature.parse(kept["court"].line[:-1])
    at = cosigned_at(line.content)
    assert is_fresh(line, at + 600) and not is_fresh(line, at + 601)


class Opened:
    def __init__(self, path: Path) -> None:
        self._witnessing = Witnessing(path, SECONDS)

    def __enter__(self) -> Witnessing:
        return self._witnessing

    def __exit__(self, *_: object) -> None:
        self._witnessing.close()


@pytest.fixture(scope="module")
def witnesses(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The lines of a policy that name three."""
    text = Office(tmp_path_factory.mktemp("policy"), ("sha256",)).folder.policy("sha256").read_text()
    return "\n".join(line for line in text.splitlines() if not line.startswith(("group", "quorum")))


@pytest.mark.parametrize(
    ("quorum", "asked", "vouched", "expected"),
    [
        ("group g all police court\nquorum g", "police court upper", "", False),
        ("group g all police court\nquorum g", "police court upper", "upper", False),
        ("group g all police court\nquorum g", "police court upper", "court", True),
        ("group g 2 police court upper\nquorum g", "police court upper", "court", False),
        ("group g 2 police court upper\nquorum g", "police court upper", "court upper", True),
        ("group g any police court\nquorum g", "police court", "court", False),
        ("group g any police court\nquorum g", "police court", "police court", True),
        ("group g any police court\nquorum g", "police", "police", True),  # the court is reached by disc alone
        ("group g all police court\nquorum g", "police upper", "upper", False),
        ("quorum police", "police court", "court", False),
        ("quorum police", "police court", "police", True),
        ("quorum none", "police court", "", False),
        ("quorum none", "police court", "court", True),
        ("group g all police court\nquorum g", "", "", True),
    ],
)
def test_how_many_must_vouch(witnesses: str, quorum: str, asked: str, vouched: str, expected: bool) -> None:
    policy = parse(f"{witnesses}\n{quorum}\n".encode())
    assert enough(policy, set(asked.split()), set(vouched.split())) is expected


def test_a_person_may_let_it_write_and_the_log_says_who_and_why(town: Town) -> None:
    town.put()
    town.witnessed()
    town.silence(*NAMES)
    running = town.start(PERMISSION)
    until(lambda: town.index_of_event() is not None)
    with EvidenceLog.open(town.path) as log:
        [event] = log.entries(kinds=(Kind.KEY_EVENT,))
        alarms = log.status(NOW).alarms
    assert event.index == 1 and event.manifest and event.manifest.note == PERMISSION.reason
    assert event.manifest.event == {
        "what": "written-unconfirmed", "by": "甲某", "size": "1", "silent": "police、court、upper",
    }  # fmt: skip
    assert running.state == "unconfirmed" and any("甲某" in each and "未经见证方确认" in each for each in alarms)
    town.answer("police")
    until(lambda: running.state == "running")
    assert running.end() == STOPPED
    with EvidenceLog.open(town.path) as log:
        assert not list(log.check())


def test_a_permission_is_not_used_where_witnesses_answer_and_stops_no_fork(town: Town) -> None:
    town.old_copy_put_back()
    running = town.start(PERMISSION)
    until(lambda: not running.thread.is_alive())
    assert running.code == FORKED and town.size() == 1
    with EvidenceLog.open(town.path) as log:
        assert not log.entries(kinds=(Kind.KEY_EVENT,))


def test_a_permission_has_a_name_and_a_reason() -> None:
    for by, reason in (("", "断网"), ("甲某", " "), ("甲某", "一\n二")):
        with pytest.raises(PermissionIncomplete):
            Permission(by, reason)


def test_a_device_is_told_and_keeps_its_record(town: Town) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder = LogFolder(town.path)
    folder.change(replace(folder.settings, listen=f"127.0.0.1:{port}"))
    devices.enrol(town.path, "记录仪", "token")
    town.silence(*NAMES)
    running = town.start()
    until(lambda: running.state == "awaiting")
    with EvidenceLog.open(town.path) as log:
        served, manifest = Served(log, port), from_device(1, "记录仪")
        until(lambda: answers(port))
        status, told = served.post(manifest.encode(), "token")
        assert status == 503 and "等待见证方答复后写入" in str(told["error"]) and not log.entries()
        town.answer("court")
        until(lambda: running.state == "running")
        assert served.post(manifest.encode(), "token") == (200, {"id": manifest.id, "index": 0})


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


def test_where_all_sign_by_disc_the_log_goes_on_and_says_what_it_cannot_know(town: Town) -> None:
    town.office.joined({})
    waiting = town.put()
    running = town.start()
    until(lambda: town.index(waiting) == 0)
    assert any(".tlhead" in each for each in running.told) and running.state == "running"
