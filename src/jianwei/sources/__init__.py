"""Files of every kind to documents and typed rows, each with its origin; what cannot be read is said, not dropped."""

from jianwei.sources.item import ERROR, NOTICE, Item, Origin, Problem, RawDocument, RawRow
from jianwei.sources.read import File, NoSuchPath, found, items, read

__all__ = [
    "ERROR",
    "NOTICE",
    "File",
    "Item",
    "NoSuchPath",
    "Origin",
    "Problem",
    "RawDocument",
    "RawRow",
    "found",
    "items",
    "read",
]
