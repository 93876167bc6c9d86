"""Finding procedures: every module of a line's folder that holds a ``Procedure``."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from jianwei.errors import JianweiError
from jianwei.procedures.kernel.procedure import Procedure
from jianwei.shelving import BrokenUnit, load


class UnknownProcedure(JianweiError):
    """No procedure of that name, or several (``among``)."""

    def __init__(self, name: str, among: tuple[str, ...] = (), near: tuple[str, ...] = ()) -> None:
        self.name = name
        if among:
            says = f"“{name}”有几种程序，请写全：{'、'.join(among)}"
        else:
            guess = f"，是不是“{'”“'.join(near)}”" if near else ""
            says = f"没有名为“{name}”的办案程序{guess}；`jianwei procedures` 列出全部"
        super().__init__(says)


@dataclass(frozen=True)
class Shelf:
    """The procedures by key, in order, and the files that could not be loaded."""

    procedures: dict[str, type[Procedure]]
    broken: tuple[BrokenUnit, ...]


def procedures() -> dict[str, type[Procedure]]:
    """Every procedure by its key, such as ``criminal/prosecution_review``, in order."""
    return shelf().procedures


@cache
def shelf(package: str = "jianwei.procedures") -> Shelf:
    """What stands in the folders of the lines. A broken file is reported and spoils only itself."""
    found: dict[str, type[Procedure]] = {}
    broken: list[BrokenUnit] = []
    for line in sorted(files(package).iterdir(), key=lambda f: f.name):
        if not line.is_dir() or line.name.startswith("_") or line.name == "kernel":
            continue
        for file in sorted(line.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py") and not file.name.startswith("_"):
                name = f"{package}.{line.name}.{file.name.removesuffix('.py')}"
                module = load(name, "办案程序", f"{line.name}/{file.name}")
                if isinstance(module, BrokenUnit):
                    broken.append(module)
                    continue
                for value in vars(module).values():
                    if isinstance(value, type) and issubclass(value, Procedure) and value.__module__ == module.__name__:
                        found[value.key] = value
    return Shelf(found, tuple(broken))


def procedure(name: str) -> type[Procedure]:
    """The procedure of that key or title. Raises ``UnknownProcedure``, or ``BrokenUnit`` by its key."""
    everything = procedures()
    name = name.strip().strip("《》“”")
    short = name.removesuffix("程序").removesuffix("案件")
    if name in everything:
        return everything[name]
    for found in everything.values():
        if found.title in (name, short):
            return found
    several = [one for one in everything.values() if {name, short} & {one.case_type, one.key.rpartition("/")[2]} - {""}]
    if len(several) == 1:
        return several[0]
    if several:
        raise UnknownProcedure(name, tuple(f"{one.key}（{one.title}）" for one in several))
    for broken in shelf().broken:
        if name in (key := broken.file.removesuffix(".py"), key.rpartition("/")[2]):
            raise broken
    titles = [one.title for one in everything.values()]
    near = [title for title in titles if name and name in title] or get_close_matches(name, titles, 3, 0.5)
    raise UnknownProcedure(name, near=tuple(near[:4]))


def for_clues_of(model: str, line: str) -> list[type[Procedure]]:
    """The procedures that handle clues of a model: those that name it first, then those of its business line."""
    everything = list(procedures().values())
    named = [one for one in everything if model in one.from_models]
    return named + [one for one in everything if one.line.value == line and one not in named]
