"""The shelf: every model under ``jianwei.models``, found by looking. A new file is a new model; nothing registers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import ModuleType

from jianwei.errors import JianweiError
from jianwei.kit import Model
from jianwei.shelving import BrokenUnit, load, reported

UNIT = "监督模型"
"""What messages call what a file of this shelf holds."""


class UnknownModel(JianweiError):
    def __init__(self, key: str, known: Iterable[str]) -> None:
        self.key = key
        super().__init__(f"没有名为 {key} 的监督模型；现有：{'、'.join(sorted(known))}")


@dataclass(frozen=True)
class Shelf:
    """The models by key, in order, and the files that cannot be used."""

    models: dict[str, type[Model]]
    broken: tuple[BrokenUnit, ...]


@cache
def shelf(package: str = "jianwei.models") -> Shelf:
    """What stands in the folders of the lines. A broken file is reported and spoils only itself."""
    found: dict[str, type[Model]] = {}
    broken: list[BrokenUnit] = []
    for line in sorted(files(package).iterdir(), key=lambda f: f.name):
        if not line.is_dir() or line.name.startswith("_"):
            continue
        for file in sorted(line.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py") and not file.name.startswith("_"):
                place = f"{line.name}/{file.name}"
                module = load(f"{package}.{place.removesuffix('.py').replace('/', '.')}", UNIT, place)
                model = module if isinstance(module, BrokenUnit) else _only_model(module, place)
                if isinstance(model, BrokenUnit):
                    broken.append(model)
                else:
                    found[f"{line.name}.{file.name.removesuffix('.py')}"] = model
    return Shelf(found, tuple(broken))


def models() -> tuple[type[Model], ...]:
    """Every model on the shelf, in the order of their keys."""
    return tuple(by_key().values())


def by_key() -> dict[str, type[Model]]:
    """Every model on the shelf by its key, in the order of the keys."""
    return shelf().models


def choose(keys: Iterable[str] | None) -> tuple[type[Model], ...]:
    """The models of these keys or references (``civil.bulk_lending``, ``M01``); all of them if None.
    Raises ``UnknownModel``, or ``BrokenUnit`` by its key.
    """
    known = by_key()
    if keys is None:
        return tuple(known.values())
    by_name = known | {model.ref: model for model in known.values()}
    broken = {one.key: one for one in shelf().broken}
    chosen = {}
    for key in keys:
        if key in broken:
            raise broken[key]
        if key not in by_name:
            raise UnknownModel(key, known)
        chosen[by_name[key].key()] = by_name[key]
    return tuple(chosen[key] for key in sorted(chosen))


def _only_model(module: ModuleType, place: str) -> type[Model] | BrokenUnit:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Model) and value.__module__ == module.__name__
    ]
    if len(found) == 1:
        return found[0]
    held = "、".join(model.__name__ for model in found) or "无"
    return reported(BrokenUnit(UNIT, place, f"应恰好定义一个监督模型，现有 {len(found)} 个：{held}"))
