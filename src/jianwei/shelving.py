"""Load the files of a shelf: a broken one is named with its line, and spoils only itself."""

from __future__ import annotations

import importlib
import logging
import traceback
from pathlib import Path
from types import ModuleType

import yaml

from jianwei.errors import JianweiError

_LOG = logging.getLogger(__name__)

_SAYS = {
    SyntaxError: "写法不合语法",
    ImportError: "引用的模块或名称不存在",
    NameError: "用了没有定义的名称",
    AttributeError: "用了没有的属性",
    TypeError: "参数或类型不对",
    KeyError: "缺少所需的项",
    ValueError: "取值不对",
    yaml.YAMLError: "写法不合 YAML",
}
"""What went wrong, in words; the interpreter's own words follow."""


class BrokenUnit(JianweiError):
    """A file of a shelf that cannot be used. ``file`` is below the shelf, such as ``civil/bulk_lending.py``; ``line`` is
    where its author should look, None where the file as a whole is meant. ``unit`` is what the file holds.
    """

    def __init__(self, unit: str, file: str, why: str, line: int | None = None) -> None:
        self.unit, self.file, self.line, self.why = unit, file, line, why
        place = f"第 {line} 行" if line else ""
        super().__init__(f"{unit}文件 {file} {place}有误（{why}），不能使用，其余不受影响")

    @property
    def key(self) -> str:
        """The file's name as a unit's key: ``civil.bulk_lending``."""
        return self.file.removesuffix(".py").replace("/", ".")

    @classmethod
    def by(cls, error: Exception, unit: str, file: str) -> BrokenUnit:
        """Made of what an author's slip raised."""
        words = next((says for kind, says in _SAYS.items() if isinstance(error, kind)), type(error).__name__)
        return cls(unit, file, f"{words}：{_own_words(error)}", _line(error, file))


def load(module: str, unit: str, file: str) -> ModuleType | BrokenUnit:
    """The module, or why it cannot be used; the latter is also logged."""
    try:
        return importlib.import_module(module)
    except Exception as error:  # whatever an author's slip may raise
        return reported(BrokenUnit.by(error, unit, file))


def reported(broken: BrokenUnit) -> BrokenUnit:
    _LOG.error("见微：%s。", broken)
    return broken


def _own_words(error: Exception) -> str:
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(words.split())


def _line(error: Exception, file: str) -> int | None:
    """The last line of the file that was being worked on; of a YAML file the line that cannot be read."""
    if mark := getattr(error, "problem_mark", None):
        return int(mark.line) + 1
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).name == Path(file).name:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename).as_posix().endswith(f"/{file}")]
    return lines[-1] if lines else None
