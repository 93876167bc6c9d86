"""What stops a desk from opening is said before anything long is done."""

from __future__ import annotations

import socket
from collections.abc import Iterator
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
