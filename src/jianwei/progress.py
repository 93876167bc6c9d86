"""Progress on a terminal: one line a step, a bar while it runs, plain lines when nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False)

Advance = Callable[[int, int | None], None]
"""Called with how many are done and, when known, how many there are."""


@contextmanager
def step(title: str) -> Iterator[Advance]:
    """Show one step of long work; yields the function that moves its bar."""
    began = time.monotonic()
    if not sys.stderr.isatty():
        console.print(f"{title} …")
        yield lambda done, total=None: None
        console.print(f"{title}：{time.monotonic() - began:.1f} 秒")
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, total=None: bars.update(task, completed=done, total=total)
