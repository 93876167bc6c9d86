"""Signal 9 at random moments, to the service, to whoever puts records in, to witnesses: nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_offices import filled

from jianwei.seal import crashing

ROUNDS = int(os.environ.get("JIANWEI_KILLS", "20"))


@pytest.mark.slow
def test_no_kill_loses_doubles_or_skips_a_record(tmp_path: Path) -> None:
    outcome = crashing.kill(tmp_path, ROUNDS, seed=3)
    print(outcome)
    assert outcome.violations == []
    assert sum(outcome.kills.values()) == ROUNDS
    assert outcome.told_fixed >= ROUNDS // 2
    assert outcome.entries >= outcome.acknowledged
    assert outcome.published


def test_the_experiment_sees_a_record_that_is_gone(tmp_path: Path) -> None:
    """Its own control: of what it is told, something is not in the log, or elsewhere."""
    log = filled(tmp_path / "log", 2)
    [first, _] = log.entries()
    outcome = crashing.Outcome(0)
    crashing._examine(tmp_path / "log", {"01HF7YAT007SW7BYXPE44VSN4F": None, first.id: 7}, outcome)
    assert len(outcome.violations) == 3  # and both are unwitnessed


def test_processes_end_with_whoever_started_them_even_by_signal_9(tmp_path: Path) -> None:
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom jianwei.seal import attached\n"
        f"words = ('http.server', '0', '--bind', '127.0.0.1')\n"
        f"with attached.running([attached.Command(words, Path({str(tmp_path / 'told')!r}))]) as [child]:\n"
        "    print(child.pid, flush=True)\n    time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    child = int(holder.stdout.readline())
    os.kill(child, 0)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    for _ in range(100):
        if not _alive(child):
            return
        time.sleep(0.1)
    pytest.fail("the process outlived its holder")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
