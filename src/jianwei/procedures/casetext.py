"""The text of a matter file as data: YAML or JSON, one matter or several, as a person types it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from jianwei.errors import JianweiError

_WIDE = re.compile(r"^(\s*(?:-\s+)?[^\s:：{}\[\],，'\"#-][^:：{}\[\],，'\"#]*)：[ \t]*", re.MULTILINE)
"""A key at the head of a line with a Chinese colon after it."""


class BadCaseFile(JianweiError):
    """The file cannot be read as a matter."""

    def __init__(self, file: str, says: str) -> None:
        self.file, self.says = file, says
        super().__init__(f"{file}：{says}")


class _Days(yaml.SafeLoader):
    """YAML that leaves dates as they were typed, so that a wrong one spoils only its own act, and ``on`` a word."""

    yaml_implicit_resolvers = {  # the parent declares it so
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def documents(path: Path) -> list[Any]:
    """The matters of a file, parted by ``---`` or as a list; an empty file holds one empty matter.

    Raises ``BadCaseFile``.
    """
    text = _text(path)
    try:
        found = _parsed(text)
    except (yaml.YAMLError, ValueError) as error:
        mended = _WIDE.sub(r"\1: ", text)
        if mended == text:
            raise BadCaseFile(path.name, _says(error)) from error
        try:
            found = _parsed(mended)
        except (yaml.YAMLError, ValueError) as still:
            raise BadCaseFile(path.name, _says(still)) from still
    if len(found) == 1 and isinstance(found[0], list) and found[0] and all(isinstance(one, dict) for one in found[0]):
        found = found[0]
    return found or [None]


def _parsed(text: str) -> list[Any]:
    found = [one for one in yaml.load_all(text, _Days) if one is not None]
    if any(isinstance(one, str) for one in found):
        raise ValueError("键后面应当是半角冒号和一个空格")
    return found


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadCaseFile(path.name, f"打不开（{_closed(error)}）") from error
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            continue
    raise BadCaseFile(path.name, "既不是UTF-8编码也不是国标编码的文本")


def _closed(error: OSError) -> str:
    """Why a file cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹，不是文件"
    return "没有读取的权限" if isinstance(error, PermissionError) else "读取时出错"


def _says(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return f"不合YAML格式：{error}"
    tab = "不能用制表符缩进，请用空格" if "\\t" in str(error) else "请核对缩进、半角冒号和括号"
    return f"第{mark.line + 1}行不合YAML格式，{tab}"
