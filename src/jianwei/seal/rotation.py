"""Changing a log's key: statements that the keys themselves sign, and the policy that follows from them.

First both keys sign every checkpoint from some size on, and say so together (``Change``); then the new one says up to
which size the old one was right (``Retirement``). What was proved under the old key stays proved. Each statement is
a signed note, kept as an entry of kind 6 in the log that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from jianwei.seal import note
from jianwei.seal.checkpoint import decode_number
from jianwei.seal.errors import SealError
from jianwei.seal.policy import Sizes

_HEADER = "jianwei/key-event/v1"


class StatementInvalid(SealError):
    """A note that is no statement on a key, or is not signed by whom it must be."""


class Statement(Protocol):
    @property
    def signatories(self) -> tuple[note.NoteKey, ...]:
        """Whose signatures it must bear, all of them."""

    def text(self) -> str: ...


@dataclass(frozen=True)
class Change:
    """From the checkpoint of size ``first`` on, both keys sign."""

    old: note.NoteKey
    new: note.NoteKey
    first: int
    reason: str

    @property
    def signatories(self) -> tuple[note.NoteKey, ...]:
        return self.old, self.new

    def text(self) -> str:
        return _text("change", self.old.vkey, self.new.vkey, self.first, self.reason)


@dataclass(frozen=True)
class Retirement:
    """``old`` counts up to the checkpoint of size ``last``. If it was stolen, it need not agree: ``new`` alone signs."""

    old: note.NoteKey
    new: note.NoteKey
    last: int
    reason: str

    @property
    def signatories(self) -> tuple[note.NoteKey, ...]:
        return (self.new,)

    def text(self) -> str:
        return _text("retirement", self.old.vkey, self.new.vkey, self.last, self.reason)


def _text(what: str, old: str, new: str, size: int, reason: str) -> str:
    if not reason.strip() or any(sign < " " for sign in reason):
        raise StatementInvalid("更换或者停用密钥须写明事由，且只写一行。")
    return f"{_HEADER}\n{what}\nold {old}\nnew {new}\nsize {size}\nreason {reason}\n"


def sign(statement: Statement, signers: Iterable[note.Signer]) -> note.Note:
    """The statement under its signatures; raise ``StatementInvalid`` unless all are there that it needs."""
    whole = note.signed(statement.text(), signers)
    read(whole.encode())
    return whole


def read(content: bytes) -> Change | Retirement:
    """A statement whose signatures hold. Whether its keys are the log's own is for ``log_lines`` to say."""
    whole = note.parse(content)
    lines = whole.text.split("\n")
    words = [line.partition(" ") for line in lines[2:6]]
    if len(lines) != 7 or lines[0] != _HEADER or [word for word, _, _ in words] != ["old", "new", "size", "reason"]:
        raise StatementInvalid("不是更换或者停用密钥的声明。")
    kinds: dict[str, type[Change] | type[Retirement]] = {"change": Change, "retirement": Retirement}
    kind = kinds.get(lines[1])
    if kind is None:
        raise StatementInvalid(f"不认识的密钥声明“{lines[1]}”。")
    old, new, size, reason = (rest for _, _, rest in words)
    statement = kind(note.log_key(old), note.log_key(new), decode_number(size), reason)
    if statement.text() != whole.text or statement.old.name != statement.new.name:
        raise StatementInvalid("密钥声明的写法不规范，或者新旧密钥不属于同一日志。")
    signed = {verifier.key_id for verifier, _ in note.check(whole, statement.signatories)}
    if signed != {key.key_id for key in statement.signatories}:
        raise StatementInvalid("密钥声明缺少应有的签名。")
    return statement


def log_lines(first: note.NoteKey, statements: Iterable[Change | Retirement]) -> str:
    """The lines of a policy for a log that began with the key ``first``, as its statements, in their order, have it."""
    sizes = {first.vkey: Sizes()}
    for statement in statements:
        old, new = statement.old.vkey, statement.new.vkey
        if old not in sizes or sizes[old].last is not None:
            raise StatementInvalid("声明所涉的旧密钥不是该日志当时在用的密钥。")
        if isinstance(statement, Change):
            if new in sizes:
                raise StatementInvalid("声明所涉的新密钥此前已经用过。")
            sizes[new] = Sizes(statement.first)
        else:
            if new not in sizes or statement.last < sizes[new].first:
                raise StatementInvalid("停用旧密钥之前，新密钥须已声明并开始签名。")
            sizes[old] = Sizes(sizes[old].first, statement.last)
    return "".join((f"{each}\n" if each != Sizes() else "") + f"log {vkey}\n" for vkey, each in sizes.items())
