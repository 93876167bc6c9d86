"""Signed notes (c2sp.org/signed-note): a text and, below an empty line, who signed it.

Read strictly: what is taken is written again byte for byte the same. Signatures of unknown keys are ignored, a false
one of a known key condemns the whole note.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, Self

from jianwei.seal import ed25519
from jianwei.seal.errors import SealError

NOTE_LIMIT = 100 * 1024
SIGNATURE_LIMIT = 64
"""Chosen: a policy of 32 witnesses and the log, each in two algorithms, nearly fits; the format asks for at least 16."""

_DASH = "— "


class NoteInvalid(SealError):
    """A note that is not well formed, or not signed as it must be."""


def decode_base64(text: str) -> bytes:
    """Standard base64 in its one form: no line breaks, full padding, no stray bits."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteInvalid("base64 编码有误。") from None
    if base64.b64encode(content).decode() != text:
        raise NoteInvalid("base64 编码不规范。")
    return content


def key_id(name: str, kind: int, material: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes((kind,)) + material).digest()[:4]


def _check_name(name: str) -> None:
    if not name or "+" in name or any(sign.isspace() or sign < " " or "\ud800" <= sign <= "\udfff" for sign in name):
        raise NoteInvalid("密钥名称为空，或者含有空格、加号或者控制字符。")


@dataclass(frozen=True)
class Signature:
    name: str
    key_id: bytes
    content: bytes

    def line(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.content).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> Self:
        name, gap, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not gap:
            raise NoteInvalid("签名行格式有误。")
        _check_name(name)
        content = decode_base64(encoded)
        if len(content) < 5:
            raise NoteInvalid("签名过短。")
        return cls(name, content[:4], content[4:])


@dataclass(frozen=True)
class Note:
    text: str
    """Ends with a newline."""
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        return (self.text + "\n" + "".join(each.line() for each in self.signatures)).encode()

    def with_signature(self, *more: Signature) -> Note:
        return replace(self, signatures=(*self.signatures, *more))


def parse(content: bytes) -> Note:
    if len(content) > NOTE_LIMIT:
        raise NoteInvalid("签名文本过大。")
    try:
        whole = content.decode()
    except UnicodeDecodeError:
        raise NoteInvalid("签名文本不是 UTF-8。") from None
    if any(sign < " " and sign != "\n" for sign in whole):
        raise NoteInvalid("签名文本含有控制字符。")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise NoteInvalid("签名文本没有签名，或者末尾不完整。")
    signatures = lines[:-1].split("\n")
    if len(signatures) > SIGNATURE_LIMIT:
        raise NoteInvalid("签名过多。")
    return Note(text + "\n", tuple(Signature.parse(line) for line in signatures))


class Verifier(Protocol):
    """A public key by its name: whose signatures it can check."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...
    def accepts(self, text: str, signature: bytes) -> bool: ...


class Signer(Protocol):
    """Whoever signs notes: a key in a file, or in a device."""

    @property
    def verifier(self) -> Verifier: ...
    def sign(self, text: str) -> Signature: ...


def check(note: Note, verifiers: Sequence[Verifier]) -> list[tuple[Verifier, Signature]]:
    """Who of ``verifiers`` signed; raise ``NoteInvalid`` when one of their signatures is false or there is none."""
    signed = [
        (verifier, signature)
        for signature in note.signatures
        for verifier in verifiers
        if (verifier.name, verifier.key_id) == (signature.name, signature.key_id)
    ]
    for verifier, signature in signed:
        if not verifier.accepts(note.text, signature.content):
            raise NoteInvalid(f"“{verifier.name}”的签名验证不通过。")
    if not signed:
        raise NoteInvalid("没有一个已知密钥的签名。")
    return signed


class NamedKey:
    """A public Ed25519 key under a name. A subclass says for what kind of signature it is."""

    KIND: ClassVar[int]

    def __init__(self, name: str, material: bytes) -> None:
        _check_name(name)
        self.name = name
        self.key = ed25519.PublicKey(material)
        self.key_id = key_id(name, self.KIND, material)

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """Read ``name+id+key``; the id must be the one of the name and the key, the kind the one asked for."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise NoteInvalid("公钥应为“名称+编号+内容”。")
        name, identifier, encoded = parts
        content = decode_base64(encoded)
        if not content or content[0] != cls.KIND:
            raise NoteInvalid(f"公钥“{name}”的种类不符。")
        key = cls(name, content[1:])
        if key.key_id.hex() != identifier:
            raise NoteInvalid(f"公钥“{name}”的编号与内容不符。")
        return key

    @property
    def vkey(self) -> str:
        encoded = base64.b64encode(bytes((self.KIND,)) + self.key.material).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


class NoteKey(NamedKey):
    """A key that signs the text as it is."""

    KIND = 0x01

    def accepts(self, text: str, signature: bytes) -> bool:
        return self.key.accepts(signature, text.encode())


class NoteSigner:
    def __init__(self, name: str, seed: bytes) -> None:
        self._key = ed25519.PrivateKey(seed)
        self.verifier = NoteKey(name, self._key.public)

    def sign(self, text: str) -> Signature:
        return Signature(self.verifier.name, self.verifier.key_id, self._key.sign(text.encode()))


def signed(text: str, signers: Iterable[Signer]) -> Note:
    if not text.endswith("\n"):
        raise NoteInvalid("待签文本须以换行结尾。")
    return Note(text, tuple(signer.sign(text) for signer in signers))
