"""The file of the account that writes to a chain: its secp256k1 key in hexadecimal, as every wallet takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jianwei.seal.keys import KeyFileInvalid, read_secret, write_secret

_GROUP_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
_KEY = re.compile(r"(?:0x)?([0-9a-fA-F]{64})\n?")


def create(path: Path, entropy: Callable[[int], bytes]) -> bytes:
    """Draw a key and write its file, mode 0600. ``entropy(n)``: n unpredictable bytes."""
    while not _in_range(key := entropy(32)):
        continue
    write_secret(path, [key.hex()])
    return key


def read(path: Path) -> bytes:
    """The 32 bytes of the key; raise ``KeyFileInvalid`` for anything else, or when others may read the file."""
    found = _KEY.fullmatch(read_secret(path))
    if not found or not _in_range(key := bytes.fromhex(found[1])):
        raise KeyFileInvalid(path, "不是锚定账户的密钥（应为 64 位十六进制数）")
    return key


def _in_range(key: bytes) -> bool:
    return 1 <= int.from_bytes(key, "big") < _GROUP_ORDER
