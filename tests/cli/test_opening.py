"""What stops a desk from opening is said before anything long is done."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("django")

from jianwei.cli import main
from jianwei.desk import serve
from jianwei.desk.site import assets


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "placed", lambda: True)


@pytest.mark.parametrize("verb", ["up", "serve"])
def test_a_taken_port_is_named_and_nothing_is_made(
    verb: str, taken: int, placed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "--home", str(tmp_path / "home"), "--port", str(taken)]) == 1
    assert f"127.0.0.1:{taken}" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_a_free_port_is_free_afterwards(placed: None) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve.check("127.0.0.1", port)
    serve.check("127.0.0.1", port)


def test_a_package_without_front_end_files_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "placed", lambda: False)
    with pytest.raises(assets.AssetsMissing, match=r"\./jianwei up"):
        serve.check("127.0.0.1", 0)


BESIDE = """
import sys, time
from pathlib import Path
from jianwei.desk import setup, worker
home = Path(sys.argv[1])
setup.prepare(home, ["330602"])
with worker.beside(home):
    print("open", flush=True)
    time.sleep(60)
"""


def workers_of(home: Path) -> list[int]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"worker" in words and str(home).encode() in words:
            found.append(int(line.parent.name))
    return found


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_desk(how: signal.Signals, tmp_path: Path) -> None:
    desk = subprocess.Popen([sys.executable, "-c", BESIDE, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert desk.stdout is not None and desk.stdout.readline() == "open\n"
        assert within(30, lambda: bool(workers_of(tmp_path))), "a started process bears its own words only after exec"
        desk.send_signal(how)
        desk.wait(20)
        assert within(30, lambda: not workers_of(tmp_path)), "the worker goes on alone"
    finally:
        for pid in (desk.pid, *workers_of(tmp_path)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
