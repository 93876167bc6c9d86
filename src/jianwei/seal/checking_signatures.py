"""What witnesses signed and what was published of it, examined: every line, every time, every root.

A line of a publication is the very line that was kept of its witness, so each signature is computed once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from jianwei.seal import note, policy
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessKey, cosigned_at
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.fsck import Finding
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.policy import Policy
from jianwei.seal.store import Store
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.witnessing.cosigs import FILE, Cosignature, Cosigs, Publication
from jianwei.seal.witnessing.trees import SealedTree, trees

_PAGE = 1024
_LOOKS, _BETWEEN_LOOKS = 4, 0.1
"""Seconds: a publication is written and shown within milliseconds."""


def findings(folder: LogFolder, vault: Vault) -> Iterator[Finding]:
    if not (folder.path / FILE).exists():
        return
    disk = Folder(folder.log)
    with closing(Cosigs(folder.path / FILE)) as cosigs, closing(disk):
        for problem in cosigs.damage():
            yield Finding(FILE, None, f"数据库结构损坏：{problem}")
        for stray in sorted(cosigs.trees() - set(TREES)):
            yield Finding(FILE, None, f"有不属于任何一棵树（{stray}）的签名或者发布")
        told = list(told_policies(vault))
        for tree in trees(folder):
            policies = [tree.policy, *(policy.parse(text.encode()) for suite, text in told if suite == tree.suite)]
            yield from _Signed(tree, policies, Store(disk), cosigs).findings()
            yield from _shown(folder, tree, cosigs)


def told_policies(vault: Vault) -> Iterator[tuple[str, str]]:
    """By suite the policies that the log was told of, the oldest first."""
    after = 0
    while page := vault.entries(after=after, limit=_PAGE, kinds=(Kind.KEY_EVENT,)):
        after = page[-1].seq
        for entry in page:
            event = entry.manifest.event if entry.manifest else None
            if event and event.get("what") == "policy":
                yield event["suite"], event["policy"]


def _shown(folder: LogFolder, tree: SealedTree, cosigs: Cosigs) -> Iterator[Finding]:
    """A service that runs may be between the row and the file: only what stays is wrong."""
    shown = folder.path / tree.published
    for _ in range(_LOOKS):
        newest = cosigs.newest(tree.suite)
        if (newest.note if newest else b"") == (shown.read_bytes() if shown.exists() else b""):
            return
        time.sleep(_BETWEEN_LOOKS)
    yield Finding(tree.published, None, "与最新一次发布不一致")


class _Wrong(SealError):
    """What is wrong with one line or publication."""


@dataclass(frozen=True)
class _Signed:
    """One tree; ``policies``: the one that counts, and all that the log was ever told."""

    tree: SealedTree
    policies: list[Policy]
    store: Store
    cosigs: Cosigs

    def findings(self) -> Iterator[Finding]:
        size, witness = 0, ""
        while page := self.cosigs.signed_after(self.tree.suite, size, witness, _PAGE):
            size, witness = page[-1].size, page[-1].witness
            for each in page:
                yield from self._finding(f"第 {each.size} 条处“{each.witness}”的签名", partial(self._check_line, each))
        size = 0
        while published := self.cosigs.earliest_covering(self.tree.suite, size):
            size = published.size
            yield from self._finding(f"第 {size} 条处发布的检查点", partial(self._check_publication, published))

    def _finding(self, what: str, check: Callable[[], None]) -> Iterator[Finding]:
        try:
            check()
        except (SealError, ValueError) as problem:
            yield Finding(FILE, None, f"{what}（{self.tree.suite}）：{str(problem).rstrip('。')}")

    def _check_line(self, kept: Cosignature) -> None:
        line = note.Signature.parse(kept.line.removesuffix("\n"))
        if line.line() != kept.line:
            raise _Wrong("签名行的写法不规范")
        key = self._key(kept.witness, line)
        if kept.at != cosigned_at(line.content):
            raise _Wrong("所记时间与签名不一致")
        if kept.root != self.store.root(self.tree.tree, kept.size):
            raise _Wrong("所签的根与日志不一致")
        if not key.accepts(Checkpoint(self.tree.origin, kept.size, kept.root).text(), line.content):
            raise _Wrong("签名验证不通过")

    def _key(self, witness: str, line: note.Signature) -> WitnessKey:
        known = (each.witnesses[witness] for each in self.policies if witness in each.witnesses)
        found = next((key for key in known if (key.name, key.key_id) == (line.name, line.key_id)), None)
        if found is None:
            raise _Wrong("不是登记过的信任策略里这个见证方的公钥")
        return found

    def _check_publication(self, published: Publication) -> None:
        whole = note.parse(published.note)
        if whole.encode() != published.note:
            raise _Wrong("写法不规范")
        head = Checkpoint.parse(whole.text)
        if (head.origin, head.size, head.root) != (self.tree.origin, published.size, published.root):
            raise _Wrong("所记条数或者根与其内容不一致")
        if head.root != self.store.root(self.tree.tree, head.size):
            raise _Wrong("与日志不一致")
        own = {(key.name, key.key_id) for key, _ in note.check(whole, self.tree.keys)}
        kept = {each.line: name for name, each in self.cosigs.cosignatures(self.tree.suite, head.size).items()}
        lines = [line.line() for line in whole.signatures if (line.name, line.key_id) not in own]
        if any(line not in kept for line in lines):
            raise _Wrong("有一行签名与所存的见证签名不一致")
        signed = {kept[line] for line in lines}
        if not any(each.met_by(signed) for each in self.policies):
            raise _Wrong("见证方的签名未达到登记过的任何信任策略的要求")
