"""Timing, and the lines of the table."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence

Say = Callable[[str], None]


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:,.3f}"


def line(say: Say, what: str, value: float, unit: str, limit: float | None = None, of: str = "") -> None:
    """One figure; ``limit`` is the best there could be, in the same unit, and ``of`` what it is."""
    beside = f"　{value / limit:.0%}（{of} {figure(limit)}）" if limit else ""
    say(f"{what}　{figure(value)} {unit}{beside}")


def memory_mb() -> int:
    """The most this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def at(times: Sequence[float], share: float) -> float:
    """The time that this share of all does not exceed, in milliseconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000
