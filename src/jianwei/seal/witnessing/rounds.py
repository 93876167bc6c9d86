"""Witnessing as it runs: every second or two all witnesses are asked at once, and whoever is slow holds up nobody."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.witnessing.asking import Asked, Outcome, ask
from jianwei.seal.witnessing.cosigs import Publication
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.trees import SealedTree
from jianwei.seal.witnessing.vouching import enough, is_fresh

SECONDS = 5.0
"""What a witness may take to answer."""
GRACE_SECONDS = 0.3
"""Chosen: for those who answer after the quorum is there; their lines make the publication stronger."""
REST_SECONDS = 60
"""The longest a witness that does not answer is left alone."""


_Key = tuple[str, str]
"""(tree, witness)"""


@dataclass(frozen=True)
class Round:
    """What came of one round."""

    published: list[tuple[str, Publication]] = field(default_factory=list)
    """By tree, in the order of their sizes."""
    signed: list[tuple[str, str, int]] = field(default_factory=list)
    """(tree, witness, size)."""
    troubles: dict[_Key, str] = field(default_factory=dict)


@dataclass
class _Rest:
    failures: int = 0
    until: int = 0


class Witnessing:
    """For one thread. Raises ``Forked`` when the log must not be written any more, and nothing for a witness's sake."""

    def __init__(self, folder: Path, seconds: float = SECONDS) -> None:
        """``seconds``: what a witness may take. Settings and policies are read once."""
        office = LogFolder(folder)
        self.publisher = Publisher(office)
        self._seconds = seconds
        self._asked = _all(self.publisher.trees, office.settings.witness_urls)
        self._threads = ThreadPoolExecutor(max(1, len(self._asked)), "witness")
        self._running: dict[Future[Outcome], tuple[Asked, note.Note]] = {}
        self._vouching: dict[Asked, Future[Outcome]] = {}
        self._vouched: set[_Key] = set()
        self._rests: dict[_Key, _Rest] = {}

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.publisher.close()

    def startup_check(self, now: int) -> dict[_Key, str]:
        """Before anything is written: let every witness sign the newest checkpoint anew. Who did not, and why.

        Raise ``Forked`` when one has what this log does not lead to. To be repeated until ``confirmed``.
        """
        self.publisher.check_own(now)
        newest = {each.suite: self.publisher.offer(each, now)[0] for each in self.publisher.trees}
        last = {each.suite: self.publisher.cosigs.last_of(each.suite) for each in self.publisher.trees}
        for each in self._asked:
            if each.name not in self._vouched and each not in self._vouching:
                signed = last[each.tree.suite].get(each.witness)
                known = signed.size if signed else 0
                job = self._threads.submit(self._vouch, each, newest[each.tree.suite], known, now)
                self._vouching[each] = job
        wait(self._vouching.values(), self._seconds + GRACE_SECONDS)
        outcomes = {each: job.result() for each, job in self._vouching.items() if job.done()}
        silent = {each.name: "超时未答复。" for each in self._vouching if each not in outcomes}
        silent |= {each.name: outcome.trouble for each, outcome in outcomes.items() if outcome.trouble}
        self._vouching = {each: job for each, job in self._vouching.items() if each not in outcomes}
        self.publisher.stop([outcome.fork for outcome in outcomes.values() if outcome.fork], now)
        self._vouched |= {each.name for each, outcome in outcomes.items() if outcome.line}
        for name, trouble in silent.items():
            self.publisher.cosigs.trouble(*name, trouble, now)
        return silent

    @property
    def confirmed(self) -> bool:
        """Whether enough witnesses have signed since this was opened to be sure that the log is the newest one."""
        return all(
            enough(
                each.policy,
                {asked.witness for asked in self._asked if asked.tree is each},
                {witness for suite, witness in self._vouched if suite == each.suite},
            )
            for each in self.publisher.trees
        )

    @property
    def asks(self) -> bool:
        """Whether there is anybody to ask."""
        return bool(self._asked)

    @property
    def by_disc_alone(self) -> bool:
        """Whether there are witnesses, and none that can be asked."""
        return not self._asked and any(each.policy.witnesses for each in self.publisher.trees)

    def step(self, now: int) -> Round:
        """One round: ask whoever has not signed the newest checkpoint, keep, publish. ``now``: seconds since 1970."""
        done = Round()
        offered = [(each, *self.publisher.offer(each, now)) for each in self.publisher.trees]
        for each, whole, checkpoint in offered:
            if checkpoint.size:
                self._ask_all(each, whole, checkpoint.size, now)
        sizes = {(each.suite, checkpoint.size): each for each, _, checkpoint in offered if checkpoint.size}
        for each, size in self._collect(dict(sizes), now, done):
            sizes[each.suite, size] = each
        for (suite, size), each in sorted(sizes.items(), key=lambda item: item[0]):
            if fresh := self.publisher.publish(each, size, now):
                done.published.append((suite, fresh))
        return done

    def _ask_all(self, each: SealedTree, whole: note.Note, size: int, now: int) -> None:
        last = self.publisher.cosigs.last_of(each.suite)
        busy = {asked.name for asked, _ in self._running.values()}
        for asked in self._asked:
            known = last[asked.witness].size if asked.witness in last else 0
            rest = self._rests.get(asked.name, _Rest())
            if asked.tree is not each or known == size or asked.name in busy or 0 < rest.until - now <= REST_SECONDS:
                continue
            job = self._threads.submit(ask, self.publisher.store, asked, whole, known, now, self._seconds)
            self._running[job] = asked, whole

    def _collect(self, sizes: dict[tuple[str, int], SealedTree], now: int, done: Round) -> list[tuple[SealedTree, int]]:
        """Wait for all, or until the quorum is there and a little longer; late ones are taken in a later round."""
        end = time.monotonic() + self._seconds + GRACE_SECONDS
        met, came = False, []
        while self._running and (left := end - time.monotonic()) > 0:
            for job in wait(self._running, left, FIRST_COMPLETED).done:
                asked, whole = self._running.pop(job)
                if size := self._take(asked, whole, job.result(), now, done):
                    came.append((asked.tree, size))
            if not met and all(self.publisher.assembled(each, size) for (_, size), each in sizes.items()):
                met, end = True, min(end, time.monotonic() + GRACE_SECONDS)
        return came

    def _take(self, asked: Asked, whole: note.Note, outcome: Outcome, now: int, done: Round) -> int | None:
        """The size signed, if any."""
        if outcome.fork:
            self.publisher.stop([outcome.fork], now)
        self.publisher.cosigs.trouble(*asked.name, outcome.trouble, now)
        if outcome.line is None:
            rest = self._rests.setdefault(asked.name, _Rest())
            rest.failures += 1
            rest.until = now + min(2**rest.failures, REST_SECONDS)
            done.troubles[asked.name] = outcome.trouble or ""
            return None
        self._rests.pop(asked.name, None)
        if is_fresh(outcome.line, now):
            self._vouched.add(asked.name)
        self.publisher.keep(asked.tree, asked.witness, whole, outcome.line)
        size = Checkpoint.parse(whole.text).size
        done.signed.append((*asked.name, size))
        return size

    def _vouch(self, asked: Asked, whole: note.Note, known: int, now: int) -> Outcome:
        outcome = ask(self.publisher.store, asked, whole, known, now, self._seconds)
        if outcome.line and not is_fresh(outcome.line, now):
            return Outcome(trouble="见证时间比本机早十分钟以上：见证方或者本机的时钟不准，不能确认日志为最新。")
        return outcome


def _all(trees: Sequence[SealedTree], urls: Mapping[str, str]) -> list[Asked]:
    """Every witness of every policy that has an address; the others sign by disc."""
    return [
        Asked(each, witness, urls[witness].rstrip("/"))
        for each in trees
        for witness in each.policy.witnesses
        if witness in urls
    ]
