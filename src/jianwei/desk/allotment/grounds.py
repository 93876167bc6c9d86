"""Why somebody must keep away from a case, each with its article: read from ``grounds.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from jianwei.kit import Cite


@dataclass(frozen=True)
class Ground:
    key: str
    title: str
    cite: Cite
    verified: bool

    def __str__(self) -> str:
        return f"{self.title}（{self.cite}{'' if self.verified else '，未核对原文'}）"


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its key."""
    loaded = yaml.safe_load((files("jianwei.desk.allotment") / "grounds.yaml").read_text("utf-8"))["grounds"]
    return {
        key: Ground(key, ground["title"], Cite(ground["law"], ground["article"]), ground["verified"])
        for key, ground in loaded.items()
    }
