"""The log on a real disk: what is read back, what is refused, what a killed process leaves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from logs import ONE_TREE, TWO_TREES, keys, leaf, leaves
from losing_power import MemoryDisk

from jianwei.seal import merkle
from jianwei.seal.checkpoint import opened
from jianwei.seal.disk import Folder, LogBusy
from jianwei.seal.fsck import examine
from jianwei.seal.leaf import LEAF_SIZE, Leaf
from jianwei.seal.sequencer import LogBroken, LogExists, LogMissing, LogStopped, Sequencer
from jianwei.seal.store import Store
from jianwei.seal.suites import SHA256
from jianwei.seal.tiles import ENTRIES, NoSuchTile, Tile


def test_what_was_appended_is_proved_and_read_back_after_reopening(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "log")
    folder.lock()
    log = Sequencer.create(folder, TWO_TREES)
    first = opened(log.checkpoints[0], ONE_TREE[0].signer.verifier)
    assert (first.size, first.root) == (0, SHA256.digest(b""))
    heads = []
    for count in (1, 255, 0, 44, 1000):
        begin = log.size
        assert log.append(leaves(begin, begin + count)) == range(begin, begin + count)
        heads.append([opened(raw, each.signer.verifier) for raw, each in zip(log.checkpoints, TWO_TREES, strict=True)])
    folder.close()

    folder = Folder(tmp_path / "log")
    folder.lock()
    assert Sequencer(folder, TWO_TREES).size == 1300
    assert examine(folder, keys(TWO_TREES)) == []
    store = Store(folder)
    for position, each in enumerate(TWO_TREES):
        suite, nodes, newest = each.tree.suite, store.nodes(each.tree), heads[-1][position]
        for index in (0, 255, 256, 299, 1299):
            path = merkle.inclusion_proof(suite, nodes, index, 1300)
            merkle.check_inclusion(suite, suite.leaf(leaf(index).encode()), index, 1300, path, newest.root)
        for old in (row[position] for row in heads):
            chain = merkle.consistency_proof(suite, nodes, old.size, 1300)
            merkle.check_consistency(suite, old.size, 1300, chain, old.root, newest.root)
    assert Leaf.decode(store.leaves(299, 300)) == leaf(299)
    folder.close()


def test_two_writers_are_refused(tmp_path: Path) -> None:
    first = Folder(tmp_path)
    first.lock()
    Sequencer.create(first, ONE_TREE)
    second = Folder(tmp_path)
    with pytest.raises(LogBusy):
        second.lock()
    first.close()
    second.close()
    third = Folder(tmp_path)
    third.lock()
    third.close()


def test_a_writer_past_the_lock_finds_the_other_s_checkpoint_and_stops(tmp_path: Path) -> None:
    log = Sequencer.create(Folder(tmp_path), ONE_TREE)
    other = Sequencer(Folder(tmp_path), ONE_TREE)
    other.append(leaves(0, 3))
    with pytest.raises(LogBroken, match="两个写入者"):
        log.append(leaves(0, 3))
    with pytest.raises(LogStopped):
        log.append(leaves(0, 3))


def test_a_log_is_made_once_and_must_be_there() -> None:
    disk = MemoryDisk()
    with pytest.raises(LogMissing):
        Sequencer(disk, ONE_TREE)
    Sequencer.create(disk, ONE_TREE).append(leaves(0, 1))
    with pytest.raises(LogExists):
        Sequencer.create(disk, ONE_TREE)
    lost = MemoryDisk({"leaves": disk.read("leaves", 0, LEAF_SIZE)})
    with pytest.raises(LogExists):
        Sequencer.create(lost, ONE_TREE)


class Flipping(MemoryDisk):
    """A disk that keeps one bit of one write wrongly."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def write(self, name: str, offset: int, content: bytes) -> None:
        self.left -= 1
        if not self.left:
            content = bytes((content[0] ^ 4, *content[1:]))
        super().write(name, offset, content)


# Writes: the two empty checkpoints, then leaves, 0, 1, sm/0, sm/1.
@pytest.mark.parametrize("write", range(3, 8))
def test_a_bit_flipped_on_the_way_is_found_before_signing(write: int) -> None:
    disk = Flipping(write)
    log = Sequencer.create(disk, TWO_TREES)
    with pytest.raises(LogBroken, match="读回后不一致"):
        log.append(leaves(0, 300))
    with pytest.raises(LogStopped):
        log.append(leaves(0, 1))
    again = Sequencer(disk, TWO_TREES)
    assert again.size == 0 and examine(disk, keys(TWO_TREES)) == []
    assert again.append(leaves(0, 300)) == range(300)


class Full(MemoryDisk):
    """A disk that has no room for the second half of what is written."""

    def write(self, name: str, offset: int, content: bytes) -> None:
        if offset + len(content) > 200 * LEAF_SIZE:
            super().write(name, offset, content[: len(content) // 2])
            raise OSError(28, "No space left on device")
        super().write(name, offset, content)


def test_a_full_disk_stops_the_log_at_what_was_acknowledged() -> None:
    disk = Full()
    log = Sequencer.create(disk, TWO_TREES)
    log.append(leaves(0, 150))
    with pytest.raises(OSError, match="No space"):
        log.append(leaves(150, 300))
    with pytest.raises(LogStopped):
        log.append(leaves(150, 151))
    again = Sequencer(disk, TWO_TREES)
    assert again.size == 150 and examine(disk, keys(TWO_TREES)) == []
    assert again.append(leaves(150, 160)) == range(150, 160)


@pytest.mark.parametrize("name", ["leaves", "0", "1", "sm/0"])
def test_files_shorter_than_the_checkpoint_are_not_written_to(name: str) -> None:
    disk = MemoryDisk()
    Sequencer.create(disk, TWO_TREES).append(leaves(0, 300))
    disk.cut(name, disk.size(name) - 1)
    with pytest.raises(LogBroken, match=name):
        Sequencer(disk, TWO_TREES)


@pytest.mark.parametrize(("trees", "size"), [(ONE_TREE, 3), (TWO_TREES, 7)])
def test_every_byte_flipped_in_every_file_is_found(trees, size: int) -> None:
    disk = MemoryDisk()
    Sequencer.create(disk, trees).append(leaves(0, size))
    assert examine(disk, keys(trees)) == []
    flips = 0
    for name in sorted(disk.names()):
        for offset in range(disk.size(name)):
            was = disk.read(name, offset, 1)
            disk.write(name, offset, bytes((was[0] ^ 1 << offset % 8,)))
            assert examine(disk, keys(trees)), (name, offset)
            disk.write(name, offset, was)
            flips += 1
    assert flips > 500
    assert examine(disk, keys(trees)) == []


def test_a_flip_in_a_log_of_two_levels_is_found_where_it_is() -> None:
    disk = MemoryDisk()
    Sequencer.create(disk, ONE_TREE).append(leaves(0, 600))
    chance = random.Random(7)
    for name, told in (("leaves", "0"), ("0", "0"), ("1", "1")):
        for _ in range(12):
            offset = chance.randrange(disk.size(name))
            was = disk.read(name, offset, 1)
            disk.write(name, offset, bytes((was[0] ^ 0x20,)))
            findings = examine(disk, keys(ONE_TREE))
            place = offset // LEAF_SIZE * 32 if name == "leaves" else offset // 32 * 32
            assert any((finding.file, finding.offset) == (told, place) for finding in findings)
            disk.write(name, offset, was)


def test_bytes_too_many_or_missing_and_strange_files_are_found() -> None:
    disk = MemoryDisk()
    Sequencer.create(disk, TWO_TREES).append(leaves(0, 300))
    for name in ("leaves", "0", "1", "sm/1"):
        size = disk.size(name)
        last = disk.read(name, size - 1, 1)
        disk.write(name, size, b"\0")
        assert [finding.file for finding in examine(disk, keys(TWO_TREES))] == [name]
        disk.cut(name, size - 1)
        assert name in {finding.file for finding in examine(disk, keys(TWO_TREES))}
        disk.write(name, size - 1, last)
    disk.write("cosigs.db", 0, b"x")
    assert [finding.file for finding in examine(disk, keys(TWO_TREES))] == ["cosigs.db"]
    assert examine(disk, keys(TWO_TREES), frozenset({"cosigs.db"})) == []


WRITER = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from logs import TWO_TREES, leaves
from jianwei.seal.disk import Folder
from jianwei.seal.sequencer import Sequencer
folder = Folder(Path(sys.argv[1]))
folder.lock()
log = Sequencer(folder, TWO_TREES)
print("size", log.size, flush=True)
while True:
    log.append(leaves(log.size, log.size + 1 + log.size % 97))
    print("size", log.size, flush=True)
"""


def test_what_a_killed_writer_acknowledged_is_there(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    Sequencer.create(folder, TWO_TREES)
    folder.close()
    chance = random.Random(3)
    script = WRITER.format(paths=[str(Path(__file__).parent), *sys.path])
    sizes = [0]
    for _ in range(6):
        writer = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout
        told = "".join(writer.stdout.readline() for _ in range(chance.randrange(2, 9)))
        time.sleep(chance.uniform(0, 0.02))  # on its way to the next
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.read()
        writer.wait()
        writer.stdout.close()
        acknowledged = [int(line.split()[1]) for line in told.splitlines() if line.startswith("size ")]
        folder = Folder(tmp_path)
        folder.lock()
        log = Sequencer(folder, TWO_TREES)
        assert acknowledged and acknowledged[0] == sizes[-1]
        assert log.size in (acknowledged[-1], acknowledged[-1] + 1 + acknowledged[-1] % 97)
        assert examine(folder, keys(TWO_TREES)) == []
        sizes.append(log.size)
        folder.close()
    assert sizes[-1] > 0
    expected = b"".join(each.encode() for each in leaves(0, sizes[-1]))
    assert (tmp_path / "leaves").read_bytes() == expected


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(1, 0, 17), "tile/1/000.p/17"),
        (Tile(ENTRIES, 273, 112), "tile/entries/273.p/112"),
        (Tile(63, 999, 255), "tile/63/999.p/255"),
    ],
)
def test_a_tile_is_named_as_published(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    ["tile/0/x000/001", "tile/0/1", "tile/0/000.p/0", "tile/0/000.p/256", "tile/00/000", "tile/64/000", "tile/0/000.p/01",
     "tile/0/../000", "/tile/0/000", "tile/0/000\n", "tile/0/x001/x002"],
)  # fmt: skip
def test_another_spelling_of_a_tile_is_refused(path: str) -> None:
    with pytest.raises(NoSuchTile):
        Tile.parse(path)


def test_tiles_of_the_published_example_of_70_000_entries() -> None:
    """tlog-tiles: 273 full tiles and one of 112, one full of level 1 and one of 17, one of level 2 of width 1."""
    there = [Tile(0, 272), Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1), Tile(ENTRIES, 273, 112)]
    beyond = [Tile(0, 273), Tile(0, 273, 113), Tile(1, 1, 18), Tile(2, 0, 2), Tile(3, 0, 1), Tile(ENTRIES, 274, 1)]
    assert all(tile.within(70_000) for tile in there)
    assert not any(tile.within(70_000) for tile in beyond)


def test_a_tile_is_a_range_of_the_level_s_file() -> None:
    disk = MemoryDisk()
    Sequencer.create(disk, ONE_TREE).append(leaves(0, 300))
    store, tree = Store(disk), ONE_TREE[0].tree
    full, part = store.tile(tree, Tile(0, 0)), store.tile(tree, Tile(0, 1, 44))
    assert full + part == disk.read("0", 0, 300 * 32)
    assert SHA256.parents(full, 8) == store.tile(tree, Tile(1, 0, 1))
    bundle = store.tile(tree, Tile(ENTRIES, 1, 2))
    assert bundle == b"".join(b"\0\x4c" + each.encode() for each in leaves(256, 258))
