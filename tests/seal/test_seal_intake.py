"""Devices send records over HTTP: each is answered when it is in the log, and speaks for itself alone."""

from __future__ import annotations

import http.client
import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from small_offices import NOW, chance, found, material

from jianwei.seal import devices
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.intake import MANY_LIMIT, MOST
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
        status, (answer,) = self.asked(body, {"Authorization": f"Bearer {token}"}, path)
        return status, answer

    def post_many(self, lines: list[bytes]) -> tuple[int, list[dict[str, object]]]:
        words = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/x-ndjson; charset=utf-8"}
        return self.asked(b"".join(line + b"\n" for line in lines), words)

    def asked(
        self, body: bytes, headers: dict[str, str], path: str = "/entries"
    ) -> tuple[int, list[dict[str, object]]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, [json.loads(line) for line in answer.read().splitlines()]
        finally:
            connection.close()

    def examine(self) -> None:
        """A publication may just be on its way from its row to its file."""
        for _ in range(100):
            if not (found := list(self.log.check())):
                return
            threading.Event().wait(0.05)
        raise AssertionError(found)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder, stop, told = tmp_path / "log", threading.Event(), list[str]()
    with found(folder, listen=f"127.0.0.1:{port}") as log:
        devices.enrol(folder, DEVICE, TOKEN)
        (folder / "policy.txt").write_text(f"log {log.folder.verifier('sha256').vkey}\nquorum none\n")
        (folder / "policy-sm.txt").write_text(f"log {log.folder.verifier('sm3').vkey}\nquorum none\n")
        service = Service(folder, clock=lambda: NOW, entropy=chance(5), tell=told.append, stop=stop)
        with ThreadPoolExecutor(1) as pool:
            ended = pool.submit(service.run)
            _until_open(port, ended)
            yield Served(log, port)
            stop.set()
            assert ended.result(timeout=60) == STOPPED, told


def _until_open(port: int, ended: Future[int]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and not ended.done():
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
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
    served.examine()


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


def line(manifest: Manifest) -> bytes:
    return json.dumps(json.loads(manifest.encode()), ensure_ascii=False).encode()


def test_many_in_one_request_are_each_answered_in_their_place(served: Served) -> None:
    first, conflict = from_device(1), replace(from_device(2), id=from_device(1).id)
    served.post(first.encode())
    lines = [
        line(each) for each in (first, conflict, from_device(3), from_device(4, device="别的设备"), from_device(5))
    ]
    status, told = served.post_many([*lines, b"{}", b"", b"\xff"])
    assert status == 200
    assert [each.get("index", each.get("status")) for each in told] == [0, 409, 1, 422, 2, 422, 422, 422]
    assert told[2]["id"] == from_device(3).id and all(each.get("error") for each in told if "status" in each)
    entry = served.log.entry(from_device(5).id)
    assert served.log.vault.secrets(entry.id).manifest == from_device(5).encode(), "kept in the one form there is"
    served.examine()


def test_of_several_senders_of_many_none_gets_another_s_answer(served: Served) -> None:
    batches = [[from_device(100 * sender + n) for n in range(60)] for sender in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda batch: served.post_many([line(each) for each in batch])[1], batches))
    for batch, told in zip(batches, answers, strict=True):
        assert [each["id"] for each in told] == [each.id for each in batch]
    assert sorted(int(str(each["index"])) for told in answers for each in told) == list(range(480))


def test_too_many_or_none_at_all_in_one_request(served: Served) -> None:
    assert served.post_many([b"{}"] * (MOST + 1))[0] == 413
    assert served.post_many([b" " * (MANY_LIMIT + 1)])[0] == 413
    assert served.post_many([]) == (200, [])
    assert not served.log.entries()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda text: text.replace('"v": 1', '"v": 1, "v": 1'), "重复"),
        (lambda text: text.replace('"v": 1, "kind": 1', '"kind": 1, "v": 1'), "字段顺序"),
        (lambda text: text.replace('"size": 7', '"size": 7.0'), "应为"),
        (lambda text: text.replace('"name": "', '"name": "\\ud800'), "编码"),
        (lambda text: text.replace('"size": 7', '"size": ' + "[" * 50_000), "不是 UTF-8 编码的 JSON"),
    ],
    ids=["twice", "order", "no integer", "half a sign", "deep"],
)
def test_a_line_is_read_as_strictly_as_a_manifest(wrong: Callable[[str], str], problem: str) -> None:
    text = line(from_device(1)).decode()
    assert Manifest.parse_line(text.encode()) == from_device(1)
    assert wrong(text) != text
    with pytest.raises(ManifestInvalid, match=problem):
        Manifest.parse_line(wrong(text).encode())


def test_a_change_of_devices_is_followed(tmp_path: Path) -> None:
    known = devices.Devices(tmp_path)
    assert not known()
    devices.enrol(tmp_path, "甲", "one")
    assert set(known().values()) == {"甲"}
    devices.strike(tmp_path, "甲")
    assert not known()


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
        devices.enrol(tmp_path, "甲 设备", token)
    devices.enrol(tmp_path, "乙设备", "third")
    assert sorted(devices.devices(tmp_path).values()) == ["乙设备", "甲 设备"]
    assert "new" not in (tmp_path / devices.FILE).read_text()
    assert (tmp_path / devices.FILE).stat().st_mode & 0o077 == 0
    devices.strike(tmp_path, "甲 设备")
    assert list(devices.devices(tmp_path).values()) == ["乙设备"]
