"""The kinds of input, found by scanning this package.

A kind is a module with ``SUFFIXES``, ``HOSTILE`` (parse it in the limited child), ``recognises(head) -> bool`` (by the
first bytes, for files whose name does not tell) and ``read(content) -> Iterator[Piece]``. ``SKIPS = True`` marks a kind
that yields one piece a line and can leave out the first ``content.skip`` cheaply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from jianwei.shelving import BrokenUnit, load, reported
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


_UNIT = "数据来源"
_NOT_A_KIND = frozenset({"__init__.py", "__main__.py", "child.py", "kinds.py"})


@dataclass(frozen=True)
class Shelf:
    """The kinds by name, and the files that cannot be used."""

    kinds: tuple[Kind, ...]
    broken: tuple[BrokenUnit, ...]


@cache
def shelf(package: str = "jianwei.sources") -> Shelf:
    """What stands in this package. A broken file is reported and spoils only itself."""
    found: list[Kind] = []
    broken: list[BrokenUnit] = []
    for file in sorted(files(package).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".py") or file.name in _NOT_A_KIND:
            continue
        kind = _kind(package, file.name)
        if isinstance(kind, BrokenUnit):
            broken.append(kind)
        elif kind:
            found.append(kind)
    return Shelf(tuple(found), tuple(broken))


def kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    return shelf().kinds


def _kind(package: str, file: str) -> Kind | BrokenUnit | None:
    """The kind that a file declares; None for a file that is no kind."""
    name = file.removesuffix(".py")
    module = load(f"{package}.{name}", _UNIT, file)
    if isinstance(module, BrokenUnit):
        return module
    if not hasattr(module, "SUFFIXES"):
        return None
    try:
        skips = getattr(module, "SKIPS", False)
        return Kind(name, module.SUFFIXES, module.HOSTILE, skips, module.recognises, module.read)
    except AttributeError as slip:
        return reported(BrokenUnit.by(slip, _UNIT, file))


def kind_of(content: Content) -> Kind | str:
    """The kind that reads ``content``, or why none does (a Chinese clause)."""
    suffix = PurePosixPath(content.name).suffix.lower()
    for kind in kinds():
        if suffix in kind.suffixes:
            return kind
    for broken in shelf().broken:
        if suffix == f".{broken.key}":
            return f"这类文件暂时不能读取，因为{broken}"
    if suffix in _NOT_READ:
        return _NOT_READ[suffix]
    head = content.head()
    for kind in kinds():
        if kind.recognises(head):
            return kind
    if shelf().broken:
        return f"不认识的文件类型，也可能因为{'；'.join(map(str, shelf().broken))}"
    return "不认识的文件类型"
