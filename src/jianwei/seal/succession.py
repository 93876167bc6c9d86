"""The logs of one office, one after another: one that was closed, and beside its folder the one that follows.

Folders are named as origins are: ``110105``, ``110105-2``, ``110105-3``. A log is closed only once what follows it has
begun, so that at any moment exactly one log of an office takes records.
"""

from __future__ import annotations

from pathlib import Path

from jianwei.seal.errors import SealError

CLOSED = "closed"
"""In the folder of a log that has ended: the statement of it."""


class LogClosed(SealError):
    """The log has ended; another one follows it."""

    status = 409

    def __init__(self, successor: str) -> None:
        super().__init__(f"本日志已经终止，由“{successor}”接续；只供查验，不再写入。")


def successor_of(origin: str) -> str:
    """What follows one that had to be closed: ``…/110105``, ``…/110105-2``, ``…/110105-3``."""
    stem, dash, number = origin.rpartition("-")
    return f"{stem}-{int(number) + 1}" if dash and number.isdecimal() else f"{origin}-2"


def closed(folder: Path) -> bool:
    return (folder / CLOSED).exists()


def following(folder: Path) -> Path:
    """Where the log is that follows the one in ``folder``, or will be."""
    return folder.with_name(successor_of(folder.name))


def preceding(folder: Path) -> Path | None:
    """The closed log that the one in ``folder`` follows."""
    stem, _, number = folder.name.rpartition("-")
    if not stem or not number.isdecimal():
        return None
    before = folder.with_name(stem if number == "2" else f"{stem}-{int(number) - 1}")
    return before if following(before) == folder and closed(before) else None


def line(first: Path) -> list[Path]:
    """The folders of an office's logs, the oldest first; the last is the one that takes records."""
    found = [first]
    while closed(found[-1]) and (following(found[-1]) / "log.json").exists():
        found.append(following(found[-1]))
    return found


def open_logs(place: Path) -> list[Path]:
    """The folders of all logs below ``place`` that take records."""
    return sorted(path.parent for path in place.glob("*/log.json") if not closed(path.parent))
