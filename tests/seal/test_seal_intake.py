"""Devices send records over HTTP: each is answered when it is in the log, and speaks for itself alone."""

from __future__ import annotations

import http.client
import io
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from small_offices import NOW, chance, found, material

from jianwei.seal import intake
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.proving import HeldElsewhere
from jianwei.seal.service import STOPPED, Service
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.manifest import Collected, Manifest

pytest.importorskip("uvicorn")

DEVICE, TOKEN = "执法记录仪07", "a token of a recorder"
HASHES = {"size": 7, "sha256": "ab" * 32, "sm3": "cd" * 32}


def from_device(number: int, device: str = DEVICE) -> Manifest:
    return material(number, collected=Collected(place="现场", device=device), held=device, **HASHES)


@dataclass
class Served:
    log: EvidenceLog
    port: int

    def post(self, body: bytes, token: str = TOKEN, path: str = "/entries") -> tuple[int, dict[str, object]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, {"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder, stop, told = tmp_path / "log", threading.Event(), list[str]()
    with found(folder, listen=f"127.0.0.1:{port}") as log:
        intake.enrol(folder, DEVICE, TOKEN)
        (folder / "policy.txt").write_text(f"log {log.folder.verifier('sha256').vkey}\nquorum none\n")
        (folder / "policy-sm.txt").write_text(f"log {log.folder.verifier('sm3').vkey}\nquorum none\n")
        service = Service(folder, clock=lambda: NOW, entropy=chance(5), tell=told.append, stop=stop)
        with ThreadPoolExecutor(1) as pool:
            ended = pool.submit(service.run)
            _until_open(port, ended)
            yield Served(log, port)
            stop.set()
            assert ended.result(timeout=20) == STOPPED, told


def _until_open(port: int, ended: object) -> None:
    for _ in range(500):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        threading.Event().wait(0.02)
    raise AssertionError("the service does not listen")


def test_a_record_is_answered_when_it_is_in_the_log(served: Served) -> None:
    manifest = from_device(1)
    assert served.post(manifest.encode()) == (200, {"id": manifest.id, "index": 0})
    assert served.log.entry(manifest.id).index == 0
    assert served.post(manifest.encode()) == (200, {"id": manifest.id, "index": 0}), "sent again it is the same"


def test_many_at_once_have_each_a_place(served: Served) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: served.post(from_device(n).encode()), range(200)))
    assert {status for status, _ in answers} == {200}
    assert sorted(int(str(answer["index"])) for _, answer in answers) == list(range(200))
    assert all(served.log.entry(str(answer["id"])).index == answer["index"] for _, answer in answers)
    assert list(served.log.check()) == []


def test_a_bundle_needs_the_file_that_is_elsewhere(served: Served, tmp_path: Path) -> None:
    served.post((manifest := from_device(1)).encode())
    with (tmp_path / "x.evb").open("wb") as out, pytest.raises(HeldElsewhere, match=DEVICE):
        served.log.bundle(manifest.id, out, allow_fixed=True)


def test_a_file_is_either_here_or_said_to_be_elsewhere(tmp_path: Path) -> None:
    with found(tmp_path) as log:
        for manifest, content in ((material(1, **HASHES), None), (material(2, held=DEVICE), b"content")):
            with pytest.raises(ManifestInvalid, match="held"):
                log.put(Kind.MATERIAL, manifest, content and io.BytesIO(content), now=NOW, entropy=chance(3))
        assert not log.entries()


def test_one_that_is_refused_spoils_no_other(served: Served) -> None:
    first = from_device(1)
    other = replace(from_device(2), id=first.id)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(served.post, [m.encode() for m in (first, other, from_device(3), from_device(4))]))
    assert sorted(status for status, _ in answers) == [200, 200, 200, 409]


@pytest.mark.parametrize(
    ("body", "token", "status"),
    [
        (from_device(1).encode(), "another", 401),
        (from_device(1, device="别的设备").encode(), TOKEN, 422),
        (material(1, **HASHES).encode(), TOKEN, 422),
        (b"{}", TOKEN, 422),
        (b" " * 70_000, TOKEN, 413),
    ],
    ids=["unknown token", "another device", "no device", "no manifest", "too long"],
)
def test_what_is_not_its_to_say_is_refused(body: bytes, token: str, status: int, served: Served) -> None:
    answered, told = served.post(body, token)
    assert answered == status
    assert told["error"]
    assert not served.log.entries()


def test_the_log_can_be_read_at_the_same_address(served: Served) -> None:
    served.post(from_device(1).encode())
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request("GET", "/tlog/110105/checkpoint")
    assert connection.getresponse().read().split(b"\n")[1] == b"1"
    assert served.post(b"", path="/other")[0] == 404


def test_a_token_is_kept_as_a_hash_and_replaced(tmp_path: Path) -> None:
    for token in ("old", "new"):
        intake.enrol(tmp_path, "甲 设备", token)
    intake.enrol(tmp_path, "乙设备", "third")
    assert sorted(intake.devices(tmp_path).values()) == ["乙设备", "甲 设备"]
    assert "new" not in (tmp_path / intake.FILE).read_text()
    assert (tmp_path / intake.FILE).stat().st_mode & 0o077 == 0
    intake.strike(tmp_path, "甲 设备")
    assert list(intake.devices(tmp_path).values()) == ["乙设备"]
