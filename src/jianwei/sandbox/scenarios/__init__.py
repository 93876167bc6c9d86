"""The five published guiding cases 检例第52–56号, retold with invented people."""

from __future__ import annotations

import importlib
import pkgutil

from jianwei.sandbox.world import World


def write_scenarios(w: World) -> None:
    """Every scenario, in the order of their numbers."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}").write(w)
