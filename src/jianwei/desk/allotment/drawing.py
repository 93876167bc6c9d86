"""The draw: pure, and the same again from the same seed. No clock, no chance of its own.

Words of 64 bits are taken from SHA-256 over the seed, the matter's number and a counter; a word beyond the last full
multiple of the pool's size is thrown away, so that every place is equally likely whatever the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

VERSION = "1"
"""Recorded with every draw; a changed way of drawing gets a new one and keeps the old."""
WORD = 1 << 64


class EmptyPool(ValueError):
    """Nobody is left to draw from."""


def place(words: Iterator[int], size: int, word: int = WORD) -> int:
    """A place from 0 to ``size`` - 1 from words that are each equally likely from 0 to ``word`` - 1."""
    if not 0 < size <= word:
        raise EmptyPool
    fair = word - word % size
    return next(one for one in words if one < fair) % size


def words_of(seed: str, number: str) -> Iterator[int]:
    """The words of one matter under one seed, without end."""
    counter = 0
    while True:
        digest = hashlib.sha256(f"{VERSION}|{seed}|{number}|{counter}".encode()).digest()
        yield from (int.from_bytes(digest[n : n + 8], "big") for n in range(0, 32, 8))
        counter += 1


def drawn(pool: Sequence[str], seed: str, number: str) -> str:
    """The one of ``pool`` (log-in names, in whatever order) that the seed draws for the matter of ``number``."""
    ordered = sorted(set(pool))
    return ordered[place(words_of(seed, number), len(ordered))]


def again(pool: Sequence[str], seed: str, number: str, outcome: str, version: str) -> bool:
    """Whether a recorded draw comes out again as it was recorded."""
    return version == VERSION and bool(pool) and drawn(pool, seed, number) == outcome


def several(pool: Sequence[str], count: int, seed: str, number: str) -> tuple[str, ...]:
    """So many of ``pool``, one after another, nobody twice, in the order drawn."""
    left, words = sorted(set(pool)), words_of(seed, number)
    if count > len(left):
        raise EmptyPool
    return tuple(left.pop(place(words, len(left))) for _ in range(count))
