"""Occupations that a conviction closes by statute (从业禁止的行业规定), as dated data. 刑法第三十七条之一第三款 leaves them in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jianwei.law.dated import Dated, Version


@dataclass(frozen=True)
class Rule:
    """One edition of a ban. ``charges`` empty means every charge; ``years`` None means for life."""

    cite: str
    verified: bool
    intentional_only: bool
    charges: tuple[str, ...]
    imprisonment_only: bool
    years: int | None
    says: str


@dataclass(frozen=True)
class Ban:
    """A ban: which licences and posts it concerns (words that their names contain), and its editions."""

    key: str
    title: str
    licences: tuple[str, ...]
    posts: tuple[str, ...]
    contact: bool
    """Whether it concerns every post in close contact with minors."""
    editions: Dated[Rule]


@cache
def all_bans() -> tuple[Ban, ...]:
    loaded = yaml.safe_load((files("jianwei.law") / "practice_bans.yaml").read_text("utf-8"))
    return tuple(_ban(entry) for entry in loaded)


def in_force(on: dt.date) -> tuple[tuple[Ban, Rule], ...]:
    """The bans with the edition of each in force on ``on``."""
    found = ((ban, ban.editions.version(on)) for ban in all_bans())
    return tuple((ban, version.value) for ban, version in found if version)


def _ban(entry: dict[str, Any]) -> Ban:
    return Ban(
        key=entry["key"],
        title=entry["title"],
        licences=tuple(entry.get("licences", ())),
        posts=tuple(entry.get("posts", ())),
        contact=entry.get("contact", False),
        editions=Dated(entry["title"], [Version(v["from_on"], _rule(v), v.get("to_on")) for v in entry["versions"]]),
    )


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        cite=f"《{entry['cite']['law']}》{entry['cite']['article']}",
        verified=entry["verified"],
        intentional_only={"故意": True, "任何": False}[entry["fault"]],
        charges=tuple(entry.get("charges", ())),
        imprisonment_only={"有期徒刑以上": True, "任何": False}[entry["penalty"]],
        years=entry.get("years"),
        says=entry["says"],
    )
