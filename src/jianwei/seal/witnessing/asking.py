"""What is said between the log and one witness about one checkpoint, and what of it is believed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from jianwei.seal import merkle, note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessKey, cosigned_at
from jianwei.seal.errors import SealError
from jianwei.seal.store import Store
from jianwei.seal.witness.submission import Submission
from jianwei.seal.witnessing.exchange import NoAnswer, Reply, exchange
from jianwei.seal.witnessing.forks import Fork, fork
from jianwei.seal.witnessing.trees import SealedTree

CLOCK_TOLERANCE_SECONDS = 600
"""A cosignature from further in the future is refused here, as verifiers do."""

_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


class WitnessStrange(SealError):
    """A witness does not answer as it must."""


@dataclass(frozen=True, eq=False)
class Asked:
    """One witness, by what name and key the policy knows it, and where it is."""

    tree: SealedTree
    witness: str
    url: str
    """Without a slash at the end."""

    @property
    def name(self) -> tuple[str, str]:
        """(tree, witness)."""
        return self.tree.suite, self.witness

    @property
    def key(self) -> WitnessKey:
        return self.tree.policy.witnesses[self.witness]


@dataclass(frozen=True)
class Outcome:
    """At most one of these."""

    line: note.Signature | None = None
    fork: Fork | None = None
    trouble: str | None = None


def submission(store: Store, tree: SealedTree, whole: note.Note, old: int) -> Submission:
    """The request to sign a checkpoint to one who signed ``old`` last."""
    size = Checkpoint.parse(whole.text).size
    proof = merkle.consistency_proof(tree.tree.suite, store.nodes(tree.tree), old, size) if 0 < old <= size else []
    return Submission(old, tuple(proof), whole)


def ask(store: Store, asked: Asked, whole: note.Note, old: int, now: int, seconds: float) -> Outcome:
    """Ask to sign ``whole``, from where the witness was last; never raises for what the other side does."""
    size = Checkpoint.parse(whole.text).size
    try:
        reply = _submit(store, asked, whole, old, seconds)
        stands_at = _SIZE.fullmatch(reply.body) if reply.status == 409 else None
        if stands_at and int(stands_at[1]) <= size and int(stands_at[1]) != old:
            reply = _submit(store, asked, whole, int(stands_at[1]), seconds)
        if reply.status == 200:
            return Outcome(line=accepted(asked.tree, asked.key, whole, reply.body, now))
        if found := look(store, asked, seconds):
            return Outcome(fork=found)
        said = reply.body.decode("utf-8", "replace").strip()[:80]
        return Outcome(trouble=f"拒绝见证（{reply.status}）：{said}")
    except SealError as problem:
        return Outcome(trouble=str(problem))


def look(store: Store, asked: Asked, seconds: float) -> Fork | None:
    """What the newest checkpoint a witness has of this log proves against it. Raise ``SealError`` if there is no telling."""
    path = hashlib.sha256(asked.tree.origin.encode()).hexdigest()
    reply = exchange("GET", f"{asked.url}/{path}/checkpoint", seconds=seconds)
    if reply.status == 404:
        return None
    if reply.status != 200:
        raise NoAnswer(f"查询检查点答复 {reply.status}。")
    return fork(store, asked.tree, reply.body, asked.witness)


def accepted(tree: SealedTree, key: WitnessKey, whole: note.Note, lines: bytes, now: int) -> note.Signature:
    """The witness's line out of what it sent, checked. Lines of other keys are ignored."""
    told = note.parse(whole.encode() + lines)
    if told.text != whole.text:
        raise WitnessStrange("答复不是签名行。")
    return signed_by(key, told, now)


def signed_by(key: WitnessKey, whole: note.Note, now: int) -> note.Signature:
    """The witness's line under a checkpoint, checked, and not from the future."""
    signature = note.check(whole, (key,))[0][1]
    if cosigned_at(signature.content) > now + CLOCK_TOLERANCE_SECONDS:
        raise WitnessStrange("见证时间在未来：见证方或者本机的时钟不准，签名未采用。")
    return signature


def _submit(store: Store, asked: Asked, whole: note.Note, old: int, seconds: float) -> Reply:
    body = submission(store, asked.tree, whole, old).encode()
    return exchange("POST", f"{asked.url}/add-checkpoint", body, seconds=seconds)
