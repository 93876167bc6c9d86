"""Devices that may send records: in devices.txt the name of each and the hash of its token."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from jianwei.seal.log_folder import write

FILE = "devices.txt"


class Devices:
    """Those of one log, read again when the file was changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[int, int] | None = None
        self._known: Mapping[str, str] = {}

    def __call__(self) -> Mapping[str, str]:
        """By the hash of its token, the name of each device."""
        path = self._folder / FILE
        state = path.stat() if path.exists() else None
        seen = (state.st_mtime_ns, state.st_ino) if state else None
        if seen != self._seen:
            self._known, self._seen = devices(self._folder), seen
        return self._known


def enrol(folder: Path, name: str, token: str) -> None:
    """Let a device speak; only the hash of its token is kept. Again with another token replaces it."""
    _write(folder, [*_others(folder, name), f"{name} {hashlib.sha256(token.encode()).hexdigest()}"])


def strike(folder: Path, name: str) -> None:
    """A device's token counts no more."""
    _write(folder, _others(folder, name))


def _others(folder: Path, name: str) -> list[str]:
    return [line for line in _lines(folder) if line.rpartition(" ")[0] != name]


def _write(folder: Path, lines: list[str]) -> None:
    path = folder / FILE
    write(path, "".join(f"{line}\n" for line in lines).encode())
    path.chmod(0o600)


def devices(folder: Path) -> Mapping[str, str]:
    """By the hash of its token, the name of each device."""
    return {digest: name for name, _, digest in (line.rpartition(" ") for line in _lines(folder))}


def _lines(folder: Path) -> list[str]:
    path = folder / FILE
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
