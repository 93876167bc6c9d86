"""A person lets a log grow though no witness could be asked whether it is the newest one; the log itself says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy

WHAT = "written-unconfirmed"


class PermissionIncomplete(SealError):
    def __init__(self) -> None:
        super().__init__("未经见证方确认即写入，须写明决定人和事由，各写一行。")


@dataclass(frozen=True)
class Permission:
    """For one start of the service."""

    by: str
    reason: str

    def __post_init__(self) -> None:
        if not all(each.strip() and each.isprintable() for each in (self.by, self.reason)):
            raise PermissionIncomplete

    def event(self, office: str, size: int, silent: Iterable[str], now: int, entropy: Entropy) -> Manifest:
        """The record of it: who decided, at how many entries, and who had not answered."""
        told = {"what": WHAT, "by": self.by, "size": str(size), "silent": "、".join(silent)}
        return Manifest(Kind.KEY_EVENT, ulid.new(now, entropy), office, event=told, note=self.reason)
