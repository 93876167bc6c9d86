"""The kinds of evidence (证据种类) of the procedure laws, each with its article: read from ``categories.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from jianwei.kit import Cite


@dataclass(frozen=True)
class Procedure:
    title: str
    cite: Cite
    verified: bool
    kinds: tuple[str, ...]


@cache
def procedures() -> tuple[Procedure, ...]:
    """The procedure laws in the order of the file."""
    loaded = yaml.safe_load((files("jianwei.desk.evidence") / "categories.yaml").read_text("utf-8"))["procedures"]
    return tuple(
        Procedure(one["title"], Cite(one["law"], one["article"]), one["verified"], tuple(one["kinds"]))
        for one in loaded
    )


@cache
def kinds() -> tuple[str, ...]:
    """Every kind once."""
    return tuple(dict.fromkeys(kind for law in procedures() for kind in law.kinds))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a form offers: by procedure, each named with its article."""
    return [
        (f"{law.title}（{law.cite}{'' if law.verified else '，未核对原文'}）", [(kind, kind) for kind in law.kinds])
        for law in procedures()
    ]
