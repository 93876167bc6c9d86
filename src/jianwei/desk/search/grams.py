"""Text as pairs of characters: what is indexed, and what is asked for. The same text always gives the same pairs.

A run of letters and digits ``甲乙丙`` becomes ``甲乙 乙丙 丙``; the last character stands alone so that one character can be
asked for. Whoever changes this must add a migration that makes ``search_words`` anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

MOST_WORDS = 8


def fold(text: str) -> str:
    """The text in one shape: full width as half, capitals as small; what is no letter or digit is a blank.

    Position by position: the result is as long as the text.
    """
    return "".join(map(_folded, text))


def _folded(sign: str) -> str:
    wide = unicodedata.normalize("NFKC", sign).lower()
    sign = wide if len(wide) == 1 else sign
    return sign if sign.isalnum() else " "


def grams(text: str) -> Iterator[str]:
    """The pairs of a text in order."""
    for run in fold(text).split():
        for place in range(len(run)):
            yield run[place : place + 2]


def phrases(asked: str) -> list[list[str]]:
    """What is asked for, as pairs that must follow one another; a single character stands for all pairs it begins."""
    return [[run[n : n + 2] for n in range(max(len(run) - 1, 1))] for run in wanted(asked)]


def wanted(asked: str) -> list[str]:
    """The runs of characters that must all occur."""
    return list(dict.fromkeys(fold(asked).split()))[:MOST_WORDS]
