"""What may stand in a table that people open: words, and nothing that a spreadsheet would run."""

from __future__ import annotations

import re

# ASVS 1.2.10; the full-width forms are folded to ASCII by some spreadsheets on import.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """``=1+1`` → ``'=1+1``: a leading apostrophe makes it words. Blanks before the sign do not hide it."""
    text = _CONTROL.sub("", text)
    return "'" + text if text.lstrip(" \u3000\xa0\ufeff\u200b")[:1] in _DANGEROUS and text else text
