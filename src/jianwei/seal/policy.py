"""Whom a verifier trusts (c2sp.org/tlog-policy): the logs, the witnesses, and how many of them must have signed.

A key that was changed stays in the policy for what it signed. The line ``#: sizes 0..4096`` before a ``log`` or
``witness`` line says for checkpoints of which sizes the key counts; either end may be left out. It is a comment to
other tools, which then trust the key for every size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Self

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint, decode_number
from jianwei.seal.cosignature import WitnessKey, cosigned_at, witness_key
from jianwei.seal.errors import SealError
from jianwei.seal.suites import Suite

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_THRESHOLD = re.compile(r"[1-9][0-9]{0,5}")
_OURS = "#:"


class PolicyInvalid(SealError):
    """A policy that cannot be read."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(f"信任策略第 {line} 行：{problem}。" if line else f"信任策略：{problem}。")


class QuorumMissing(SealError):
    """Too few of the trusted witnesses signed."""


@dataclass(frozen=True)
class Group:
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Sizes:
    """Of which checkpoints a key's signature counts, by the number of entries; both ends are included."""

    first: int = 0
    last: int | None = None

    def __contains__(self, size: int) -> bool:
        return self.first <= size and (self.last is None or size <= self.last)

    def __str__(self) -> str:
        return f"{_OURS} sizes {self.first}..{'' if self.last is None else self.last}"

    @classmethod
    def parse(cls, text: str) -> Self:
        first, gap, last = text.partition("..")
        sizes = cls(decode_number(first or "0"), decode_number(last) if last else None)
        if not gap or (sizes.last is not None and sizes.last < sizes.first):
            raise ValueError("应为 #: sizes 起始..截止")
        return sizes


ALL_SIZES = Sizes()


@dataclass(frozen=True)
class Seen:
    """A checkpoint that satisfies a policy."""

    checkpoint: Checkpoint
    witnessed_at: dict[str, int]
    """By the witness's name in the policy, the time it says it signed at, in seconds since 1970."""


@dataclass
class Policy:
    logs: list[note.NoteKey] = field(default_factory=list)
    witnesses: dict[str, WitnessKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    """A witness, a group, or ``none``."""
    sizes: dict[note.NamedKey, Sizes] = field(default_factory=dict)
    """For the keys that do not count for every checkpoint."""

    def judge(self, whole: note.Note, suite: Suite) -> Seen:
        """Check who signed; raise when no trusted log did, a signature is false, or the quorum is not reached.

        ``suite``: what the tree is hashed with; only a log's key for such trees counts.
        """
        checkpoint = Checkpoint.parse(whole.text)
        logs = [key for key in self.logs if key.name == checkpoint.origin and key.suite is suite]
        if not logs:
            raise note.NoteInvalid(f"检查点属于“{checkpoint.origin}”，不在信任的日志之内。")
        note.check(whole, [key for key in logs if checkpoint.size in self._sizes(key)])
        witnessed_at: dict[str, int] = {}
        for name, key in self.witnesses.items():
            signed = any((line.name, line.key_id) == (key.name, key.key_id) for line in whole.signatures)
            if signed and checkpoint.size in self._sizes(key):
                times = [cosigned_at(line.content) for _, line in note.check(whole, (key,))]
                if any(times):
                    witnessed_at[name] = min(filter(None, times))
        if not self.met_by(witnessed_at):
            raise QuorumMissing("见证方的签名未达到信任策略要求的数量。")
        return Seen(checkpoint, witnessed_at)

    def met_by(self, names: Collection[str]) -> bool:
        """Whether these witnesses are enough, if they sign."""
        return self._satisfied(self.quorum or "", names)

    def _sizes(self, key: note.NamedKey) -> Sizes:
        return self.sizes.get(key, ALL_SIZES)

    def _satisfied(self, name: str, signed: Collection[str]) -> bool:
        if name == "none":
            return True
        if group := self.groups.get(name):
            return sum(self._satisfied(member, signed) for member in group.members) >= group.threshold
        return name in signed


def parse(content: bytes) -> Policy:
    if _CONTROL.search(content):
        raise PolicyInvalid("含有控制字符")
    # High bytes are opaque by the specification: names are compared as bytes, whatever they would spell.
    text = content.decode("utf-8", "surrogateescape")
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), 1):
        words = re.split(r"[ \t]+", line.strip(" \t"))
        if words == [""] or (words[0].startswith("#") and not words[0].startswith(_OURS)):
            continue
        step = reading.steps.get(words[0])
        if step is None:
            raise PolicyInvalid(f"不认识“{words[0]}”", number)
        try:
            reading.check_order(words[0])
            step(words[1:])
        except PolicyInvalid:
            raise
        except (SealError, ValueError) as problem:
            raise PolicyInvalid(str(problem).rstrip("。"), number) from None
    return reading.finished()


class _Reading:
    """A policy half read. Steps raise ``ValueError`` with what is wrong; the caller knows the line."""

    def __init__(self) -> None:
        self.policy = Policy()
        self._members: set[str] = set()
        self._sizes: Sizes | None = None
        self.steps: dict[str, Callable[[list[str]], None]] = {
            _OURS: self._ours,
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }

    def finished(self) -> Policy:
        if self.policy.quorum is None:
            raise PolicyInvalid("没有 quorum 行")
        if self._sizes:
            raise PolicyInvalid("末尾的 sizes 行没有所属的密钥")
        return self.policy

    def check_order(self, word: str) -> None:
        if self._sizes and word not in ("log", "witness"):
            raise ValueError("sizes 之后应为 log 或者 witness 行")

    def _ours(self, words: list[str]) -> None:
        if len(words) != 2 or words[0] != "sizes":
            raise ValueError("应为 #: sizes 起始..截止")
        self._sizes = Sizes.parse(words[1])

    def _counting(self, key: note.NamedKey) -> None:
        """The line before may have said for which sizes this key counts."""
        if self._sizes:
            self.policy.sizes[key] = self._sizes
            self._sizes = None

    def _log(self, words: list[str]) -> None:
        if len(words) not in (1, 2):
            raise ValueError("应为 log 公钥 [网址]")
        key = note.log_key(words[0])
        self._check_first(key)
        self.policy.logs.append(key)
        self._counting(key)

    def _witness(self, words: list[str]) -> None:
        if len(words) not in (2, 3):
            raise ValueError("应为 witness 名称 公钥 [网址]")
        self._check_new(words[0])
        key = witness_key(words[1])
        self._check_first(key)
        self.policy.witnesses[words[0]] = key
        self._counting(key)

    def _group(self, words: list[str]) -> None:
        if len(words) < 3:
            raise ValueError("应为 group 名称 all|any|数量 成员…")
        name, rule, *members = words
        self._check_new(name)
        for member in members:
            self._check_known(member)
            if member in self._members:
                raise ValueError(f"“{member}”已是一个组的成员")
            self._members.add(member)
        threshold = {"all": len(members), "any": 1}.get(rule)
        if threshold is None:
            if not _THRESHOLD.fullmatch(rule) or int(rule) > len(members):
                raise ValueError(f"组的数量“{rule}”应在 1 与 {len(members)} 之间")
            threshold = int(rule)
        self.policy.groups[name] = Group(threshold, tuple(members))

    def _quorum(self, words: list[str]) -> None:
        if len(words) != 1:
            raise ValueError("应为 quorum 名称")
        if self.policy.quorum is not None:
            raise ValueError("quorum 只能有一行")
        if words[0] != "none":
            self._check_known(words[0])
        self.policy.quorum = words[0]

    def _check_first(self, key: note.NamedKey) -> None:
        """One key, one role: a log that witnesses itself would be no witness."""
        known = (*self.policy.logs, *self.policy.witnesses.values())
        if any(each.key.material == key.key.material for each in known):
            raise ValueError("公钥重复")

    def _check_new(self, name: str) -> None:
        if name == "none" or name in self.policy.witnesses or name in self.policy.groups:
            raise ValueError(f"名称“{name}”已被使用")

    def _check_known(self, name: str) -> None:
        if name not in self.policy.witnesses and name not in self.policy.groups:
            raise ValueError(f"“{name}”此前未定义")
