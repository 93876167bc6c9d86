"""A home with the demonstration's logs, whose outside parties answer in this process when a test lets them."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from jianwei.seal import demo, standing
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.time_proofs import TimeProof, TimeProofs
from jianwei.seal.witness import folder as witness_folder
from jianwei.seal.witness.serving import WitnessServer
from jianwei.seal.witnessing.cosigs import FILE, Cosigs
from jianwei.seal.witnessing.rounds import Witnessing

COUNTY, SIBLING = "330602", "330603"
_PLACES = {"公安局": "police", "法院": "court", "上级检察院": "superior"}


class SealedHome:
    """``drain``, ``witness``, ``stamp``: what the sealing service does, one step when told to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def folder(self, code: str = COUNTY) -> Path:
        return self.path / "seal" / code

    def drain(self, code: str = COUNTY) -> int:
        now = int(time.time())
        standing.say(self.folder(code), "running", "", now)
        with EvidenceLog.open(self.folder(code)) as log, log.writer(now) as writer:
            return writer.drain(now)

    def witness(self, code: str = COUNTY, *names: str, at: int | None = None) -> None:
        """Have the witnesses sign; ``at``: what their clocks say."""
        now = at or int(time.time())
        with self._rounds(code, names, now) as rounds:
            rounds.step(now)

    def starts(self, code: str = COUNTY) -> None:
        """Ask the witnesses what a service asks them first. Raise ``Forked``."""
        now = int(time.time())
        with self._rounds(code, (), now) as rounds:
            rounds.startup_check(now)

    @contextmanager
    def _rounds(self, code: str, names: tuple[str, ...], now: int) -> Iterator[Witnessing]:
        with self._served(names or tuple(_PLACES), now) as urls:
            office = LogFolder(self.folder(code))
            office.change(replace(office.settings, witness_urls=urls))
            rounds = Witnessing(self.folder(code))
            try:
                yield rounds
            finally:
                rounds.close()

    def stamp(self, code: str = COUNTY, at: int | None = None) -> None:
        """A token that no verifier looks into: for the state alone."""
        office = LogFolder(self.folder(code))
        office.change(replace(office.settings, stamp={"url": "http://127.0.0.1:9", "roots": "tsa-root.pem"}))
        newest = Cosigs(self.folder(code) / FILE).newest("sha256")
        assert newest
        TimeProofs(self.folder(code) / FILE).keep_token(
            TimeProof(newest.size, b"\x30\x00", at or int(time.time()), "演示时间戳")
        )

    def fixed(self, code: str = COUNTY) -> None:
        self.drain(code)

    def witnessed(self, code: str = COUNTY) -> None:
        self.drain(code)
        self.witness(code)

    @contextmanager
    def _served(self, names: tuple[str, ...], now: int) -> Iterator[dict[str, str]]:
        urls = {}
        with ExitStack() as stack:
            for name in names:
                one = witness_folder.open_witness(demo.place(self.path) / _PLACES[name])
                server = WitnessServer(("127.0.0.1", 0), one, _at(now), _unheard)
                threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
                stack.callback(one.memory.close)
                stack.callback(server.server_close)
                stack.callback(server.shutdown)
                urls[name] = f"http://127.0.0.1:{server.server_address[1]}"
            yield urls


def _at(now: int) -> Callable[[], int]:
    return lambda: now


def _unheard(_: Any) -> None:
    """Nobody watches."""


def made(path: Path) -> Path:
    demo.found(path, [COUNTY, SIBLING], os.urandom)
    return path


def copied(origin: Path, path: Path) -> SealedHome:
    shutil.copytree(origin, path)
    return SealedHome(path)
