"""From a witness's line to a publication: what is signed is kept, and once the policy is met others are shown it."""

from __future__ import annotations

from collections.abc import Iterator

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import cosigned_at
from jianwei.seal.disk import Folder, put
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.policy import QuorumMissing
from jianwei.seal.store import Store
from jianwei.seal.succession import CLOSED, LogClosed, successor_of
from jianwei.seal.witnessing.cosigs import FILE, Cosignature, Cosigs, Publication
from jianwei.seal.witnessing.forks import Fork, Forked, departed, fork
from jianwei.seal.witnessing.trees import SealedTree, trees

_OWN = "本院见证记录"


class Publisher:
    """The trees of one log, what was signed of them, and the files ``published``."""

    def __init__(self, folder: LogFolder) -> None:
        self.trees = trees(folder)
        self.store = Store(Folder(folder.log))
        self.cosigs = Cosigs(folder.path / FILE)
        self._folder = Folder(folder.path)
        self._successor = successor_of(folder.settings.origin)
        for each in self.trees:
            if newest := self.cosigs.newest(each.suite):
                self._show(each, newest.note)  # the process may have ended between the two

    def close(self) -> None:
        self.cosigs.close()
        self._folder.close()

    def offer(self, each: SealedTree, now: int) -> tuple[note.Note, Checkpoint]:
        """The newest checkpoint, as everybody is asked to sign it. Raise ``Forked`` if another of its size was."""
        whole, checkpoint = each.newest(self.store.disk)
        kept = note.parse(self.cosigs.keep_asked(each.suite, checkpoint.size, whole.encode()))
        if kept.text != whole.text and (proof := fork(self.store, each, kept.encode(), _OWN)):
            self.stop([proof], now)
        return kept, checkpoint

    def keep(self, each: SealedTree, witness: str, whole: note.Note, line: note.Signature) -> None:
        """Keep a line that was checked."""
        checkpoint = Checkpoint.parse(whole.text)
        at = cosigned_at(line.content)
        self.cosigs.keep(each.suite, Cosignature(checkpoint.size, checkpoint.root, witness, line.line(), at))

    def assembled(self, each: SealedTree, size: int) -> note.Note | None:
        """The checkpoint of ``size`` with all that signed it, if that satisfies the policy."""
        whole = next((raw for asked, raw in self.cosigs.asked(each.suite, size - 1) if asked == size), None)
        if whole is None:
            return None
        signed = self.cosigs.cosignatures(each.suite, size)
        lines = (note.Signature.parse(signed[name].line[:-1]) for name in each.policy.witnesses if name in signed)
        assembled = note.parse(whole).with_signature(*lines)
        try:
            each.policy.judge(assembled, each.tree.suite)
        except QuorumMissing:
            return None
        return assembled

    def publish(self, each: SealedTree, size: int, now: int) -> Publication | None:
        """Publish the checkpoint of ``size`` if the policy is met and nothing newer is out already."""
        newest = self.cosigs.newest(each.suite)
        if (newest and newest.size >= size) or not (whole := self.assembled(each, size)):
            return None
        fresh = Publication(size, Checkpoint.parse(whole.text).root, whole.encode(), now)
        self.cosigs.publish(each.suite, fresh)
        self._show(each, fresh.note)
        return fresh

    def check_own(self, now: int) -> None:
        """Raise ``LogClosed``; ``Forked`` when the log does not lead to what was published or once seen of it."""
        if self._folder.size(CLOSED):
            raise LogClosed(self._successor)
        found = [
            proof
            for each in self.trees
            for witness, seen in self.known(each)
            if (proof := fork(self.store, each, seen, witness))
        ]
        self.stop(found, now)
        if signed := [proof for each in self.trees for proof in self._signed_and_gone(each)]:
            raise Forked(signed, self._successor)

    def _signed_and_gone(self, each: SealedTree) -> Iterator[Fork]:
        """What a witness signed last is kept without the checkpoint where it came by disc; it was checked then."""
        for witness, last in self.cosigs.last_of(each.suite).items():
            theirs = Checkpoint(each.origin, last.size, last.root)
            if proof := departed(self.store, each, theirs, last.line.encode(), witness):
                yield proof

    def known(self, each: SealedTree) -> list[tuple[str, bytes]]:
        """Checkpoints that the log signed at some time, as it must lead to them, and who has them."""
        published = self.cosigs.newest(each.suite)
        own = [whole for _, whole in self.cosigs.asked(each.suite, 0)] + ([published.note] if published else [])
        return [*self.cosigs.seen(each.suite), *((_OWN, whole) for whole in own)]

    def stop(self, found: list[Fork], now: int) -> None:
        """Keep the proof and raise ``Forked``, if there is any."""
        for each in found:
            self.cosigs.keep_seen(each.tree, each.witness, each.note, now)
        if found:
            raise Forked(found, self._successor)

    def _show(self, each: SealedTree, content: bytes) -> None:
        if self._folder.read(each.published, 0, len(content) + 1) != content:
            put(self._folder, each.published, content)
