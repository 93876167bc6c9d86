"""The flat files of one log: entries one after another, and of each tree one file of hashes a level.

``leaves`` holds 76 bytes an entry. File ``L`` of a tree holds, 32 bytes each, the hashes of complete subtrees of
``256**L`` entries; nothing in any file is ever written twice. What a log of ``n`` entries has in each file follows from
``n`` alone, so that recovery is cutting every file to its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jianwei.seal import merkle
from jianwei.seal.disk import Disk
from jianwei.seal.errors import SealError
from jianwei.seal.leaf import LEAF_SIZE
from jianwei.seal.suites import HASH_SIZE, Suite
from jianwei.seal.tiles import ENTRIES, HEIGHT, WIDTH, Tile, bundle

LEAVES = "leaves"

_LEVELS = 64 // HEIGHT


class FileTooShort(SealError):
    """A file lacks bytes that a log of its size has."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"存证日志的文件 {name} 短于应有的长度。")


@dataclass(frozen=True)
class Tree:
    """One tree over the entries: its hash function and where its files are."""

    suite: Suite
    folder: str = ""
    """Ends with a slash, or is empty."""

    def level(self, level: int) -> str:
        return f"{self.folder}{level}"


class Store:
    def __init__(self, disk: Disk) -> None:
        self.disk = disk

    def read(self, name: str, offset: int, length: int) -> bytes:
        content = self.disk.read(name, offset, length)
        if len(content) != length:
            raise FileTooShort(name)
        return content

    def leaves(self, begin: int, end: int) -> bytes:
        return self.read(LEAVES, begin * LEAF_SIZE, (end - begin) * LEAF_SIZE)

    def hashes(self, tree: Tree, level: int, begin: int, end: int) -> bytes:
        return self.read(tree.level(level), begin * HASH_SIZE, (end - begin) * HASH_SIZE)

    def nodes(self, tree: Tree) -> merkle.Nodes:
        """Reads complete subtrees of any height: the hashes of the level below it, put together."""

        def node(height: int, index: int) -> bytes:
            level, above = divmod(height, HEIGHT)
            below = self.hashes(tree, level, index << above, (index + 1) << above)
            return tree.suite.parents(below, above)

        return node

    def root(self, tree: Tree, size: int) -> bytes:
        return merkle.root(tree.suite, self.nodes(tree), size)

    def tile(self, tree: Tree, tile: Tile) -> bytes:
        """The bytes of a tile or an entry bundle. The caller has seen that it is within a signed checkpoint."""
        begin = tile.index * WIDTH
        if tile.level == ENTRIES:
            return bundle(self.leaves(begin, begin + tile.width), LEAF_SIZE)
        return self.hashes(tree, tile.level, begin, begin + tile.width)

    def append(self, trees: tuple[Tree, ...], size: int, entries: bytes) -> list[str]:
        """Write entries after the first ``size``, and what they add to the trees; the files written, not yet safe."""
        self.disk.write(LEAVES, size * LEAF_SIZE, entries)
        written = [LEAVES]
        for tree in trees:
            level, fresh = 0, tree.suite.leaves(entries, LEAF_SIZE)
            while fresh:
                begin = size >> HEIGHT * level
                self.disk.write(tree.level(level), begin * HASH_SIZE, fresh)
                written.append(tree.level(level))
                full = (begin + len(fresh) // HASH_SIZE) // WIDTH * WIDTH
                fresh = b""
                if full > begin:
                    fresh = tree.suite.parents(self.hashes(tree, level, begin // WIDTH * WIDTH, full), HEIGHT)
                level += 1
        return written


def lengths(trees: tuple[Tree, ...], size: int) -> Iterator[tuple[str, int]]:
    """Every file of a log of ``size`` entries, and how many bytes it has."""
    yield LEAVES, size * LEAF_SIZE
    for tree in trees:
        level = 0
        while count := size >> HEIGHT * level:
            yield tree.level(level), count * HASH_SIZE
            level += 1


def names(trees: tuple[Tree, ...]) -> list[str]:
    """Every file a log of any size may have."""
    return [LEAVES, *(tree.level(level) for tree in trees for level in range(_LEVELS))]
