"""What the desk tells of the supervision models on the shelf."""

from __future__ import annotations

from functools import cache
from typing import Any

from jianwei.kit import Line
from jianwei.shelving import BrokenUnit

_LINES = {line.name.lower(): line.value for line in Line}


@cache
def models() -> dict[str, Any]:
    """Every model class by its key. Empty while the shelf cannot be read: clues of a run are shown all the same."""
    try:
        from jianwei.screening import shelf
    except ImportError:
        return {}
    return {model.key(): model for model in shelf.models()}


def broken() -> tuple[BrokenUnit, ...]:
    """The files of the shelf that cannot be used."""
    try:
        from jianwei.screening import shelf
    except ImportError:
        return ()
    return shelf.shelf().broken


def title_of(key: str) -> str:
    """``civil.professional_lender`` → ``职业放贷人``; the key itself for a model that is no longer on the shelf."""
    model = models().get(key)
    return str(model.title) if model else key


def line_of(key: str) -> str:
    model = models().get(key)
    return str(model.line.value) if model else _LINES.get(key.split(".")[0], key.split(".")[0])
