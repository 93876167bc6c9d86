"""What runs beside the desk for as long as it does: the sealing service, and a demonstration's outside parties."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jianwei.seal import attached, demo, succession


@contextmanager
def running(home: Path) -> Iterator[None]:
    """Every open log of ``home`` has its service; one that is served already by another process stays with that."""
    logs = succession.open_logs(home / "seal")
    if not logs:
        yield
        return
    outside = demo.processes(home)
    service = attached.Command(("jianwei.seal.running", *map(str, logs)), home / "seal" / "service.log")
    with attached.running([*outside, service]):
        yield
