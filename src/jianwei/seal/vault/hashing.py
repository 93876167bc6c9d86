"""Both hashes of a file in one reading of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

PIECE = 1 << 20
"""Bytes read at a time; chosen: large enough that threads cost nothing, small enough for any machine."""


@dataclass(frozen=True)
class Digests:
    size: int
    sha256: str
    sm3: str
    """Both in hex."""


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """``PIECE`` bytes at a time, the last one shorter; a stream that gives less at once is waited for."""
    while piece := _filled(stream):
        yield piece
        if len(piece) < PIECE:
            return


def _filled(stream: BinaryIO) -> bytes:
    parts, missing = [], PIECE
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


class TwoHashes:
    """SM3 has no hardware and is the slow one: it runs in a thread of its own, one piece behind at most."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sm3 = hashlib.new("sm3")
        self._size = 0
        self._beside = ThreadPoolExecutor(1, "sm3")
        self._running = self._beside.submit(int)

    def update(self, piece: bytes) -> None:
        self._running.result()
        self._running = self._beside.submit(self._sm3.update, piece)  # type: ignore[arg-type]
        self._sha256.update(piece)
        self._size += len(piece)

    def finish(self) -> Digests:
        self._running.result()
        self._beside.shutdown()
        return Digests(self._size, self._sha256.hexdigest(), self._sm3.hexdigest())

    def __enter__(self) -> TwoHashes:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown()


def digests(stream: BinaryIO) -> Digests:
    with TwoHashes() as hashes:
        for piece in pieces(stream):
            hashes.update(piece)
        return hashes.finish()
