"""What ails timestamps and anchors is kept with the log, so that its page and its status say so until it is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_offices import NOW, chance, filled

from jianwei.seal import service
from jianwei.seal.anchoring.chain import AnchorConflict
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.service import Service
from jianwei.seal.time_proofs import TimeProof

CONFLICT = "链上已锚定第 9 条的检查点，与现有的第 3 条不相容：日志可能被回退或者分叉。"


class Other:
    """A chain, or an authority: what it does next is set from outside."""

    def __init__(self) -> None:
        self.does: Exception | TimeProof | None = None
        self.asked = 0

    def step(self, now: int) -> TimeProof | None:
        self.asked += 1
        if isinstance(self.does, Exception):
            raise self.does
        return self.does


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EvidenceLog]:
    with filled(tmp_path / "110105", 3) as made:
        yield made


@contextmanager
def serving(log: EvidenceLog, what: str, other: Other, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(service, "DATE_SECONDS", 0.01)
    monkeypatch.setattr(Service, what, staticmethod(lambda folder, cosigs, times: other))
    stop = threading.Event()
    one = Service(log.folder.path, clock=lambda: NOW, entropy=chance(3), tell=lambda _: None, stop=stop)
    thread = threading.Thread(target=one.run)
    thread.start()
    try:
        until(lambda: other.asked)
        yield
    finally:
        stop.set()
        thread.join()


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def said(log: EvidenceLog) -> list[str]:
    return [each.sentence for each in log.status(NOW).dating]


def test_a_chain_that_holds_another_log_is_an_alarm_until_it_takes_this_one(
    log: EvidenceLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Other()
    chain.does = AnchorConflict(CONFLICT)
    with serving(log, "_anchoring", chain, monkeypatch):
        until(lambda: said(log))
        assert said(log) == [CONFLICT] and CONFLICT in log.status(NOW).alarms
        chain.does, asked = None, chain.asked
        until(lambda: chain.asked > asked + 3)  # nothing to do says nothing of what was
        assert said(log) == [CONFLICT]
        chain.does = TimeProof(3, b"{}", NOW, "链")
        until(lambda: not said(log))
    assert CONFLICT not in log.status(NOW).alarms


def test_an_alarm_outlives_the_service_that_raised_it(log: EvidenceLog, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = Other()
    chain.does = AnchorConflict(CONFLICT)
    with serving(log, "_anchoring", chain, monkeypatch):
        until(lambda: said(log))
    with EvidenceLog.open(log.folder.path) as again:
        assert said(again) == [CONFLICT]


def test_an_authority_that_gives_none_is_named_and_the_log_goes_on(
    log: EvidenceLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Other()
    authority.does = SealError("不予签发")
    with serving(log, "_stamping", authority, monkeypatch):
        until(lambda: said(log))
        assert said(log)[0].startswith("暂时不能取得时间戳：") and log.status(NOW).service.state == "running"
