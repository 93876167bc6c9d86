"""Laws and interpretations by title, with the edition in force on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from jianwei.law.dated import Dated, Version
from jianwei.law.source import load_yaml


@dataclass(frozen=True)
class Edition:
    """One edition. ``articles`` is how many articles it has, if known; ``verified`` false prints a notice."""

    name: str
    verified: bool
    articles: int | None = None


@dataclass(frozen=True)
class Law:
    """One law: its official title, the short forms judgments use, its editions by day."""

    title: str
    aliases: tuple[str, ...]
    editions: Dated[Edition]


@cache
def all_laws() -> dict[str, Law]:
    """Every law by its title."""
    return {row["title"]: _law(row) for row in load_yaml("citations", "laws.yaml")}


def _law(row: dict[str, object]) -> Law:
    editions: list[dict[str, object]] = row["editions"]  # type: ignore[assignment]
    title = str(row["title"])
    return Law(
        title=title,
        aliases=tuple(row["aliases"]),  # type: ignore[arg-type]
        editions=Dated(
            f"《{title}》",
            (
                Version(
                    from_on=e["from_on"],  # type: ignore[arg-type]
                    to_on=e.get("to_on"),  # type: ignore[arg-type]
                    value=Edition(
                        name=str(e["name"]),
                        verified=bool(e["verified"]),
                        articles=e.get("articles"),  # type: ignore[arg-type]
                    ),
                )
                for e in editions
            ),
        ),
    )


@cache
def _aliases() -> dict[str, Law]:
    return {name.strip("《》"): law for law in all_laws().values() for name in (law.title, *law.aliases)}


def find(name: str) -> Law | None:
    """The law of that title or short form; book marks and an edition in brackets are ignored."""
    stripped, known = name.strip("《》 "), _aliases()
    if stripped in known or not stripped.endswith("）"):
        return known.get(stripped)
    return known.get(stripped.partition("（")[0])


def edition(name: str, on: dt.date) -> Edition | None:
    """The edition of the named law in force on ``on``; None if the law is unknown or was not in force."""
    law = find(name)
    version = law.editions.version(on) if law else None
    return version.value if version else None
