"""The shelf of rules, found by looking."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jianwei.cards.rule import Rule
from jianwei.shelving import BrokenUnit, load

UNIT = "案卡规则"
"""What messages call what a file of this shelf holds."""


@dataclass(frozen=True)
class Shelf:
    """The rules by number, and the files that cannot be used."""

    rules: tuple[Rule[Any], ...]
    broken: tuple[BrokenUnit, ...]


@cache
def shelf(package: str = "jianwei.cards.rules") -> Shelf:
    """What stands in ``rules/``; one file holds the rules of one subject. A broken file spoils only itself."""
    found: list[Rule[Any]] = []
    broken: list[BrokenUnit] = []
    for file in sorted(files(package).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".py") and not file.name.startswith("_"):
            module = load(f"{package}.{file.name.removesuffix('.py')}", UNIT, file.name)
            if isinstance(module, BrokenUnit):
                broken.append(module)
                continue
            found += [one for one in vars(module).values() if isinstance(one, Rule)]
    return Shelf(tuple(sorted(found, key=lambda r: r.ref)), tuple(broken))


def rules() -> tuple[Rule[Any], ...]:
    """Every rule of ``rules/``, by its number."""
    return shelf().rules
