"""Power lost between any two steps of a commit: what was acknowledged is there, and the log goes on."""

from __future__ import annotations

import random

import pytest
from logs import ONE_TREE, TWO_TREES, leaf, leaves
from losing_power import MemoryDisk, NeverSyncs, SyncsDataLast

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import LEAF_SIZE
from jianwei.seal.sequencer import Sequencer, SignedTree
from jianwei.seal.store import lengths

START = 254
BATCHES = (1, 9, 6, 3, 24, 1)
"""Chosen to pass 256 entries: a tile is completed, and a file of a new level made."""


def whole_log(size: int, trees: list[SignedTree]) -> dict[str, bytes]:
    disk = MemoryDisk()
    Sequencer.create(disk, trees).append(leaves(0, size))
    return {name: disk.read(name, 0, disk.size(name)) for name in disk.names()}


END = START + sum(BATCHES)
EXPECTED = whole_log(END, TWO_TREES)


def violated(state: dict[str, bytes], acknowledged: int, begun: int, trees: list[SignedTree]) -> bool:
    """Whether a log opened on this state lost or changed anything, or cannot go on."""
    disk = MemoryDisk(state)
    plain = tuple(each.tree for each in trees)
    try:
        log = Sequencer(disk, trees)
        signed = max(int(state[each.file].split(b"\n")[1]) for each in trees)
        if not acknowledged <= signed == log.size <= begun:  # nothing signed is ever gone back on
            return True
        log.append([leaf(log.size)])
    except SealError:
        return True
    for name, length in lengths(plain, min(log.size, END)):
        if disk.read(name, 0, length) != EXPECTED[name][:length]:
            return True
    return disk.size("leaves") != log.size * LEAF_SIZE


def losses(kind: type[MemoryDisk], trees: list[SignedTree], states_each: int, seed: int) -> tuple[int, int]:
    """Different states met, and how many of them violate."""
    chance = random.Random(seed)
    start = whole_log(START, trees)
    disk = kind(start)
    log = Sequencer(disk, trees)
    acknowledged = begun = START
    met: set[int] = set()
    violations = 0

    def lose_power() -> None:
        nonlocal violations
        for _ in range(states_each):
            state = disk.after_loss(chance)
            fingerprint = hash((acknowledged, *sorted(state.items())))
            if fingerprint not in met:
                met.add(fingerprint)
                violations += violated(state, acknowledged, begun, trees)

    disk.on_moment = lose_power
    for count in BATCHES:
        begun = acknowledged + count
        log.append(leaves(acknowledged, begun))
        acknowledged = begun
    lose_power()
    return len(met), violations


@pytest.mark.parametrize(
    ("trees", "states_each", "least"), [(ONE_TREE, 720, 5_000), (TWO_TREES, 300, 5_000)], ids=["one tree", "two trees"]
)
def test_no_power_loss_loses_or_changes_what_was_acknowledged(
    trees: list[SignedTree], states_each: int, least: int
) -> None:
    states, violations = losses(MemoryDisk, trees, states_each, seed=1)
    print(f"{states} states, {violations} violations")
    assert states >= least
    assert violations == 0


@pytest.mark.parametrize("kind", [NeverSyncs, SyncsDataLast])
def test_the_model_sees_a_writer_that_syncs_wrongly(kind: type[MemoryDisk]) -> None:
    states, violations = losses(kind, ONE_TREE, 12, seed=1)
    print(f"{states} states, {violations} violations")
    assert violations > states // 10


def test_a_creation_cut_short_is_repeated() -> None:
    whole = MemoryDisk()
    stops = 0

    def count() -> None:
        nonlocal stops
        stops += 1

    whole.on_moment = count
    Sequencer.create(whole, TWO_TREES)
    for stop in range(stops):
        disk, moments = MemoryDisk(), iter(range(stop))

        def cut(moments=moments) -> None:
            if next(moments, None) is None:
                raise KeyboardInterrupt

        disk.on_moment = cut
        with pytest.raises(KeyboardInterrupt):
            Sequencer.create(disk, TWO_TREES)
        for seed in range(20):
            left = MemoryDisk(disk.after_loss(random.Random(seed)))
            try:
                log = Sequencer(left, TWO_TREES)
            except SealError:
                log = Sequencer.create(left, TWO_TREES)
            assert log.append([leaf(0)]) == range(1)
