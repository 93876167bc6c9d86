"""Progress on a terminal: one line a step, a bar while it runs, plain lines when nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False)


class Advance(Protocol):
    """Moves a bar."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """``done`` so far, of ``total`` when that is known."""


def _unseen(done: int, total: int | None = None) -> None:
    """Nobody watches."""


@contextmanager
def step(title: str) -> Iterator[Advance]:
    """Show one step of long work; yields the function that moves its bar."""
    began = time.monotonic()
    if not sys.stderr.isatty():
        console.print(f"{title} …")
        yield _unseen
        console.print(f"{title}：{time.monotonic() - began:.1f} 秒")
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(title, total=None)

        def advance(done: int, total: int | None = None) -> None:
            bars.update(task, completed=done, total=total)

        yield advance
