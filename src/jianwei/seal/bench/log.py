"""The log in this process: commits, proofs, reopening, examination, at the size asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jianwei.seal import merkle
from jianwei.seal.bench.measuring import Say, at, line, memory_mb, seconds
from jianwei.seal.checkpoint import opened
from jianwei.seal.disk import Folder
from jianwei.seal.fsck import examine
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf
from jianwei.seal.note import NoteSigner
from jianwei.seal.sequencer import Sequencer, SignedTree
from jianwei.seal.store import Store, Tree
from jianwei.seal.suites import SHA256, SM3, Suite

SYNCS = 200
BATCHES = (1, 256, 1024, 16_384)
FILL = 65_536
PROOFS = 1000
_NODES = 500_000
_BULK = 256 << 20


@dataclass(frozen=True)
class Limits:
    """What this machine can do when it does nothing else: a second, one thread."""

    syncs: float
    nodes: dict[str, float]
    """By suite, hashes of two hashes."""
    bulk: dict[str, float]
    """By suite, MB of one long text."""


def limits(place: Path) -> Limits:
    folder = Folder(place / "sync")

    def sync() -> None:
        for count in range(SYNCS):
            folder.write("sync", count * LEAF_SIZE, bytes(LEAF_SIZE))
            folder.sync("sync")

    block = bytes(_BULK)
    found = Limits(
        SYNCS / seconds(sync),
        {suite.name: _nodes(suite) for suite in (SHA256, SM3)},
        {name: _BULK / seconds(lambda name=name: hashlib.new(name, block)) / 1e6 for name in ("sha256", "sm3")},  # type: ignore[misc]
    )
    folder.close()
    return found


def _nodes(suite: Suite) -> float:
    return _NODES / seconds(lambda: suite.parents(bytes(64 * _NODES)))


def trees(say: Say, place: Path, entries: int, best: Limits) -> None:
    """Each tree alone, then both together as an office keeps them."""
    for suite in (SHA256, SM3):
        _one(say, place / suite.name, suite.name, [_signed(suite)], entries, best.nodes[suite.name] / 2, best)
    both = [_signed(SHA256), _signed(SM3, "sm/", "checkpoint.sm")]
    together = 1 / sum(2 / best.nodes[suite.name] for suite in (SHA256, SM3))
    _one(say, place / "both", "两棵树", both, min(entries, 1_000_000), together, best)


def _signed(suite: Suite, folder: str = "", file: str = "checkpoint") -> SignedTree:
    """Both signed by Ed25519: what differs is the hash."""
    return SignedTree(Tree(suite, folder), NoteSigner(f"bench.example/log{folder.strip('/')}", bytes(32)), file)


def _one(
    say: Say, place: Path, title: str, signed: Sequence[SignedTree], entries: int, best: float, limits: Limits
) -> None:
    folder = Folder(place)
    log = Sequencer.create(folder, signed)
    for batch in BATCHES:
        leaves = _leaves(0, batch)
        times = [seconds(lambda each=leaves: log.append(each)) for _ in range(max(5, min(200, 40_000 // batch)))]  # type: ignore[misc]
        rate = batch * len(times) / sum(times)
        of, limit = ("每秒 fsync", limits.syncs) if batch == 1 else ("只算哈希", best)
        line(say, f"{title}：每次提交 {batch} 条，持久", rate, "条/秒", limit, of)
        say(f"{title}：提交 {batch} 条　中位 {at(times, 0.5):.2f} 毫秒，99% {at(times, 0.99):.2f} 毫秒")
    begin = log.size
    if entries > begin:
        filling = sum(
            seconds(lambda first=first: log.append(_leaves(first, min(FILL, entries - first))))  # type: ignore[misc]
            for first in range(begin, entries, FILL)
        )
        line(
            say,
            f"{title}：填到 {entries:,} 条（每次 {FILL:,}）",
            (entries - begin) / filling,
            "条/秒",
            best,
            "只算哈希",
        )
    for each in signed:
        _proofs(say, folder, each, log.size)
    size = log.size
    line(say, f"{title}：重新打开（{size:,} 条）", seconds(lambda: Sequencer(folder, signed)) * 1000, "毫秒")
    whole = [(each.tree, each.file, each.signer.verifier) for each in signed]
    findings: list[object] = []
    spent = seconds(lambda: findings.extend(examine(folder, whole)))
    assert not findings, findings
    line(say, f"{title}：全面检查", size / spent, "条/秒", best, "只算哈希")
    octets = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    say(f"{title}：每条占用磁盘 {octets / size:.1f} 字节；本进程峰值内存 {memory_mb()} MB")
    folder.close()


def _leaves(first: int, count: int) -> list[Leaf]:
    return [Leaf(Kind.MATERIAL, index.to_bytes(32, "big"), bytes(32)) for index in range(first, first + count)]


def _proofs(say: Say, folder: Folder, signed: SignedTree, size: int) -> None:
    store, suite = Store(folder), signed.tree.suite
    nodes, leaf_hash = store.nodes(signed.tree), suite.leaf
    content = folder.read(signed.file, 0, folder.size(signed.file))
    root = opened(content, signed.signer.verifier).root
    places = [number * (size - 1) // PROOFS for number in range(PROOFS)]
    made: list[list[bytes]] = []
    making = [seconds(lambda i=i: made.append(merkle.inclusion_proof(suite, nodes, i, size))) for i in places]  # type: ignore[misc]
    hashed = [leaf_hash(store.leaves(index, index + 1)) for index in places]
    checks = zip(hashed, places, made, strict=True)
    checking = [
        seconds(lambda c=c: merkle.check_inclusion(suite, c[0], c[1], size, c[2], root))  # type: ignore[misc]
        for c in checks
    ]
    say(
        f"{suite.name}：{size:,} 条中的包含证明　{max(map(len, made))} 个哈希；制作中位 {at(making, 0.5):.3f} 毫秒、"
        f"99% {at(making, 0.99):.3f} 毫秒；核验中位 {at(checking, 0.5):.4f} 毫秒"
    )
    older = [max(1, number * size // 100) for number in range(100)]
    growing = [seconds(lambda s=s: merkle.consistency_proof(suite, nodes, s, size)) for s in older]  # type: ignore[misc]
    say(f"{suite.name}：{size:,} 条的一致性证明　制作中位 {at(growing, 0.5):.3f} 毫秒")
