"""Where a data file of the law comes from: every folder here carries a ``SOURCE.yaml``."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Source:
    """``source`` names the publication, ``checked_on`` the day it was last compared, ``note`` what is uncertain."""

    source: str
    checked_on: dt.date
    note: str = ""


def source(folder: str) -> Source:
    """The provenance of the data in ``law/<folder>``."""
    loaded = load_yaml(folder, "SOURCE.yaml")
    return Source(source=loaded["source"], checked_on=loaded["checked_on"], note=loaded.get("note", ""))


def load_yaml(folder: str, name: str) -> Any:
    return yaml.safe_load((files("jianwei.law") / folder / name).read_text("utf-8"))


def load_csv(folder: str, name: str) -> Iterator[dict[str, str]]:
    text = (files("jianwei.law") / folder / name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())
