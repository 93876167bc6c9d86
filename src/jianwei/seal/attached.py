"""Runs a module as a process that ends with whoever started it, also when that one is killed.

``python -m jianwei.seal.attached MODULE ARGUMENTS…``: when standard input closes, its holder is gone.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_END_SECONDS = 10


@dataclass(frozen=True)
class Command:
    words: Sequence[str]
    """The module and its arguments."""
    told: Path
    """A file for what it says."""


@contextmanager
def running(commands: Sequence[Command]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes for as long as the block lasts, or this process, should it be killed."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for each in commands:
            with each.told.open("ab") as output:
                command = [sys.executable, "-m", "jianwei.seal.attached", *each.words]
                started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output))
        yield started
    finally:
        _end(started)


def _end(started: Sequence[subprocess.Popen[bytes]]) -> None:
    for each in started:
        each.terminate()
    for each in started:
        try:
            each.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
        if each.stdin:
            each.stdin.close()


def _end_with_input() -> None:
    while os.read(0, 4096):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_END_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_input, daemon=True).start()
    module, sys.argv = sys.argv[1], sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
