"""Finding procedures: every module of a line's folder that holds a ``Procedure``."""

from __future__ import annotations

import importlib
from functools import cache
from importlib.resources import files

from jianwei.errors import JianweiError
from jianwei.procedures.kernel.procedure import Procedure


class UnknownProcedure(JianweiError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"没有名为“{name}”的办案程序；`jianwei procedures` 列出全部")


@cache
def procedures() -> dict[str, type[Procedure]]:
    """Every procedure by its key, such as ``criminal/prosecution_review``, in order."""
    found = {}
    for line in sorted(files("jianwei.procedures").iterdir(), key=lambda f: f.name):
        if not line.is_dir() or line.name.startswith("_") or line.name == "kernel":
            continue
        for file in sorted(line.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py") and not file.name.startswith("_"):
                module = importlib.import_module(f"jianwei.procedures.{line.name}.{file.name.removesuffix('.py')}")
                for value in vars(module).values():
                    if isinstance(value, type) and issubclass(value, Procedure) and value.__module__ == module.__name__:
                        found[value.key] = value
    return found


def procedure(name: str) -> type[Procedure]:
    """The procedure of that key or title. Raises ``UnknownProcedure``."""
    everything = procedures()
    if name in everything:
        return everything[name]
    for found in everything.values():
        if name in (found.title, found.case_type, found.key.rpartition("/")[2]):
            return found
    raise UnknownProcedure(name)


def for_clues_of(model: str, line: str) -> list[type[Procedure]]:
    """The procedures that handle clues of a model: those that name it first, then those of its business line."""
    everything = list(procedures().values())
    named = [one for one in everything if model in one.from_models]
    return named + [one for one in everything if one.line.value == line and one not in named]
