"""After an old backup was put back: fetch what it lacks, if that is exactly what the witnesses signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.copying import CopiedTree, Fetch, NotTheSameLog, catch_up
from jianwei.seal.disk import Folder
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.store import Store
from jianwei.seal.suites import SM3
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.rounds import SECONDS, Witnessing
from jianwei.seal.witnessing.trees import SealedTree


def restore(path: Path, fetch: Fetch, now: int, seconds: float = SECONDS) -> range:
    """Fill an office's log up from a mirror or another copy; the indices added.

    Every checkpoint that a witness, a publication or a request shows to have been signed must then be the beginning of
    the log; else nothing is changed and ``NotTheSameLog``, ``NotThere`` or ``LogBusy`` is raised.
    """
    office = LogFolder(path)
    disk = Folder(office.log)
    disk.lock()
    log = Witnessing(path, seconds)
    try:
        try:
            log.startup_check(now)
        except Forked as found:
            different = [each for each in found.forks if not each.ahead]
            if different:
                raise NotTheSameLog(f"{different[0]}：这不是缺少记录，不能补齐。") from None
        publisher = log.publisher
        trees = [copied(office, suite, publisher.trees) for suite in office.suites]
        return catch_up(disk, trees, fetch, lambda store: _check(publisher, store))
    finally:
        log.close()
        disk.close()


def copied(office: LogFolder, suite: str, witnessed: Sequence[SealedTree]) -> CopiedTree:
    """A tree without a policy is copied too: all of them come from the same entries."""
    keys = next((each.keys_at for each in witnessed if each.suite == suite), lambda _: [office.verifier(suite)])
    shown_at = "sm/" if suite == SM3.name else ""
    checkpoint = office.checkpoint(suite)
    return CopiedTree(TREES[suite], office.origin(suite), keys, checkpoint, shown_at)


def _check(publisher: Publisher, store: Store) -> None:
    for each in publisher.trees:
        size = store.disk.size(each.tree.level(0)) // len(each.tree.suite.digest(b""))
        for witness, known in publisher.known(each):
            theirs = Checkpoint.parse(note.parse(known).text)
            if theirs.size > size:
                raise NotTheSameLog(f"镜像到第 {size} 条为止，而“{witness}”见证到第 {theirs.size} 条，仍不完整。")
            if store.root(each.tree, theirs.size) != theirs.root:
                raise NotTheSameLog(f"镜像与“{witness}”见证的第 {theirs.size} 条处的根不一致，没有采用。")
