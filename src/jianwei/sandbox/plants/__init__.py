"""What is hidden in the background: one file a model, anomalies with their decoys."""

from __future__ import annotations

import importlib
import pkgutil

from jianwei.sandbox.world import World


def plant_all(w: World, scale: float) -> None:
    """Every plant of the shelf, in the order of their names. ``scale`` is 1 for a full shard."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}").plant(w, scale)
