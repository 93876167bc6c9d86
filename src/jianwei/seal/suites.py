"""The hash functions a log can be built on. The tree is the same; only the hash is another."""

from __future__ import annotations

import hashlib

HASH_SIZE = 32
"""Bytes of a hash, in both suites."""

_NODE_WIDTH = 2 * HASH_SIZE


class Suite:
    """RFC 6962 section 2.1 over one hash function: leaves are hashed after a byte 0, nodes after a byte 1.

    Hashing starts from a copy of a hash that has its first byte already: that spares the set-up of SM3.
    """

    def __init__(self, name: str) -> None:
        """``name``: as ``hashlib`` knows the function. It must give 32 bytes."""
        self.name = name
        self._leaf = hashlib.new(name, b"\x00")
        self._node = hashlib.new(name, b"\x01")

    def digest(self, content: bytes) -> bytes:
        return hashlib.new(self.name, content).digest()

    def leaf(self, entry: bytes) -> bytes:
        state = self._leaf.copy()
        state.update(entry)
        return state.digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        state = self._node.copy()
        state.update(left + right)
        return state.digest()

    def leaves(self, entries: bytes, width: int) -> bytes:
        """The leaf hashes, one after another, of entries of ``width`` bytes, one after another."""
        copy = self._leaf.copy
        hashes = []
        for start in range(0, len(entries), width):
            state = copy()
            state.update(entries[start : start + width])
            hashes.append(state.digest())
        return b"".join(hashes)

    def parents(self, hashes: bytes, generations: int = 1) -> bytes:
        """The nodes ``generations`` above an array of hashes whose number is a multiple of ``2**generations``."""
        copy = self._node.copy
        for _ in range(generations):
            above = []
            for start in range(0, len(hashes), _NODE_WIDTH):
                state = copy()
                state.update(hashes[start : start + _NODE_WIDTH])
                above.append(state.digest())
            hashes = b"".join(above)
        return hashes


SHA256 = Suite("sha256")
SM3 = Suite("sm3")
"""GB/T 32905. Needs an OpenSSL that has it."""
