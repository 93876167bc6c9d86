"""`jianwei seal`: the evidence log from the command line. One file here is one action."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from types import ModuleType

from jianwei.errors import JianweiError

ORDER = 56
HELP = "存证：新建日志、固定材料、见证、出具存证包、核验、检查、依法删除"


def arguments(parser: argparse.ArgumentParser) -> None:
    table = parser.add_subparsers(dest="seal", metavar="动作", required=True, title="动作")
    for name, module in _actions().items():
        action = table.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(action)
        action.set_defaults(act=module.run)


def _actions() -> dict[str, ModuleType]:
    """By name, in their order."""
    names = [found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {
        module.__name__.rpartition(".")[2].rstrip("_"): module for module in sorted(modules, key=lambda one: one.ORDER)
    }


def run(args: argparse.Namespace) -> int:
    try:
        return int(args.act(args) or 0)
    except JianweiError as problem:
        if not getattr(args, "json", False):
            raise
        print(json.dumps({"error": type(problem).__name__, "message": str(problem)}, ensure_ascii=False))
        print(f"见微：{problem}", file=sys.stderr)
        return 1
