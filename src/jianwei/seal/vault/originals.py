"""Originals: each content once, encrypted under a key of its own that is in secrets.db alone.

A file is a magic word and frames of 1 MiB, AES-256-GCM; the nonce of a frame is its number and whether it is the last
one, so that frames cannot be moved and an end cannot be cut off. The file's name is the content's SHA-256 under a secret
key: it tells nobody what is kept. Without its key a copy, also one in a backup, is noise.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jianwei.seal.errors import SealError
from jianwei.seal.vault import room
from jianwei.seal.vault.hashing import PIECE, Digests, TwoHashes, pieces
from jianwei.seal.vault.ulid import Entropy

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

KEY_SIZE = 32
_MAGIC = b"EVO1"
_TAG = 16
_FRAME = PIECE + _TAG


class OriginalUnreadable(SealError):
    """The file of an original is missing, or not what was written."""


@dataclass(frozen=True)
class Draft:
    """An original written under a passing name: safe on the disk, not yet kept."""

    path: Path
    key: bytes
    digests: Digests

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


class Originals:
    def __init__(self, folder: Path, reserve: int) -> None:
        self.folder = folder
        self._reserve = reserve
        (folder / "drafts").mkdir(parents=True, exist_ok=True)

    def path(self, address: str) -> Path:
        return self.folder / address[:2] / address[2:]

    def draft(self, stream: BinaryIO, entropy: Entropy) -> Draft:
        """Read, hash and encrypt in one pass. Raise ``room.NoRoom`` when the disk is too full, leaving nothing."""
        key = entropy(KEY_SIZE)
        path = self.folder / "drafts" / entropy(16).hex()
        try:
            with room.refusing(), open(path, "xb", buffering=0, opener=_private) as file, TwoHashes() as hashes:
                _write(file, _MAGIC)
                for frame in self._frames(stream, AESGCM(key), hashes):
                    _write(file, frame)
                os.fsync(file.fileno())
                return Draft(path, key, hashes.finish())
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def _frames(self, stream: BinaryIO, cipher: AESGCM, hashes: TwoHashes) -> Iterator[bytes]:
        held, number = b"", 0
        for piece in pieces(stream):
            hashes.update(piece)
            if number or held:
                room.check(self.folder, PIECE, self._reserve)
                yield cipher.encrypt(_nonce(number, last=False), held, _MAGIC)
                number += 1
            held = piece
        room.check(self.folder, len(held), self._reserve)
        yield cipher.encrypt(_nonce(number, last=True), held, _MAGIC)

    def keep(self, draft: Draft, address: str) -> None:
        """Give it its name, also in place of one whose key was lost in a crash; safe when this returns."""
        path = self.path(address)
        with room.refusing():
            if not path.parent.exists():
                path.parent.mkdir(exist_ok=True)
                _sync(self.folder)
            draft.path.replace(path)
            _sync(path.parent)

    def read(self, address: str, key: bytes, begin: int = 0) -> Iterator[bytes]:
        """The content from byte ``begin`` on, piece by piece, each authentic. Raise ``OriginalUnreadable`` where it is not."""
        cipher = AESGCM(key)
        try:
            with self.path(address).open("rb") as file:
                frames = file.seek(0, io.SEEK_END) - len(_MAGIC)
                file.seek(0)
                if file.read(len(_MAGIC)) != _MAGIC or frames <= 0:
                    raise OriginalUnreadable("原件文件的开头不符。")
                last = -(-frames // _FRAME) - 1
                first, passed_over = divmod(begin, PIECE)
                file.seek(len(_MAGIC) + first * _FRAME)
                for number in range(first, last + 1):
                    piece = cipher.decrypt(_nonce(number, last=number == last), file.read(_FRAME), _MAGIC)
                    yield piece[passed_over:] if number == first else piece
        except FileNotFoundError:
            raise OriginalUnreadable("原件文件不存在。") from None
        except (InvalidTag, ValueError):
            raise OriginalUnreadable("原件文件被改动或者不完整，不能解密。") from None

    def remove(self, address: str) -> None:
        path = self.path(address)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync(path.parent)

    def addresses(self) -> Iterator[str]:
        """Of every file kept."""
        for path in sorted(self.folder.glob("??/*")):
            yield path.parent.name + path.name

    def drafts(self) -> list[Path]:
        return list((self.folder / "drafts").iterdir())


class Stream(io.RawIOBase):
    """Pieces as a file that is read from its beginning to its end."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._rest))
        target[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def address(secret: bytes, sha256: str) -> str:
    """Where a content lies. ``secret``: the vault's; ``sha256``: in hex."""
    return hmac.new(secret, bytes.fromhex(sha256), hashlib.sha256).hexdigest()


def _nonce(number: int, *, last: bool) -> bytes:
    """The key is of one content alone, so that numbers are nonces enough."""
    return bytes((last,)) + number.to_bytes(11, "big")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def _write(file: io.RawIOBase, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
