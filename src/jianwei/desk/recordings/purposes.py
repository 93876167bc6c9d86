"""What a recording is made for, and how many officers must be present: read from ``purposes.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jianwei.kit import Cite


@dataclass(frozen=True)
class Purpose:
    title: str
    officers: int
    """The least number of officers."""
    cite: Cite | None
    tell: str = ""
    """What those present are to be told when the recording begins, with its source."""


@cache
def purposes() -> dict[str, Purpose]:
    """By their titles, in the order of the file."""
    loaded = yaml.safe_load((files("jianwei.desk.recordings") / "purposes.yaml").read_text("utf-8"))["purposes"]
    return {
        one["title"]: Purpose(
            one["title"],
            one["officers"],
            _cite(one) if "law" in one else None,
            f"{one['tell']['says']}（{_cite(one['tell'])}）" if "tell" in one else "",
        )
        for one in loaded
    }


def _cite(one: Mapping[str, Any]) -> Cite:
    return Cite(one["law"], one["article"], verified=one["verified"])


def too_few(purpose: str, officers: Sequence[str]) -> str:
    """One sentence where fewer officers are named than the law asks for; "" otherwise."""
    one = purposes().get(purpose)
    if one is None or one.cite is None or len(officers) >= one.officers:
        return ""
    return f"{one.title}应当由不少于{one.officers}名检察人员（或者检察人员和书记员）进行（{one.cite}），记录的办案人员只有 {len(officers)} 名。"
