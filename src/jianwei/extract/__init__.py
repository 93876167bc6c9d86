"""Raw text of a court's document → its facts, each with the span it was read from."""

from __future__ import annotations

from jianwei.extract.judgment import Judgment
from jianwei.extract.leaf import Leaf
from jianwei.extract.reading import read

__all__ = ["VERSION", "Judgment", "Leaf", "read"]

VERSION = "2"
"""Counts up whenever the same text is read differently."""
