"""A body that has no room is refused before it is read."""

from __future__ import annotations

import asyncio
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from jianwei.desk.site import room

Usage = namedtuple("Usage", "total used free")


def asked(length: bytes, folder: Path, name: bytes = b"content-length") -> tuple[list[Any], list[Any]]:
    reached, sent = list[Any](), list[Any]()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("the body was read")

    scope = {"type": "http", "headers": [(name, length)]}
    with ThreadPoolExecutor(1) as pool:  # a browser of another test may hold this thread's event loop
        pool.submit(asyncio.run, room.kept(application, folder)(scope, receive, send)).result()
    return reached, sent


@pytest.mark.parametrize(("length", "through"), [(b"0", True), (b"100", True), (b"101", False), (b"x", True)])
def test_what_does_not_fit_beside_the_reserve_is_507(
    length: bytes, through: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: Usage(0, 0, room.RESERVE + 100))
    reached, sent = asked(length, tmp_path)
    assert bool(reached) is through
    if not through:
        assert sent[0]["status"] == 507 and "磁盘空间不足" in sent[1]["body"].decode()


@pytest.mark.parametrize("coding", [b"chunked", b"Chunked", b"gzip, chunked"])
def test_a_body_of_unknown_length_is_not_read(coding: bytes, tmp_path: Path) -> None:
    reached, sent = asked(coding, tmp_path, b"transfer-encoding")
    assert not reached and sent[0]["status"] == 411 and "Content-Length" in sent[1]["body"].decode()
