"""Copy a log from where it is shown as tiles: to keep it elsewhere, or to fill in what a restored backup lacks.

Nothing copied counts before it hashes to a root that the log signed: until its checkpoint is put, whatever was written
lies beyond the old one, where the next opening cuts it off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Disk, put
from jianwei.seal.errors import SealError
from jianwei.seal.fsck import hashes_differ
from jianwei.seal.leaf import LEAF_SIZE
from jianwei.seal.mirror import Mirror
from jianwei.seal.store import Store, Tree, lengths, names
from jianwei.seal.tiles import ENTRIES, WIDTH, Tile
from jianwei.seal.witnessing.exchange import exchange

_PIECE = WIDTH * WIDTH
"""Entries fetched before they are written: 5 MB of them."""

Fetch = Callable[[str], bytes]
"""The content at a path such as ``tile/0/000``; raises ``NotThere``."""


class NotThere(SealError):
    def __init__(self, path: str, why: object) -> None:
        super().__init__(f"取不到镜像的“{path}”：{str(why).rstrip('。')}。")


class NotTheSameLog(SealError):
    """What is shown elsewhere does not continue what is here."""

    def __init__(self, problem: str, shown: Sequence[note.Note] = ()) -> None:
        """``shown``: the checkpoints, under the log's own signature, that do not: proof together with those kept here."""
        self.shown = tuple(shown)
        super().__init__(problem)


@dataclass(frozen=True)
class CopiedTree:
    """One tree: how it hashes, who signs it, and where its checkpoint is, here and there."""

    tree: Tree
    origin: str
    keys: Callable[[int], Sequence[note.Verifier]]
    """Those that count for a checkpoint of so many entries."""
    checkpoint: str
    shown_at: str = ""
    """Empty, or ``sm/``."""


def over_http(url: str, seconds: float) -> Fetch:
    """The log of one office below ``url``."""

    def fetch(path: str) -> bytes:
        try:
            reply = exchange("GET", f"{url.rstrip('/')}/{path}", seconds=seconds)
        except SealError as problem:
            raise NotThere(path, problem) from None
        if reply.status != 200:
            raise NotThere(path, f"答复 {reply.status}")
        return reply.body

    return fetch


def from_folder(path: Path) -> Fetch:
    """The log in another copy of an office's folder, as its mirror would show it."""
    mirror = Mirror(lambda: {"copy": path})

    def fetch(place: str) -> bytes:
        found = mirror.get(f"copy/{place}")
        if found.status != 200:
            raise NotThere(place, "该目录没有")
        return found.body

    return fetch


def catch_up(
    disk: Disk, trees: Sequence[CopiedTree], fetch: Fetch, must: Callable[[Store], None] = lambda _: None
) -> range:
    """Bring the log on a disk (locked by this process) up to what is shown; the indices added.

    ``must`` looks at the log as it would be and raises to refuse it. Raise ``NotThere``, ``NotTheSameLog`` or what
    ``must`` raises; the log is then as it was.
    """
    store, plain = Store(disk), tuple(each.tree for each in trees)
    own = [_own(disk, each).size for each in trees]
    begin = max(own)
    shown = [_shown(each, fetch) for each in trees]
    heads = [Checkpoint.parse(whole.text) for whole in shown]
    end = max(head.size for head in heads)
    if any(head.size < begin for head in heads):
        raise NotTheSameLog(f"镜像只有 {min(head.size for head in heads)} 条，少于本机的 {begin} 条。", shown)
    try:
        _cut(disk, plain, begin)
        for start in range(begin, end, _PIECE):
            store.append(plain, start, _entries(fetch, start, min(start + _PIECE, end), end))
        for each, head in zip(trees, heads, strict=True):
            if any(hashes_differ(store, each.tree, begin, end)) or store.root(each.tree, head.size) != head.root:
                problem = f"补入后的“{each.origin}”与其签名的根不一致：本机或者镜像的记录被改动过，没有采用。"
                raise NotTheSameLog(problem, shown)
        must(store)
    except BaseException:
        _cut(disk, plain, begin)
        raise
    if min(own) == end and all(disk.size(each.checkpoint) for each in trees):
        return range(begin, end)  # else a head was read before its tree had grown as far as the other
    for name, length in lengths(plain, end):
        if length:
            disk.sync(name)
    disk.sync_names()
    for each, whole in zip(trees, shown, strict=True):
        put(disk, each.checkpoint, whole.encode())
    return range(begin, end)


def _own(disk: Disk, each: CopiedTree) -> Checkpoint:
    content = disk.read(each.checkpoint, 0, disk.size(each.checkpoint))
    if not content:
        return Checkpoint(each.origin, 0, each.tree.suite.digest(b""))
    return Checkpoint.parse(_of_log(each, note.parse(content)).text)


def _shown(each: CopiedTree, fetch: Fetch) -> note.Note:
    whole = _of_log(each, note.parse(fetch(f"{each.shown_at}checkpoint")))
    if Checkpoint.parse(whole.text).origin != each.origin:
        raise NotTheSameLog(f"镜像不是“{each.origin}”的。")
    return whole


def _of_log(each: CopiedTree, whole: note.Note) -> note.Note:
    """With the log's own signatures alone, checked."""
    keys = each.keys(Checkpoint.parse(whole.text).size)
    return note.Note(whole.text, tuple(line for _, line in note.check(whole, keys)))


def _entries(fetch: Fetch, begin: int, end: int, size: int) -> bytes:
    """Entries [begin, end) of a log of ``size``."""
    parts = []
    first = begin // WIDTH * WIDTH
    for start in range(first, end, WIDTH):
        parts.append(_bundle(fetch, Tile(ENTRIES, start // WIDTH, min(WIDTH, size - start))))
    return b"".join(parts)[(begin - first) * LEAF_SIZE : (end - first) * LEAF_SIZE]


def _bundle(fetch: Fetch, tile: Tile) -> bytes:
    content = fetch(tile.path)
    step, length = 2 + LEAF_SIZE, LEAF_SIZE.to_bytes(2, "big")
    pieces = [content[start : start + step] for start in range(0, len(content), step)]
    if len(content) != tile.width * step or any(piece[:2] != length for piece in pieces):
        raise NotThere(tile.path, "内容不是存证记录")
    return b"".join(piece[2:] for piece in pieces)


def _cut(disk: Disk, trees: tuple[Tree, ...], size: int) -> None:
    due = dict(lengths(trees, size))
    for name in names(trees):
        if disk.size(name) > due.get(name, 0):
            disk.cut(name, due.get(name, 0))
