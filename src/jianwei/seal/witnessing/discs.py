"""Witnessing where no network joins log and witness: a request goes out on a disc, signature lines come back on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError
from jianwei.seal.note import SIGNATURE_LIMIT
from jianwei.seal.witness.disc import REQUEST
from jianwei.seal.witnessing.asking import accepted, signed_by, submission
from jianwei.seal.witnessing.cosigs import Cosignature
from jianwei.seal.witnessing.forks import fork
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.trees import SealedTree


class UnknownWitness(SealError):
    """No policy of this log names this witness."""


class AnswerUnfitting(SealError):
    """Signature lines that fit no request of this log."""


@dataclass(frozen=True)
class Imported:
    """What a disc that came back brought. The same disc again brings the same."""

    tree: str
    witness: str
    size: int
    at: int
    """When the witness signed, as it says; seconds since 1970."""
    published: bool
    """Whether the policy is met for a checkpoint of this size or a larger one."""


def write_requests(publisher: Publisher, witness: str, folder: Path, now: int) -> list[Path]:
    """Write for one witness an ``.tlreq`` of each tree it has not yet signed as far as it may.

    A request begins at what the witness signed last of all that came back.
    """
    if not any(witness in each.policy.witnesses for each in publisher.trees):
        raise UnknownWitness(f"信任策略中没有见证方“{witness}”。")
    written = []
    for each in publisher.trees:
        whole = _offered(publisher, each, witness, now) if witness in each.policy.witnesses else None
        if whole is None:
            continue
        size = Checkpoint.parse(whole.text).size
        last = publisher.cosigs.last_of(each.suite).get(witness)
        same_key = last and note.Signature.parse(last.line[:-1]).key_id == each.policy.witnesses[witness].key_id
        stands_at = last.size if last and same_key else 0
        path = folder / f"{each.origin.replace('/', '_')}.{size}{REQUEST}"
        path.write_bytes(submission(publisher.store, each, whole, stands_at).encode())
        publisher.cosigs.keep_request(each.suite, witness, size, now)
        written.append(path)
    return written


def take_in(publisher: Publisher, lines: bytes, now: int) -> Imported:
    """Keep what came back, if it is a signature of some checkpoint that was asked for, and publish what is due.

    A witness that stood elsewhere sends the checkpoint it signed last: then the next request begins there. Raise
    ``Forked`` when the log does not lead to it, ``AnswerUnfitting`` for anything else.
    """
    if head := _head(publisher, lines, now):
        return head
    for each in publisher.trees:
        known = (publisher.cosigs.by_line(each.suite, line) for line in _split(lines))
        if found := next(filter(None, known), None):
            return _imported(publisher, each, found)
        for size, raw in publisher.cosigs.asked(each.suite, 0):
            if witness := _signed_by(publisher, each, note.parse(raw), lines, now):
                publisher.publish(each, size, now)
                publisher.cosigs.answered(each.suite, witness, size)
                return _imported(publisher, each, publisher.cosigs.cosignatures(each.suite, size)[witness])
    raise AnswerUnfitting("见证文件与本日志的任何一次请求都不相符。")


def _head(publisher: Publisher, content: bytes, now: int) -> Imported | None:
    try:
        whole = note.parse(content)
        checkpoint = Checkpoint.parse(whole.text)
    except SealError:
        return None
    for each in publisher.trees:
        for witness, key in each.policy.witnesses.items():
            try:
                line = signed_by(key, whole, now)
            except SealError:
                continue
            if proof := fork(publisher.store, each, content, witness):
                publisher.stop([proof], now)
            publisher.keep(each, witness, whole, line)
            return _imported(publisher, each, publisher.cosigs.cosignatures(each.suite, checkpoint.size)[witness])
    return None


def _split(lines: bytes) -> list[str]:
    return [line + "\n" for line in lines.decode("utf-8", "replace").split("\n")[:SIGNATURE_LIMIT]]


def _signed_by(publisher: Publisher, each: SealedTree, whole: note.Note, lines: bytes, now: int) -> str | None:
    """The witness whose true signature of this checkpoint is among the lines; it is kept."""
    for witness, key in each.policy.witnesses.items():
        try:
            line = accepted(each, key, whole, lines, now)
        except SealError:
            continue
        publisher.keep(each, witness, whole, line)
        return witness
    return None


def _imported(publisher: Publisher, each: SealedTree, kept: Cosignature) -> Imported:
    newest = publisher.cosigs.newest(each.suite)
    return Imported(each.suite, kept.witness, kept.size, kept.at, newest is not None and newest.size >= kept.size)


def _offered(publisher: Publisher, each: SealedTree, witness: str, now: int) -> note.Note | None:
    """Of the checkpoints that others signed or were asked for the newest, so that all come to sign the same one."""
    newest = publisher.cosigs.newest(each.suite)
    above = newest.size if newest else 0
    others = {size for name, size in publisher.cosigs.requests(each.suite) if name != witness}
    for size, raw in publisher.cosigs.asked(each.suite, above):
        signed = publisher.cosigs.cosignatures(each.suite, size)
        if witness not in signed and (signed or size in others):
            return note.parse(raw)
    whole, checkpoint = publisher.offer(each, now)
    return (
        whole if checkpoint.size and witness not in publisher.cosigs.cosignatures(each.suite, checkpoint.size) else None
    )
