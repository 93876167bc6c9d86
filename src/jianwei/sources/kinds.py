"""The kinds of input, found by scanning this package.

A kind is a module with ``SUFFIXES``, ``HOSTILE`` (parse it in the limited child), ``recognises(head) -> bool`` (by the
first bytes, for files whose name does not tell) and ``read(content) -> Iterator[Piece]``. ``SKIPS = True`` marks a kind
that yields one piece a line and can leave out the first ``content.skip`` cheaply.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from jianwei.sources.content import Content, Piece


@dataclass(frozen=True)
class Kind:
    """One kind of input."""

    name: str
    suffixes: tuple[str, ...]
    hostile: bool
    skips: bool
    recognises: Callable[[bytes], bool]
    read: Callable[[Content], Iterator[Piece]]


_NOT_READ = {
    ".doc": "旧版 Word 文件（.doc）不能直接读取，请另存为 .docx",
    ".xls": "旧版 Excel 文件（.xls）不能直接读取，请另存为 .xlsx 或 .csv",
    ".wps": "WPS 文件不能直接读取，请另存为 .docx",
    ".et": "WPS 表格不能直接读取，请另存为 .xlsx",
    ".rar": "RAR 压缩包不能直接读取，请解压或改为 ZIP",
    ".7z": "7z 压缩包不能直接读取，请解压或改为 ZIP",
    ".ofd": "OFD 版式文件不能直接读取，请导出为带文字层的 PDF",
}


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    package = importlib.import_module("jianwei.sources")
    found = []
    for info in pkgutil.iter_modules(package.__path__):
        if info.name in ("__main__", "child"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, "SUFFIXES"):
            found.append(
                Kind(
                    info.name,
                    module.SUFFIXES,
                    module.HOSTILE,
                    getattr(module, "SKIPS", False),
                    module.recognises,
                    module.read,
                )
            )
    return tuple(found)


def kind_of(content: Content) -> Kind | str:
    """The kind that reads ``content``, or why none does (a Chinese clause)."""
    suffix = PurePosixPath(content.name).suffix.lower()
    for kind in kinds():
        if suffix in kind.suffixes:
            return kind
    if suffix in _NOT_READ:
        return _NOT_READ[suffix]
    head = content.head()
    for kind in kinds():
        if kind.recognises(head):
            return kind
    return "不认识的文件类型"
