"""Names of entries: 26 signs that sort by the time they were made (the ULID specification)."""

from __future__ import annotations

import re
from collections.abc import Callable

Entropy = Callable[[int], bytes]
"""How many bytes to that many random bytes: ``os.urandom``, or what a test puts there."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORM = re.compile(rf"[0-7][{_SIGNS}]{{25}}")


def new(now: int, entropy: Entropy) -> str:
    """``now``: seconds since 1970."""
    number = (now * 1000) << 80 | int.from_bytes(entropy(10), "big")
    return "".join(_SIGNS[number >> shift & 31] for shift in range(125, -1, -5))


def is_ulid(text: str) -> bool:
    return _FORM.fullmatch(text) is not None
