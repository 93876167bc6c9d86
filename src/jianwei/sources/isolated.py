"""The parent's side of the limited child: hands it files, takes back pieces, replaces it when it dies."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from jianwei.sources.content import Fault, Grid, Piece, Text

BEYOND_LIMITS = "文件解析超出限制（内存或时间），未读取其余内容"
_WAIT_SECONDS = 120.0
_LARGEST_FRAME = 1 << 28
_RETIRE_AFTER_SECONDS = 60.0


class Isolated:
    """One child at a time, started when first needed, reused for many files. ``wait`` is the patience for one piece."""

    def __init__(self, wait: float = _WAIT_SECONDS) -> None:
        self._wait = wait
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, kind: str, name: str) -> Iterator[Piece]:
        """What ``kind`` finds in ``path``."""
        child = self._running()
        finished = False
        try:
            assert child.stdin
            child.stdin.write(orjson.dumps({"path": str(path), "kind": kind, "name": name}) + b"\n")
            child.stdin.flush()
            while True:
                frame = self._frame(child)
                if frame is None:
                    yield Fault("", None, None, BEYOND_LIMITS)
                    return
                if frame[0] == "end":
                    finished = frame[1] < _RETIRE_AFTER_SECONDS
                    return
                yield unpacked(frame)
        except BrokenPipeError:
            yield Fault("", None, None, BEYOND_LIMITS)
        finally:
            if not finished:
                self.close()

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe:
                    pipe.close()
            self._child = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            package_root = str(Path(__file__).parents[2])
            self._child = subprocess.Popen(
                [sys.executable, "-m", "jianwei.sources.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": package_root, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
                bufsize=0,
            )
        return self._child

    def _frame(self, child: subprocess.Popen[bytes]) -> list[Any] | None:
        """The next frame, or None when the child died, fell silent or sent nonsense."""
        deadline = time.monotonic() + self._wait
        head = self._bytes(child, 4, deadline)
        length = int.from_bytes(head, "big") if head else 0
        if not 0 < length <= _LARGEST_FRAME:
            return None
        raw = self._bytes(child, length, deadline)
        if raw is None:
            return None
        try:
            frame: list[Any] = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        return frame

    def _bytes(self, child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes | None:
        assert child.stdout
        handle = child.stdout.fileno()
        held = bytearray()
        while len(held) < count:
            ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return None
            more = os.read(handle, min(count - len(held), 1 << 20))
            if not more:
                return None
            held += more
        return bytes(held)


def unpacked(frame: list[Any]) -> Piece:
    """The piece that a frame states."""
    match frame:
        case ["text", entry, row, text, meta]:
            return Text(entry, row, text, meta)
        case ["grid", entry, title, first_row, rows, header]:
            return Grid(entry, title, first_row, rows, header)
        case ["fault", entry, row, column, reason]:
            return Fault(entry, row, column, reason)
        case _:
            return Fault("", None, None, "解析进程的应答无法识别")
