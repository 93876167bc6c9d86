"""The background worker: runs the desk's tasks again and again. Stopped at any moment, it loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from jianwei.desk.boot import boot

EVERY_SECONDS = 5
"""How long it rests between rounds; each task has its own time and most rounds do nothing."""


def run(
    home: Path, *, once: bool = False, every_seconds: float = EVERY_SECONDS, ends_with: TextIO | None = None
) -> dict[str, int]:
    """Run every task now, and unless ``once`` each again at its times until told to stop. Returns the last round.

    ``ends_with`` is a stream whose other end somebody holds: when it closes, he is gone, and the worker stops too.
    """
    boot(home)
    from django.db import close_old_connections
    from django.utils import timezone

    from jianwei.desk.workbench import rounds

    stop = threading.Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
    if ends_with is not None:
        threading.Thread(target=_set_when_closed, args=(stop, ends_with), daemon=True).start()
    everything = True
    while True:
        found = rounds.run_due(timezone.localdate, timezone.now, everything=everything)
        everything = False
        if once or stop.wait(every_seconds):
            return found
        close_old_connections()


def _set_when_closed(stop: threading.Event, stream: TextIO) -> None:
    stream.read()
    stop.set()


@contextmanager
def beside(home: Path) -> Iterator[None]:
    """A worker in a process of its own for as long as the block lasts, or this process, should it be killed."""
    command = [sys.executable, "-m", "jianwei.cli", "worker", "--home", str(home), "--attached"]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE)
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
