"""One tree of a log as witnesses see it: its origin and keys, whom the policy asks, and where its checkpoints lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianwei.seal import note, policy
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Disk
from jianwei.seal.errors import SealError
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.policy import ALL_SIZES, Policy
from jianwei.seal.store import Tree

_PUBLISHED = {"sha256": "published", "sm3": "published.sm"}


class PolicyMissing(SealError):
    """A policy that does not know the log it is for."""


@dataclass(frozen=True)
class SealedTree:
    suite: str
    tree: Tree
    origin: str
    policy: Policy
    checkpoint: str
    """The file of the newest one, in the log's own folder."""
    published: str
    """The file of the newest one with the quorum, in the office's folder."""

    @property
    def keys(self) -> Sequence[note.NoteKey]:
        """Those the log signs this tree with, or signed it with once."""
        return [key for key in self.policy.logs if key.name == self.origin and key.suite is self.tree.suite]

    def keys_at(self, size: int) -> Sequence[note.Verifier]:
        """Those that count for a checkpoint of this size: a key put out of use proves nothing about what came later."""
        return [key for key in self.keys if size in self.policy.sizes.get(key, ALL_SIZES)]

    def newest(self, disk: Disk) -> tuple[note.Note, Checkpoint]:
        """The newest safe checkpoint, its signature checked."""
        whole = note.parse(disk.read(self.checkpoint, 0, disk.size(self.checkpoint)))
        note.check(whole, self.keys)
        return whole, Checkpoint.parse(whole.text)


def trees(folder: LogFolder) -> list[SealedTree]:
    """The trees that have a policy; one without is fixed and never published."""
    found = []
    for suite in folder.suites:
        path = folder.policy(suite)
        if not path.exists():
            continue
        rules = policy.parse(path.read_bytes())
        each = SealedTree(suite, TREES[suite], folder.origin(suite), rules, folder.checkpoint(suite), _PUBLISHED[suite])
        if not each.keys:
            raise PolicyMissing(f"信任策略 {path.name} 没有日志“{each.origin}”的公钥。")
        found.append(each)
    return found
