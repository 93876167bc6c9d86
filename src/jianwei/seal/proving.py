"""What can be proved of an entry now: how far it has come, its proofs, its bundle."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from jianwei.seal import bundle, merkle, note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.policy import Policy
from jianwei.seal.proof import LogProof
from jianwei.seal.store import Store
from jianwei.seal.time_proofs import TimeProof, TimeProofs
from jianwei.seal.vault.keeping import Entry, Vault
from jianwei.seal.witnessing import trees
from jianwei.seal.witnessing.cosigs import FILE, Cosigs, Publication

TITLES = {
    "received": "已收下",
    "fixed": "已固定",
    "witnessed": "已见证",
    "stamped": "已加盖时间戳",
    "anchored": "已上链锚定",
    "erased": "已依法删除",
}


class NotFixed(SealError):
    """A record waits still for the log to take it."""

    status = 409

    def __init__(self, identifier: str) -> None:
        super().__init__(f"存证记录 {identifier} 已收下，尚未写入日志；存证服务可能没有运行。")


class HeldElsewhere(SealError):
    """Only the record of a file was sent; the file is with who collected it."""

    status = 409

    def __init__(self, holder: str) -> None:
        super().__init__(f"原件由“{holder}”保存，本院只有它的存证记录；请取得原件后重新固证，再制作证据包。")


class NotYetWitnessed(SealError):
    """Too few witnesses have seen the record; a proof would rest on the office's word alone."""

    status = 409

    def __init__(self, identifier: str) -> None:
        super().__init__(f"存证记录 {identifier} 尚未达到信任策略要求的见证，现在只有本院自己的签名，不足以对外证明。")


@dataclass(frozen=True)
class Signed:
    """Who vouches, and when by his own clock, in seconds since 1970."""

    name: str
    at: int


@dataclass(frozen=True)
class Step:
    name: str
    """A key of ``TITLES``."""
    at: int
    """For ``witnessed`` when the quorum was reached; for ``received`` and ``fixed`` by this machine, which proves nothing."""
    by: tuple[Signed, ...] = ()
    tree: str | None = None

    @property
    def title(self) -> str:
        return TITLES[self.name]


@dataclass(frozen=True)
class State:
    name: str
    """How far it has come: a key of ``TITLES``."""
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name]


class Proofs:
    def __init__(self, folder: LogFolder, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault
        self._store = Store(Folder(folder.log))
        self.cosigs = Cosigs(folder.path / FILE)
        self.times = TimeProofs(folder.path / FILE)
        self._main = folder.suites[0]

    def close(self) -> None:
        self.cosigs.close()
        self.times.close()

    def state(self, entry: Entry) -> State:
        steps = [Step("received", entry.put_at)]
        if entry.index is not None:
            steps.append(Step("fixed", entry.fixed_at or entry.put_at))
            policies = {each.suite: each.policy for each in trees.trees(self._folder)}
            for suite in self._folder.suites:
                if published := self.cosigs.earliest_covering(suite, entry.index):
                    steps.append(_witnessed(published, policies.get(suite), suite))
            for name, proof in (
                ("stamped", self.times.token(entry.index)),
                ("anchored", self.times.anchor(entry.index)),
            ):
                if proof:
                    steps.append(Step(name, proof.at, (Signed(proof.by, proof.at),), self._main))
        if entry.erased_at is not None:
            steps.append(Step("erased", entry.erased_at))
        reached = [step for step in steps if step.tree in (None, self._main)]
        return State(reached[-1].name, tuple(steps))

    def proof(self, entry: Entry, tree: str, *, allow_fixed: bool = False) -> LogProof:
        """In the tree of that suite, against the earliest checkpoint that proves a time, stamped if one is.

        Raise ``NotFixed``, and ``NotYetWitnessed`` unless ``allow_fixed``: then the newest checkpoint of the log's own.
        """
        if entry.index is None:
            raise NotFixed(entry.id)
        published = self._published(tree, entry.index)
        if published is None and not allow_fixed:
            raise NotYetWitnessed(entry.id)
        whole = note.parse(published.note if published else self._checkpoint(tree))
        nodes = self._store.nodes(TREES[tree])
        path = merkle.inclusion_proof(TREES[tree].suite, nodes, entry.index, Checkpoint.parse(whole.text).size)
        return LogProof(entry.index, tuple(path), whole)

    def token(self, entry: Entry) -> TimeProof | None:
        """The one over the checkpoint that ``proof`` of the first tree uses."""
        return self.times.token(entry.index) if entry.index is not None else None

    def write_bundle(self, entry: Entry, out: BinaryIO, *, allow_fixed: bool = False) -> int:
        """Write an ``.evb``; its bytes. ``out`` must be able to seek. Raise ``HeldElsewhere`` where the file is not here."""
        if entry.manifest and entry.manifest.held:
            raise HeldElsewhere(entry.manifest.held)
        secrets = self._vault.secrets(entry.id)
        main, *others = (self.proof(entry, suite, allow_fixed=allow_fixed) for suite in self._folder.suites)
        token, anchor = self.token(entry), self.times.anchor(entry.index or 0)
        policy = self._folder.policy(self._main)
        with self._vault.original(entry.id) or io.BytesIO() as original:
            parts = bundle.Parts(
                secrets.manifest,
                secrets.salt,
                main.encode(),
                original if entry.has_original else None,
                others[0].encode() if others else None,
                token.content if token else None,
                anchor.content if anchor else None,
                policy.read_bytes() if policy.exists() else None,
                witnessed=self._published(self._main, entry.index or 0) is not None,
            )
            return bundle.write(out, parts)

    def _published(self, tree: str, index: int) -> Publication | None:
        """Times are proved as early as may be: by the first token, else by the first publication."""
        if tree == self._main and (token := self.times.token(index)):
            stamped = self.cosigs.earliest_covering(tree, token.size - 1)
            if stamped and stamped.size == token.size:
                return stamped
        return self.cosigs.earliest_covering(tree, index)

    def _checkpoint(self, tree: str) -> bytes:
        return (self._folder.log / self._folder.checkpoint(tree)).read_bytes()


def _witnessed(published: Publication, policy: Policy | None, suite: str) -> Step:
    signed: dict[str, int] = {}
    at = None
    if policy:
        signed = policy.judge(note.parse(published.note), TREES[suite].suite).witnessed_at
        at = _reached_at(policy, policy.quorum or "", signed)
    by = tuple(Signed(name, when) for name, when in sorted(signed.items(), key=lambda pair: pair[1]))
    return Step("witnessed", published.published_at if at is None else at, by, suite)


def _reached_at(policy: Policy, name: str, times: Mapping[str, int]) -> int | None:
    """When ``name`` was satisfied: of a group, when enough of its members were. The verifiers count the same."""
    group = policy.groups.get(name)
    if group is None:
        return times.get(name)
    reached = sorted(at for each in group.members if (at := _reached_at(policy, each, times)) is not None)
    return reached[group.threshold - 1] if len(reached) >= group.threshold else None
