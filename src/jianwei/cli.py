"""The command line: one file in ``verbs/`` is one verb."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from jianwei import __version__, verbs
from jianwei.errors import JianweiError

_CHINESE = {
    "usage: ": "用法：",
    "positional arguments:": "参数：",
    "options:": "选项：",
    "show this help message and exit": "显示本帮助",
    "show program's version number and exit": "显示版本号",
    "the following arguments are required: ": "缺少参数：",
    "unrecognized arguments: ": "不认识的参数：",
    "invalid choice: ": "不能取值 ",
    "expected one argument": "需要一个值",
    "expected at least one argument": "至少需要一个值",
    "not allowed with argument ": "不能同时使用参数 ",
    "argument ": "参数 ",
    "(choose from ": "（可选：",
    "invalid int value: ": "不是整数：",
    "invalid Path value: ": "不是路径：",
}


class _Parser(argparse.ArgumentParser):
    """argparse whose own words are Chinese."""

    def format_help(self) -> str:
        return _in_chinese(super().format_help())

    def format_usage(self) -> str:
        return _in_chinese(super().format_usage())

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"见微：{_in_chinese(message)}\n")


def _in_chinese(text: str) -> str:
    for english, chinese in _CHINESE.items():
        text = text.replace(english, chinese)
    return text


def _all_verbs() -> dict[str, ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(verbs.__path__))
    return {name: importlib.import_module(f"{verbs.__name__}.{name}") for name in names}


def parser() -> argparse.ArgumentParser:
    """Every verb of the platform, found by looking."""
    root = _Parser(prog="jianwei", description="见微：从裁判文书和行政数据到有理由、有出处的监督线索。")
    root.add_argument("--version", action="version", version=f"见微 {__version__}")
    table = root.add_subparsers(dest="verb", metavar="动作", required=True, parser_class=_Parser, title="动作")
    for name, module in sorted(_all_verbs().items(), key=lambda pair: pair[1].ORDER):
        verb = table.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(verb)
        verb.set_defaults(run=module.run)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. Returns 0 on success, 1 on an error the reader can act on, 2 on wrong usage, 130 if interrupted."""
    chosen = parser().parse_args(arguments)
    try:
        result: int | None = chosen.run(chosen)
    except JianweiError as error:
        print(f"见微：{error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("\n见微：已中断；再次执行同一命令即从断点继续。", file=sys.stderr)
        return 130
    return result or 0


if __name__ == "__main__":
    sys.exit(main())
