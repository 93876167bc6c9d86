"""Many words looked for at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import ahocorasick_rs

_SURROGATE = re.compile("[\ud800-\udfff]")


class Words:
    """The longest of many words at each place of a text, in one pass however many there are."""

    __slots__ = ("_finder", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        self._finder = ahocorasick_rs.AhoCorasick([_plain(word) for word in words], matchkind=kind)

    def places(self, text: str) -> list[tuple[int, int, int]]:
        """Which word, where it begins and where it ends, in the order of the text."""
        found: list[tuple[int, int, int]]
        try:
            found = self._finder.find_matches_as_indexes(text)
        except UnicodeEncodeError:
            found = self._finder.find_matches_as_indexes(_plain(text))
        return found


def _plain(text: str) -> str:
    """``text`` without the lone halves of characters that cannot be searched."""
    return _SURROGATE.sub("\0", text)
