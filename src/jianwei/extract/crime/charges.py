"""Names of charges as a court writes them: one (贩卖、运输毒品罪) or several (抢劫罪、强奸罪; 贪污、受贿罪)."""

from __future__ import annotations

from functools import lru_cache

from jianwei.extract.crime.compact import Compact
from jianwei.extract.leaf import Leaf
from jianwei.law import charges as law

_STOP = r"[，。；：、（）“”\x00]|判|处|免|被|没|和|及|与|以及|而|数|的|并|一案|予|已|分|各|均|对|罪|$"
_LETTER = r"[^，。；：（）“”《》\x00罪]"
NAME = rf"(?:{_LETTER}{{1,45}}|(?:{_LETTER}|罪(?!{_STOP})){{1,45}})罪(?={_STOP})"
"""A charge, or several joined by 、 before one 罪; it may hold 罪 itself (掩饰、隐瞒犯罪所得罪)."""
NAMES = rf"{NAME}(?:(?:、|，?和|以?及|与)(?:犯)?{NAME})*"


def split(compact: Compact, start: int, end: int) -> list[Leaf[str]]:
    """The charges in ``text[start:end]``, each with its span."""
    found: list[Leaf[str]] = []
    for name, offset, size in _split(compact.text[start:end]):
        found.append(compact.leaf(name, start + offset, start + offset + size))
    return found


@lru_cache(maxsize=8192)
def _split(words: str) -> tuple[tuple[str, int, int], ...]:
    found: list[tuple[str, int, int]] = []
    at = 0
    for piece in _pieces(words):
        offset = words.index(piece, at)
        at = offset + len(piece)
        found.extend(_several(piece, offset))
    return tuple(found)


def _pieces(words: str) -> list[str]:
    """Cut after each 罪 that a joining word follows."""
    pieces: list[str] = []
    rest = words
    while rest:
        cut = len(rest)
        for joint in ("罪、", "罪，和", "罪和", "罪以及", "罪及", "罪与"):
            at = rest.find(joint)
            if 0 <= at < cut - 1 and _ends(rest, at, joint):
                cut = at + 1
        pieces.append(rest[:cut])
        rest = rest[cut:].lstrip("、，和以及与").removeprefix("犯")
    return [piece for piece in pieces if len(piece) > 1]


def _ends(words: str, at: int, joint: str) -> bool:
    """Whether a 罪 before a joining word ends a charge: not that of 掩饰、隐瞒犯罪、…所得罪."""
    return words[at - 1 : at] != "犯" or joint != "罪、"


def _several(piece: str, offset: int) -> list[tuple[str, int, int]]:
    """``贪污、受贿罪`` is two charges, ``贩卖、运输毒品罪`` is one."""
    if "、" not in piece or law.find(piece):
        return [(piece, offset, len(piece))]
    parts = piece.removesuffix("罪").split("、")
    groups = _known(parts)
    if groups is None:
        return [(piece, offset, len(piece))]
    found = []
    for group in groups:
        found.append((group + "罪", offset, len(group) + (1 if offset + len(group) == len(piece) - 1 else 0)))
        offset += len(group) + 1
    return found


def _known(parts: list[str]) -> list[str] | None:
    """The parts joined so that every group is a charge of the law; ``None`` if that cannot be done."""
    if not parts:
        return []
    for size in range(min(4, len(parts)), 0, -1):
        head = "、".join(parts[:size])
        if law.find(head + "罪"):
            rest = _known(parts[size:])
            if rest is not None:
                return [head, *rest]
    return None
