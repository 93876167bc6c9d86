"""The sealing service of one office: takes records into the log, asks witnesses, gets timestamps, anchors.

Any error in writing ends it with a clear message, and nothing more is written. What ails a witness, a time-stamping
authority or a chain never does. A fork ends it too, before or while it runs: the log is read-only until a person decides.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jianwei.seal import frontage, standing
from jianwei.seal.dating import Anchoring, AnchorSettings, Dating, Stamping, StampSettings
from jianwei.seal.disk import LogBusy
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.intake import Intake
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.time_proofs import TimeProofs
from jianwei.seal.vault.erasing import scrub_if_due, sweep
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.witnessing.cosigs import FILE, Cosigs
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.rounds import Round, Witnessing
from jianwei.seal.writer import Writer

DRAIN_SECONDS = 0.020
WITNESS_SECONDS = 1.0
DATE_SECONDS = 1.0
STAY_SECONDS = 5.0
SCRUB_SECONDS = 60.0
SWEEP_SECONDS = 3600.0
BUSY_SECONDS = 10.0
"""How long to wait for whoever examines the log just now."""

STOPPED, FAILED, FORKED = 0, 1, 4
"""How it ends; as exit codes of a process."""


class Service:
    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], int],
        entropy: Entropy,
        tell: Callable[[str], None],
        stop: threading.Event,
    ) -> None:
        """``clock``: seconds since 1970; ``tell``: takes sentences for whoever watches; ``stop`` ends it."""
        self._folder = folder
        self._clock = clock
        self._entropy = entropy
        self._tell = tell
        self._stop = stop
        self._ending: tuple[int, str] = STOPPED, "存证服务已停止。"
        self._told: dict[str, str] = {}

    def run(self) -> int:
        """Until told to stop, or an error; how it ended."""
        with EvidenceLog.open(self._folder) as log:
            try:
                with self._writer(log) as writer:
                    self._serve(log, writer)
            except Forked as problem:
                self._end(FORKED, str(problem))
            except LogBusy as problem:  # that one speaks for the log
                self._tell(str(problem))
                return FAILED
            except (SealError, OSError, sqlite3.Error) as problem:
                self._end(FAILED, f"存证服务已停止写入：{problem}")
        code, message = self._ending
        standing.say(
            self._folder, {STOPPED: "stopped", FAILED: "failed", FORKED: "forked"}[code], message, self._clock()
        )
        self._tell(message)
        return code

    @contextmanager
    def _writer(self, log: EvidenceLog) -> Iterator[Writer]:
        """The writer, after waiting a little for whoever examines the log."""
        with ExitStack() as stack:
            end = time.monotonic() + BUSY_SECONDS
            while True:
                try:
                    writer = stack.enter_context(log.writer(self._clock()))
                    break
                except LogBusy:
                    if time.monotonic() > end or self._stop.wait(0.2):
                        raise
            yield writer

    def _serve(self, log: EvidenceLog, writer: Writer) -> None:
        witnessing = Witnessing(self._folder)
        for (tree, name), trouble in witnessing.startup_check(self._clock()).items():
            self._tell(f"见证方 {name}（{tree}）未答复，继续运行：{trouble}")
        standing.say(self._folder, "running", f"{log.folder.settings.origin} 已有 {writer.size} 条", self._clock())
        self._tell(f"存证服务已启动：{log.folder.settings.origin}，已有 {writer.size} 条")
        intake = Intake(log.vault, self._entropy)
        others = [
            threading.Thread(target=self._tidy, args=(log.vault,), daemon=True),
            threading.Thread(target=self._witness, args=(witnessing,), daemon=True),
            threading.Thread(target=self._date, args=("时间戳", self._stamping), daemon=True),
            threading.Thread(target=self._date, args=("链上锚定", self._anchoring), daemon=True),
        ]
        for each in others:
            each.start()
        try:
            with frontage.serving(log.folder, intake):
                try:
                    self._drain(log, writer, intake)
                finally:
                    intake.close()
        finally:
            self._stop.set()
            for each in others:
                each.join(timeout=10)

    def _drain(self, log: EvidenceLog, writer: Writer, intake: Intake) -> None:
        stay_at = time.monotonic()
        while not self._stop.is_set():
            intake.wake.wait(DRAIN_SECONDS)
            if self._stop.is_set():
                break
            intake.take(self._clock())
            writer.drain(self._clock())
            intake.answer()
            if (now := time.monotonic()) >= stay_at:
                standing.stay(self._folder, self._clock())
                stay_at = now + STAY_SECONDS
        if self._ending[0] == STOPPED:
            writer.drain(self._clock())

    def _tidy(self, vault: Vault) -> None:
        """Finish deletions that others' reading held up; remove what killed uploads left."""
        sweep_at = 0.0
        while not self._stop.is_set():
            try:
                scrub_if_due(vault, self._clock())
                if time.monotonic() >= sweep_at:
                    sweep(vault, self._clock())
                    sweep_at = time.monotonic() + SWEEP_SECONDS
                self._tell_once("清理", "")
            except (SealError, OSError, sqlite3.Error) as problem:
                self._tell_once("清理", f"暂时不能清除已删除的内容：{problem}")
            self._stop.wait(SCRUB_SECONDS)

    def _witness(self, witnessing: Witnessing) -> None:
        settings = self._settings()
        while not self._stop.wait(WITNESS_SECONDS):
            try:
                if (now := self._settings()) != settings:
                    witnessing.close()
                    witnessing, settings = Witnessing(self._folder), now
                self._tell_round(witnessing.step(self._clock()))
                self._tell_once("witnessing", "")
            except Forked as problem:
                self._end(FORKED, str(problem))
            except (SealError, OSError, sqlite3.Error) as problem:
                self._tell_once("witnessing", f"见证暂时不能进行：{problem}")
        witnessing.close()

    def _settings(self) -> list[int]:
        """Changes when an administrator changes whom to ask."""
        files = (self._folder / name for name in ("log.json", "policy.txt", "policy-sm.txt"))
        return [path.stat().st_mtime_ns if path.exists() else 0 for path in files]

    def _tell_round(self, done: Round) -> None:
        for (tree, witness), trouble in done.troubles.items():
            self._tell_once(f"{tree} {witness}", f"见证方 {witness}（{tree}）：{trouble}")
        for tree, publication in done.published:
            self._tell(f"已见证并发布：{tree} 至第 {publication.size} 条")

    def _date(self, title: str, opened: Callable[[LogFolder, Cosigs, TimeProofs], Dating | None]) -> None:
        """Timestamps, or anchors: whatever their libraries raise, the log goes on."""
        cosigs, times = Cosigs(self._folder / FILE), TimeProofs(self._folder / FILE)
        dating, settings = None, [-1]
        while not self._stop.wait(DATE_SECONDS):
            try:
                if (now := self._settings()) != settings:
                    settings, dating = now, opened(LogFolder(self._folder), cosigs, times)
                if dating and (fresh := dating.step(self._clock())):
                    self._tell(f"已取得{title}：至第 {fresh.size} 条，{fresh.by}")
                    self._tell_once(title, "")
            except Exception as problem:
                self._tell_once(title, f"暂时不能取得{title}：{problem}")
        cosigs.close()
        times.close()

    def _stamping(self, folder: LogFolder, cosigs: Cosigs, times: TimeProofs) -> Dating | None:
        settings = StampSettings.of(folder)
        return Stamping(settings, cosigs, times, folder.suites[0], self._entropy) if settings else None

    @staticmethod
    def _anchoring(folder: LogFolder, cosigs: Cosigs, times: TimeProofs) -> Dating | None:
        settings = AnchorSettings.of(folder)
        return Anchoring(settings, cosigs, times, folder.suites[0]) if settings else None

    def _end(self, code: int, message: str) -> None:
        self._ending = code, message
        self._stop.set()

    def _tell_once(self, about: str, sentence: str) -> None:
        """The same trouble is told once, until it changes."""
        if sentence and self._told.get(about) != sentence:
            self._tell(sentence)
        self._told[about] = sentence
