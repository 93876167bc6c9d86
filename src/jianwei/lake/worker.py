"""A process that writes parts. It ends when its stdin does.

Orders and answers are pickles of this package's own making, a length in eight bytes before each.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from jianwei.errors import JianweiError
from jianwei.lake.part import Part, Reader, Written, write
from jianwei.lake.secret import Keys


class WorkerDied(JianweiError):
    def __init__(self) -> None:
        super().__init__("写入数据湖的工作进程意外终止（可能是内存不足），已写入的部分不受影响，请重新执行。")


class Worker:
    """The parent's side of one process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from jianwei.lake.worker import main; main({os.getpid()})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "OMP_NUM_THREADS": "1"},
        )

    def write(self, part: Part, root: Path, keys: Keys, reader: Reader, durable: bool) -> Written:
        """``jianwei.lake.part.write`` in that process."""
        assert self._process.stdin and self._process.stdout
        try:
            _send(self._process.stdin, (part, root, keys, reader, durable))
            answer = _receive(self._process.stdout)
        except (BrokenPipeError, EOFError) as error:
            raise WorkerDied from error
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Written)
        return answer

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def main(parent: int) -> None:
    """Serve orders until there are no more, or the process ``parent`` is."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL: a killed parent's worker must not go on writing
    if os.getppid() != parent:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(EOFError):
        while True:
            part, root, keys, reader, durable = _receive(sys.stdin.buffer)
            try:
                answer: Any = write(part, root, keys, reader, durable=durable)
            except Exception as error:  # handed to the parent, which raises it
                answer = error
            _send(answers, answer)


def _send(pipe: IO[bytes], thing: Any) -> None:
    raw = pickle.dumps(thing, protocol=5)
    pipe.write(len(raw).to_bytes(8, "big"))
    pipe.write(raw)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    length = int.from_bytes(head, "big")
    raw = pipe.read(length)
    if len(raw) < length:
        raise EOFError
    return pickle.loads(raw)
