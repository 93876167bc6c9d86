"""Parties named only in the sentence that tells of the case: 上诉人甲因与被上诉人乙…一案."""

from __future__ import annotations

from jianwei.extract.judgment import Party
from jianwei.extract.text import Doc


def narrated(doc: Doc) -> list[Party]:
    return []
