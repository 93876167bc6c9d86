"""The folder of one office's log: what lies where, and under which keys."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from jianwei.seal import keys, note
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.sequencer import LogMissing, Sequencer, SignedTree
from jianwei.seal.store import Tree
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.vault.room import RESERVE_BYTES
from jianwei.seal.vault.ulid import Entropy

TREES = {"sha256": Tree(SHA256), "sm3": Tree(SM3, "sm/")}
"""By the name of the suite, in the order in which they are signed."""

_CHECKPOINTS = {"sha256": "checkpoint", "sm3": "checkpoint.sm"}
_ALGORITHMS = {"sha256": "ed25519", "sm3": "sm2"}
_KEYS = {"sha256": "log.ed25519", "sm3": "log.sm2"}
_POLICIES = {"sha256": "policy.txt", "sm3": "policy-sm.txt"}
_ENDINGS = {"sha256": "", "sm3": "/sm"}


class FolderInvalid(SealError):
    """The settings of a log cannot be read."""


@dataclass(frozen=True)
class Settings:
    """log.json: what an administrator decides."""

    origin: str
    office: str
    suites: tuple[str, ...] = ("sha256", "sm3")
    witness_urls: Mapping[str, str] = field(default_factory=dict)
    stamp: Mapping[str, object] | None = None
    """``url`` of the timestamp authority, ``every_seconds`` at least between tokens."""
    anchor: Mapping[str, object] | None = None
    reserve_bytes: int = RESERVE_BYTES
    listen: str | None = None
    """``address:port`` where others read the log and devices send records; None for nowhere."""

    @classmethod
    def parse(cls, content: bytes) -> Self:
        try:
            whole = json.loads(content)
            known = {name: whole[name] for name in cls.__dataclass_fields__ if name in whole}
            settings = cls(**{**known, "suites": tuple(whole.get("suites", ("sha256", "sm3")))})
        except (ValueError, TypeError, AttributeError):
            raise FolderInvalid("log.json 不能读取，应为 JSON 对象，至少有 origin 和 office。") from None
        if not settings.suites or any(each not in TREES for each in settings.suites):
            raise FolderInvalid("log.json 的 suites 只能取 sha256、sm3。")
        note.check_name(settings.origin)
        return settings

    def encode(self) -> bytes:
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n").encode()


class LogFolder:
    def __init__(self, path: Path) -> None:
        """Raise ``LogMissing`` when no log was made here."""
        self.path = path
        if not self.exists(path):
            raise LogMissing
        self.settings = Settings.parse((path / "log.json").read_bytes())

    @staticmethod
    def exists(path: Path) -> bool:
        return (path / "log.json").exists()

    @classmethod
    def create(cls, path: Path, settings: Settings, entropy: Entropy) -> Self:
        """Keys, the empty log, its settings last. One that was interrupted may be repeated."""
        path.mkdir(parents=True, exist_ok=True)
        (path / "keys").mkdir(mode=0o700, exist_ok=True)
        for suite in settings.suites:
            if not (path / "keys" / _KEYS[suite]).exists():
                name = settings.origin + _ENDINGS[suite]
                keys.create(path / "keys" / _KEYS[suite], name, _ALGORITHMS[suite], entropy)
        disk = Folder(path / "log")
        try:
            disk.lock()
            trees = [_signed(path, suite) for suite in settings.suites]
            if any(not disk.size(each.file) for each in trees):
                Sequencer.create(disk, trees)
        finally:
            disk.close()
        write(path / "log.json", settings.encode())
        return cls(path)

    def change(self, settings: Settings) -> None:
        """What is decided anew; origin, office and suites of a log never change."""
        fixed = self.settings.origin, self.settings.office, self.settings.suites
        if fixed != (settings.origin, settings.office, settings.suites):
            raise FolderInvalid("日志的名称、单位和算法套件一经新建即不能更改。")
        write(self.path / "log.json", settings.encode())
        self.settings = settings

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def suites(self) -> tuple[str, ...]:
        return self.settings.suites

    def origin(self, suite: str) -> str:
        return self.settings.origin + _ENDINGS[suite]

    def signed_trees(self) -> Sequence[SignedTree]:
        """With the secret keys: for the writer alone."""
        return [_signed(self.path, suite) for suite in self.suites]

    def checkpoint(self, suite: str) -> str:
        """The name of the file in ``log``."""
        return _CHECKPOINTS[suite]

    def policy(self, suite: str) -> Path:
        return self.path / _POLICIES[suite]

    def key(self, suite: str) -> Path:
        return self.path / "keys" / _KEYS[suite]

    def coming_key(self, suite: str) -> Path:
        """Of the key that is to follow; while it is there, both sign (``rotating``)."""
        return _coming(self.key(suite))

    def verifier(self, suite: str) -> note.NoteKey:
        return keys.read(self.key(suite)).log_signer().verifier


def _signed(path: Path, suite: str) -> SignedTree:
    key = path / "keys" / _KEYS[suite]
    also = (keys.read(_coming(key)).log_signer(),) if _coming(key).exists() else ()
    return SignedTree(TREES[suite], keys.read(key).log_signer(), _CHECKPOINTS[suite], also)


def _coming(key: Path) -> Path:
    return key.with_name(f"{key.name}.next")


def write(path: Path, content: bytes) -> None:
    """Give a file a new content; whatever happens, the old or the new one is there."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    names = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(names)
    finally:
        os.close(names)
