"""Whether the log on this disk is the one that was witnessed. If not, it must not grow: every further entry is a lie.

Proof is a checkpoint that bears the log's own signature and that this log does not lead to. A witness that only says it
is ahead cannot stop the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError
from jianwei.seal.store import Store
from jianwei.seal.witnessing.trees import SealedTree

_ADVICE = """
日志已转为只读，不再写入。处理办法：
一、保留现场：不要删除或者覆盖任何文件，另存一份日志目录的副本。
二、如系恢复了旧备份，运行 jianwei seal restore 用镜像或者其他备份补齐缺少的记录；补齐后的根与经见证的根一致，才会写入。
三、记录确已无法找回的，运行 jianwei seal close 签署日志终止声明，另起“{successor}”，其第一条记录载明原日志最后经见证的检查点；原有证明继续有效。
四、两种情形均不能解释的，可能有人用本院密钥另行签署，应立即停用密钥并报告。"""


@dataclass(frozen=True)
class Fork:
    """A checkpoint of this log that this log does not lead to."""

    tree: str
    witness: str
    theirs: Checkpoint
    note: bytes
    ours: Checkpoint

    @property
    def ahead(self) -> bool:
        """Entries are missing here; else they are other ones."""
        return self.theirs.size > self.ours.size

    @property
    def what(self) -> str:
        here = f"本机日志只有 {self.ours.size} 条" if self.ahead else "本机日志在该处的内容与之不同"
        return f"存有 {self.theirs.origin} 第 {self.theirs.size} 条处经本院签名的检查点，{here}"

    def __str__(self) -> str:
        return f"“{self.witness}”{self.what}"


class Forked(SealError):
    """The log is not the one that was witnessed."""

    def __init__(self, forks: Sequence[Fork], successor: str) -> None:
        self.forks = tuple(forks)
        witnesses: dict[str, list[str]] = {}
        for each in forks:
            witnesses.setdefault(each.what, []).append(f"“{each.witness}”")
        found = "；".join("、".join(dict.fromkeys(names)) + what for what, names in witnesses.items())
        super().__init__(f"分叉：{found}。{_ADVICE.format(successor=successor)}")


def fork(store: Store, each: SealedTree, seen: bytes, witness: str) -> Fork | None:
    """What ``seen`` proves against the log as it is on the disk now, if anything.

    Raise ``SealError`` when it is no checkpoint of this log under its own signature: then it proves nothing.
    """
    whole = note.parse(seen)
    theirs = Checkpoint.parse(whole.text)
    note.check(whole, each.keys_at(theirs.size))
    if theirs.origin != each.origin:
        raise note.NoteInvalid(f"检查点属于“{theirs.origin}”。")
    return departed(store, each, theirs, seen, witness)


def departed(store: Store, each: SealedTree, theirs: Checkpoint, seen: bytes, witness: str) -> Fork | None:
    """The fork, if the log as it is on the disk now does not lead to ``theirs``."""
    ours = each.newest(store.disk)[1]
    if theirs.size <= ours.size and store.root(each.tree, theirs.size) == theirs.root:
        return None
    return Fork(each.suite, witness, theirs, seen, ours)
