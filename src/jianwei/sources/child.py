"""The process that parses hostile files: little memory, little time, no network, no writing.

Run as ``python -m jianwei.sources.child``. Each line on stdin names a file and its kind; what is read comes back on
stdout as frames, a length in four bytes and then JSON: plain data, so that whoever takes over this process can at most
send strange text. Faults of the process itself end it; the parent reports the file and starts another.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

import orjson

from jianwei.sources.content import MEGABYTE, Content, Grid, Piece, Text
from jianwei.sources.kinds import kinds

MEMORY = 1024 * MEGABYTE
_SECONDS = 120
_SECONDS_A_MEGABYTE = 8


def main() -> None:
    _confine()
    out = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)  # whatever a library prints must not look like a frame
    by_name = {kind.name: kind for kind in kinds()}
    for line in sys.stdin.buffer:
        order = orjson.loads(line)
        path = Path(order["path"])
        size = path.stat().st_size
        _allow(size)
        content = Content(order["name"], "", size, lambda path=path: path.open("rb"))  # type: ignore[misc]
        try:
            for piece in by_name[order["kind"]].read(content):
                _send(out, packed(piece))
            _send(out, ["end", resource.getrusage(resource.RUSAGE_SELF).ru_utime])
        except MemoryError:
            os._exit(86)
        except RecursionError:
            os._exit(87)


def packed(piece: Piece) -> list[object]:
    """A piece as plain data."""
    if isinstance(piece, Text):
        return ["text", piece.entry, piece.row, piece.text, piece.meta]
    if isinstance(piece, Grid):
        return ["grid", piece.entry, piece.title, piece.first_row, piece.rows, piece.header]
    return ["fault", piece.entry, piece.row, piece.column, piece.reason]


def _send(out: BinaryIO, frame: list[object]) -> None:
    raw = orjson.dumps(frame, default=str)
    out.write(len(raw).to_bytes(4, "big"))
    out.write(raw)
    if frame[0] != "text" or len(raw) > 1 << 14:
        out.flush()


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):
        libc.prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL: never outlive the parent
        new_user, new_network = 0x10000000, 0x40000000
        if libc.unshare(new_network) != 0:
            libc.unshare(new_user | new_network)  # best effort: refused in some containers
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _allow(size: int) -> None:
    """Processor time for one more file of ``size`` bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + _SECONDS + _SECONDS_A_MEGABYTE * (size // MEGABYTE)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
