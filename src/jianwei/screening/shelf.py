"""The shelf: every model under ``jianwei.models``, found by looking. A new file is a new model; nothing registers it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache

import jianwei.models
from jianwei.errors import JianweiError
from jianwei.kit import Model


class UnknownModel(JianweiError):
    def __init__(self, key: str, known: Iterable[str]) -> None:
        self.key = key
        super().__init__(f"没有名为 {key} 的监督模型；现有：{'、'.join(sorted(known))}")


class CrookedShelf(JianweiError):
    """A file on the shelf does not hold exactly one model."""

    def __init__(self, module: str, found: list[str]) -> None:
        self.module = module
        super().__init__(f"{module} 应恰好定义一个监督模型，现有 {len(found)} 个：{'、'.join(found) or '无'}")


def models() -> tuple[type[Model], ...]:
    """Every model on the shelf, in the order of their keys."""
    return tuple(by_key().values())


@cache
def by_key() -> dict[str, type[Model]]:
    """Every model on the shelf by its key, in the order of the keys."""
    found = (_only_model(name) for name in _files())
    return {model.key(): model for model in sorted(found, key=lambda m: m.key())}


def choose(keys: Iterable[str] | None) -> tuple[type[Model], ...]:
    """The models of these keys or references (``civil.bulk_lending``, ``M01``); all of them if None."""
    shelf = by_key()
    if keys is None:
        return tuple(shelf.values())
    by_name = shelf | {model.ref: model for model in shelf.values()}
    chosen = {}
    for key in keys:
        if key not in by_name:
            raise UnknownModel(key, shelf)
        chosen[by_name[key].key()] = by_name[key]
    return tuple(chosen[key] for key in sorted(chosen))


def _files() -> Iterator[str]:
    for module in pkgutil.walk_packages(jianwei.models.__path__, "jianwei.models."):
        if not module.ispkg:
            yield module.name


def _only_model(name: str) -> type[Model]:
    module = importlib.import_module(name)
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Model) and value.__module__ == name
    ]
    if len(found) != 1:
        raise CrookedShelf(name, [model.__name__ for model in found])
    return found[0]
