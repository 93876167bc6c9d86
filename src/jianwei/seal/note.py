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
from typing import ClassVar, Protocol, Self, TypeVar

from jianwei.seal import ed25519, sm2
from jianwei.seal.errors import SealError
from jianwei.seal.suites import SHA256, SM3, Suite

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


def check_name(name: str) -> None:
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
        check_name(name)
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


class PublicKey(Protocol):
    def __init__(self, material: bytes) -> None:
        """Raise ``SealError`` for bytes that are no sound key."""

    @property
    def material(self) -> bytes: ...
    def accepts(self, signature: bytes, message: bytes) -> bool: ...


class PrivateKey(Protocol):
    """What signs bytes: a key in memory, or one that never leaves its device (GM/T 0018, PKCS#11)."""

    @property
    def algorithm(self) -> str:
        """``ed25519``, ``sm2`` or ``ml-dsa-44``."""

    @property
    def public(self) -> bytes: ...
    def sign(self, message: bytes) -> bytes: ...


class NamedKey:
    """A public key under a name. A subclass says of what algorithm, and for what kind of signature it is."""

    KIND: ClassVar[int]
    IDENTIFIER: ClassVar[bytes] = b""
    """Follows the kind 0xff, which stands for all that c2sp.org/signed-note has given no number."""
    ALGORITHM: ClassVar[type[PublicKey]]

    def __init__(self, name: str, material: bytes) -> None:
        check_name(name)
        self.name = name
        self.key = self.ALGORITHM(material)
        self.key_id = key_id(name, self.KIND, self.IDENTIFIER + material)

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        return read_vkey(vkey, (cls,))

    @property
    def vkey(self) -> str:
        encoded = base64.b64encode(bytes((self.KIND,)) + self.IDENTIFIER + self.key.material).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


_Key = TypeVar("_Key", bound=NamedKey)


def read_vkey(vkey: str, kinds: Iterable[type[_Key]]) -> _Key:
    """Read ``name+id+key``; the id must be the one of the name and the key, the kind one of those asked for."""
    parts = vkey.split("+", 2)
    if len(parts) != 3:
        raise NoteInvalid("公钥应为“名称+编号+内容”。")
    name, identifier, encoded = parts
    content = decode_base64(encoded)
    for kind in kinds:
        head = bytes((kind.KIND,)) + kind.IDENTIFIER
        if content.startswith(head):
            key = kind(name, content.removeprefix(head))
            if key.key_id.hex() != identifier:
                raise NoteInvalid(f"公钥“{name}”的编号与内容不符。")
            return key
    raise NoteInvalid(f"公钥“{name}”的种类不符。")


class NoteKey(NamedKey):
    """A key that signs the text as it is: here one of Ed25519, whose log is a tree of SHA-256."""

    KIND = 0x01
    ALGORITHM: ClassVar[type[PublicKey]] = ed25519.PublicKey
    suite: ClassVar[Suite] = SHA256
    """Of the log that signs with such a key."""

    def accepts(self, text: str, signature: bytes) -> bool:
        return self.key.accepts(signature, text.encode())


class Sm2NoteKey(NoteKey):
    """The same by SM2; the log is a tree of SM3."""

    KIND = 0xFF
    IDENTIFIER = b"sm2-sm3\0"
    ALGORITHM = sm2.PublicKey
    suite = SM3


_BY_ALGORITHM: dict[str, type[NoteKey]] = {"ed25519": NoteKey, "sm2": Sm2NoteKey}


def log_key(vkey: str) -> NoteKey:
    """The key of a log, of whichever algorithm."""
    return read_vkey(vkey, _BY_ALGORITHM.values())


class NoteSigner:
    def __init__(self, name: str, key: bytes | PrivateKey) -> None:
        """``key``: whatever signs; bytes are the seed of an Ed25519 key."""
        self._key: PrivateKey = ed25519.PrivateKey(key) if isinstance(key, bytes) else key
        kind = _BY_ALGORITHM.get(self._key.algorithm)
        if kind is None:
            raise NoteInvalid(f"{self._key.algorithm} 密钥不能用于日志签名。")
        self.verifier = kind(name, self._key.public)

    def sign(self, text: str) -> Signature:
        return Signature(self.verifier.name, self.verifier.key_id, self._key.sign(text.encode()))


def signed(text: str, signers: Iterable[Signer]) -> Note:
    if not text.endswith("\n"):
        raise NoteInvalid("待签文本须以换行结尾。")
    return Note(text, tuple(signer.sign(text) for signer in signers))
