"""Many waiting requests, one commit: a thread that takes what has come together and has it made safe at once."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from jianwei.seal.leaf import Leaf
from jianwei.seal.sequencer import LogStopped, Sequencer

WINDOW_SECONDS = 0.020
MOST = 1024


class GroupCommit:
    """Waits ``window_seconds`` after the first entry, or for ``most`` of them, and commits."""

    def __init__(self, sequencer: Sequencer, window_seconds: float = WINDOW_SECONDS, most: int = MOST) -> None:
        self._sequencer = sequencer
        self._window = window_seconds
        self._most = most
        self._pending: list[tuple[Leaf, Future[int]]] = []
        self._changed = threading.Condition()
        self._closed: object = None
        self._thread = threading.Thread(target=self._run, name="evidence-log", daemon=True)
        self._thread.start()

    def submit(self, leaf: Leaf) -> Future[int]:
        """The entry's index, once it is safe."""
        leaf.encode()  # an entry that cannot be written must not stop the others'
        answer: Future[int] = Future()
        answer.set_running_or_notify_cancel()
        with self._changed:
            if self._closed:
                raise LogStopped(self._closed)
            self._pending.append((leaf, answer))
            if len(self._pending) in (1, self._most):
                self._changed.notify()
        return answer

    def close(self) -> None:
        """Commit what waits, and end."""
        with self._changed:
            self._closed = self._closed or "已关闭"
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while taken := self._take():
            try:
                indices = self._sequencer.append(leaf for leaf, _ in taken)
            except BaseException as problem:
                with self._changed:
                    self._closed = problem
                    taken += self._pending
                    self._pending = []
                for _, answer in taken:
                    answer.set_exception(problem)
                return
            for index, (_, answer) in zip(indices, taken, strict=True):
                answer.set_result(index)

    def _take(self) -> list[tuple[Leaf, Future[int]]]:
        """Up to ``most`` entries; none at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._pending or self._closed)
            self._changed.wait_for(lambda: len(self._pending) >= self._most or self._closed, self._window)
            taken, self._pending = self._pending[: self._most], self._pending[self._most :]
            return taken
