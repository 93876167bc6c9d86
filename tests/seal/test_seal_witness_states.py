"""A witness against a slow reference: whatever it is asked, it never signs two histories."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from a_witness import NOW, GrowingLog, witness
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from logs import ONE_TREE

from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.note import Signature
from jianwei.seal.suites import SHA256

MOST = 12
FORK_AT = (0, 3, 7)
NAME = ONE_TREE[0].signer.verifier.name


def histories() -> list[GrowingLog]:
    """One log, and others that part from it, each stopped at every size."""
    all_of_them = []
    for seed, shared in enumerate((MOST, *FORK_AT)):
        log = GrowingLog(seed, ONE_TREE)
        for size in range(1, MOST + 1):
            log.grow(size, shared)
        all_of_them.append(log)
    return all_of_them


HISTORIES = histories()


def entries(history: int, size: int) -> list[bytes]:
    """The entries of a history, as the slow reference compares them."""
    raw = HISTORIES[history].disk.read("leaves", 0, 76 * size)
    return [raw[start : start + 76] for start in range(0, len(raw), 76)]


class Asked(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.witness = witness(Path(self.folder.name))
        self.signed: list[bytes] = []
        """The entries under the newest signed checkpoint."""
        self.roots: dict[int, bytes] = {}

    def teardown(self) -> None:
        self.witness.memory.close()
        self.folder.cleanup()

    @rule(
        history=st.integers(0, len(HISTORIES) - 1),
        size=st.integers(0, MOST),
        old=st.none() | st.integers(0, MOST),
        damage=st.sampled_from(["", "", "", "proof", "shorter", "signature"]),
    )
    def ask(self, history: int, size: int, old: int | None, damage: str) -> None:
        old = len(self.signed) if old is None else old
        log = HISTORIES[history]
        request = log.asks(min(old, size), size)
        request = replace(request, old=old)
        spoiled = damage == "signature" or (damage and request.proof)
        if damage == "proof" and request.proof:
            request = replace(request, proof=(b"?" * 32, *request.proof[1:]))
        if damage == "shorter" and request.proof:
            request = replace(request, proof=request.proof[:-1])
        if damage == "signature":
            line = replace(request.note.signatures[0], content=bytes(64))
            request = replace(request, note=replace(request.note, signatures=(line,)))
        answer = self.witness.add_checkpoint(request.encode(), NOW)

        new = entries(history, size)
        grown = old == len(self.signed) <= size and new[: len(self.signed)] == self.signed
        assert (answer.status == 200) == (grown and not spoiled), (answer, old, size, damage)
        if answer.status == 200:
            checkpoint = Checkpoint.parse(request.note.text)
            assert self.roots.setdefault(size, checkpoint.root) == checkpoint.root
            assert Signature.parse(answer.body.decode().removesuffix("\n"))
            self.signed = new

    @rule()
    def restart(self) -> None:
        self.witness.memory.close()
        self.witness = witness(Path(self.folder.name))

    @invariant()
    def remembers_what_it_signed(self) -> None:
        head = self.witness.memory.head(NAME)
        assert (head.size if head else 0) == len(self.signed)
        if head and head.size:
            assert head.root == self.roots[head.size]


TestAsked = Asked.TestCase
TestAsked.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_histories_are_what_the_reference_takes_them_for() -> None:
    for history, shared in enumerate((MOST, *FORK_AT)):
        assert entries(history, MOST)[:shared] == entries(0, shared)
        assert history == 0 or entries(history, MOST)[shared:] != entries(0, MOST)[shared:]
        checkpoint = Checkpoint.parse(HISTORIES[history].notes[1][0].text)
        assert checkpoint.root == SHA256.leaf(entries(history, 1)[0])


SIGNING = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from a_witness import GrowingLog, NOW, witness
from logs import ONE_TREE
log = GrowingLog(0, ONE_TREE)
one = witness(Path(sys.argv[1]))
head = one.memory.head(ONE_TREE[0].signer.verifier.name)
size = head.size if head else 0
if size:
    log.grow(size)
print("from", size, flush=True)
while True:
    log.grow(size + 1)
    assert one.add_checkpoint(log.asks(size, size + 1).encode(), NOW).status == 200
    size += 1
    print("signed", size, flush=True)
"""


def test_what_a_killed_witness_told_it_still_knows(tmp_path: Path) -> None:
    chance = random.Random(5)
    script = SIGNING.format(paths=[str(Path(__file__).parent), *sys.path])
    known = 0
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout
        told = [writer.stdout.readline() for _ in range(chance.randrange(3, 9))]
        time.sleep(chance.uniform(0, 0.02))  # on its way to the next
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
        assert told[0].split() == ["from", str(known)]
        last = max((int(line.split()[1]) for line in told if line.startswith("signed ")), default=known)
        one = witness(tmp_path)
        head = one.memory.head(NAME)
        assert (head.size if head else 0) in (last, last + 1)
        known = head.size if head else 0
        one.memory.close()
    assert known > 5
