"""The headings of articles 16 to 19 of 《人民法院在线诉讼规则》, and what no check proves: read from ``headings.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from jianwei.kit import Cite


@dataclass(frozen=True)
class Heading:
    cite: Cite
    article: str
    title: str
    says: str
    verified: bool


@cache
def _loaded() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((files("jianwei.desk.evidence") / "headings.yaml").read_text("utf-8"))
    return found


@cache
def headings() -> tuple[Heading, ...]:
    """Four of them, in the order of the articles."""
    loaded = _loaded()
    articles, law = loaded["articles"], str(loaded["law"])
    assert isinstance(articles, list)
    return tuple(
        Heading(Cite(law, one["article"]), one["article"], one["title"], one["says"], bool(loaded["verified"]))
        for one in articles
    )


@cache
def not_proved() -> tuple[str, ...]:
    found = _loaded()["not_proved"]
    assert isinstance(found, list)
    return tuple(str(one) for one in found)
