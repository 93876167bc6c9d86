"""The sealing service of one office: takes records into the log, asks witnesses, gets timestamps, anchors.

Any error in writing ends it with a clear message, and nothing more is written. What ails a witness, a time-stamping
authority or a chain never does. A fork ends it too, before or while it runs: the log is read-only until a person decides.

It writes nothing until enough witnesses have answered: what lies here may be an old copy, and only they can tell.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from jianwei.seal import frontage, standing
from jianwei.seal.anchoring.chain import AnchorConflict
from jianwei.seal.carrying import carry_on
from jianwei.seal.dating import Anchoring, AnchorSettings, Dating, Stamping, StampSettings
from jianwei.seal.disk import LogBusy
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.intake import Intake
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.permission import Permission
from jianwei.seal.time_proofs import TimeProofs
from jianwei.seal.vault.erasing import scrub_if_due, sweep
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.witnessing.cosigs import DATING, FILE, Cosigs
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

BY_DISC_ALONE = (
    "见证方都凭光盘：本机日志是不是最新的一份，无从询问，只能与本机所存的见证签名核对。"
    "如恢复过备份，请先向见证方取回 .tlhead 文件，用 jianwei seal import 导入，再运行存证服务。"
)

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
        permission: Permission | None = None,
    ) -> None:
        """``clock``: seconds since 1970; ``tell``: takes sentences for whoever watches; ``stop`` ends it.

        ``permission``: to write though no witness has answered.
        """
        self._folder = folder
        self._clock = clock
        self._entropy = entropy
        self._tell = tell
        self._stop = stop
        self._permission = permission
        self._may_write = threading.Event()
        self._ending: tuple[int, str] = STOPPED, "存证服务已停止。"
        self._told: dict[str, str] = {}
        self._said = "", ""
        self._since = 0

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
        silent = witnessing.startup_check(self._clock())
        self._tell(f"存证服务已启动：{log.folder.settings.origin}，已有 {writer.size} 条")
        if witnessing.by_disc_alone:
            self._tell(BY_DISC_ALONE)
        intake = Intake(log.vault, self._entropy)
        if self._permission and not witnessing.confirmed:
            self._write_unconfirmed(log, self._permission, writer.size, silent)
        else:
            self._await(witnessing, silent, intake)
        others = [
            threading.Thread(target=self._tidy, args=(log.vault,), daemon=True),
            threading.Thread(target=self._witness, args=(witnessing, intake), daemon=True),
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
            if self._may_write.is_set():
                intake.take(self._clock())
                writer.drain(self._clock())
                intake.answer()
            if (now := time.monotonic()) >= stay_at:
                standing.stay(self._folder, self._clock())
                stay_at = now + STAY_SECONDS
        if self._ending[0] == STOPPED and self._may_write.is_set():
            writer.drain(self._clock())

    def _tidy(self, vault: Vault) -> None:
        """Finish deletions that others' reading held up; remove what killed uploads left; take over from a closed log."""
        sweep_at = 0.0
        while not self._stop.is_set():
            try:
                if count := carry_on(self._folder, now=self._clock(), entropy=self._entropy):
                    self._tell(f"已从终止的日志接过 {count} 条不能由它证明的记录")
                scrub_if_due(vault, self._clock())
                if time.monotonic() >= sweep_at:
                    sweep(vault, self._clock())
                    sweep_at = time.monotonic() + SWEEP_SECONDS
                self._tell_once("清理", "")
            except (SealError, OSError, sqlite3.Error) as problem:
                self._tell_once("清理", f"暂时不能清除已删除的内容：{problem}")
            self._stop.wait(SCRUB_SECONDS)

    def _await(self, witnessing: Witnessing, silent: Mapping[tuple[str, str], str], intake: Intake) -> None:
        """Let the log grow if enough witnesses have answered; else say whom it waits for."""
        for (tree, name), trouble in silent.items():
            self._tell_once(f"{tree} {name}", f"见证方 {name}（{tree}）未确认：{trouble}")
        if witnessing.confirmed:
            intake.hold(None)
            self._say("running", "见证方已确认本机日志是最新的一份" if witnessing.asks else "没有可经网络询问的见证方")
            self._may_write.set()
            return
        whom = "、".join(dict.fromkeys(name for _, name in silent)) or "见证方"
        sentence = f"等待见证方答复后写入：本次启动后，尚无足够的见证方确认本机日志是最新的一份（未确认：{whom}）。"
        intake.hold(f"{sentence}本次没有收下，请稍后重送。")
        self._say("awaiting", f"{sentence}材料照常收下保存，确认后自动写入日志。")

    def _write_unconfirmed(
        self, log: EvidenceLog, permission: Permission, size: int, silent: Mapping[tuple[str, str], str]
    ) -> None:
        whom = list(dict.fromkeys(name for _, name in silent))
        event = permission.event(log.folder.settings.office, size, whom, self._clock(), self._entropy)
        log.put(event.kind, event, now=self._clock(), entropy=self._entropy)
        self._say(
            "unconfirmed",
            f"未经见证方确认即写入日志，由 {permission.by} 决定，事由：{permission.reason}。"
            "如本机日志是旧的一份，此后写入的记录须作废。",
        )
        self._may_write.set()

    def _say(self, state: str, message: str) -> None:
        """How it stands, to others and to whoever watches; since when is that of the state, not of its words."""
        if (state, message) == self._said:
            return
        if state != self._said[0]:
            self._since = self._clock()
        self._said = state, message
        standing.say(self._folder, state, message, self._since)
        self._tell(message)

    def _witness(self, witnessing: Witnessing, intake: Intake) -> None:
        settings = self._settings()
        while not self._stop.wait(WITNESS_SECONDS):
            try:
                if (now := self._settings()) != settings:
                    witnessing.close()
                    witnessing, settings = Witnessing(self._folder), now
                if not self._may_write.is_set():
                    self._await(witnessing, witnessing.startup_check(self._clock()), intake)
                    continue
                self._tell_round(witnessing.step(self._clock()))
                if self._said[0] == "unconfirmed" and witnessing.confirmed:
                    self._await(witnessing, {}, intake)
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
                fresh = dating.step(self._clock()) if dating else None
                if fresh:
                    self._tell(f"已取得{title}：至第 {fresh.size} 条，{fresh.by}")
                if fresh or not dating:
                    self._ails(cosigs, title, "")
            except AnchorConflict as problem:
                self._ails(cosigs, title, str(problem))
            except Exception as problem:
                self._ails(cosigs, title, f"暂时不能取得{title}：{problem}")
        cosigs.close()
        times.close()

    def _ails(self, cosigs: Cosigs, title: str, sentence: str) -> None:
        """Told to whoever watches, and kept for the page of the log."""
        self._tell_once(title, sentence)
        with suppress(sqlite3.Error):
            cosigs.trouble(DATING, title, sentence or None, self._clock())

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
