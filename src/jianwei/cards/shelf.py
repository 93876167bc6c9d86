"""The shelf of rules, found by looking."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from jianwei.cards import rules as package
from jianwei.cards.rule import Rule


@cache
def rules() -> tuple[Rule[Any], ...]:
    """Every rule of ``rules/``, by its number."""
    found: list[Rule[Any]] = []
    for module in pkgutil.iter_modules(package.__path__):
        held = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
        found += [one for one in held.values() if isinstance(one, Rule)]
    return tuple(sorted(found, key=lambda r: r.ref))
