"""Which logs a witness serves: ``logs.txt``, one public key a line, after it the origin where that is not the key's name.

The kind of the key says how the log hashes. An origin may have several keys while one replaces the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from jianwei.seal.errors import SealError
from jianwei.seal.note import Verifier, log_key
from jianwei.seal.suites import Suite


class LogsInvalid(SealError):
    def __init__(self, line: int, problem: object) -> None:
        self.line = line
        super().__init__(f"日志名单第 {line} 行：{str(problem).rstrip('。')}。")


@dataclass(frozen=True)
class KnownLog:
    origin: str
    suite: Suite
    keys: tuple[Verifier, ...]


def parse(text: str) -> dict[str, KnownLog]:
    """The logs by their origin. Empty lines and lines that begin with # are passed over."""
    logs: dict[str, KnownLog] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        vkey, _, origin = line.strip().partition(" ")
        try:
            key = log_key(vkey)
        except SealError as problem:
            raise LogsInvalid(number, problem) from None
        fresh = KnownLog(origin.strip() or key.name, key.suite, (key,))
        known = logs.get(fresh.origin)
        if known and known.suite is not key.suite:
            raise LogsInvalid(number, "同一日志的公钥算法不同")
        logs[fresh.origin] = replace(known, keys=(*known.keys, key)) if known else fresh
    return logs


def write(path: Path, vkeys: Iterable[str]) -> None:
    path.write_text("# 本见证方服务的日志，一行一个公钥\n" + "".join(f"{each}\n" for each in vkeys), encoding="utf-8")


def add(path: Path, vkeys: Iterable[str]) -> dict[str, KnownLog]:
    """Serve more logs, or further keys of those served; all that are served then."""
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + "".join(f"{each}\n" for each in vkeys)
    listed = parse(text)
    path.write_text(text, encoding="utf-8")
    return listed
