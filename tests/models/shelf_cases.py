"""The data files of the shelf: what a case is, and how a lake is made of it."""

from __future__ import annotations

import datetime as dt
import functools
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from jianwei.lake import Lake
from jianwei.screening import Run, screen

HERE = Path(__file__).parent
KINDS = {"hit", "near_miss", "lawful_exception"}
EXPECTED_KEYS = {
    "subject",
    "subject_key",
    "period",
    "signs",
    "not_signs",
    "unknown",
    "evidence",
    "grade",
    "score",
    "reason",
    "provisional",
}


class PlainWords(yaml.SafeLoader):
    """YAML in which only true and false are truth values: ``no`` and ``on`` are columns."""


PlainWords.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainWords.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class Case:
    """One worked case of one model."""

    model: str
    name: str
    kind: str
    why: str
    as_of: dt.date
    tables: Mapping[str, list[dict[str, Any]]]
    documents: tuple[str, ...]
    expect: tuple[Mapping[str, Any], ...]

    @property
    def id(self) -> str:
        return f"{self.model} {self.kind} {self.name}"


def data_file(model: str) -> Path:
    """``civil.bulk_lending`` → ``tests/models/civil/bulk_lending.yaml``."""
    return HERE / f"{model.replace('.', '/')}.yaml"


@functools.cache
def cases(model: str) -> tuple[Case, ...]:
    file = data_file(model)
    if not file.exists():
        return ()
    loaded = yaml.load(file.read_text("utf-8"), PlainWords)
    return tuple(
        Case(
            model=model,
            name=case["name"],
            kind=case["kind"],
            why=case["why"],
            as_of=case.get("as_of", loaded["as_of"]),
            tables=case.get("tables") or {},
            documents=tuple(case.get("documents", ())),
            expect=tuple(case.get("expect") or ()),
        )
        for case in loaded["cases"]
    )


class Lakes:
    """Each case's lake is built once, whichever engines then read it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lakes = folder, dict[str, Lake]()

    def of(self, case: Case) -> Lake:
        if case.id not in self._lakes:
            path = self._folder / str(len(self._lakes))
            shutil.rmtree(path, ignore_errors=True)
            self._lakes[case.id] = Lake.from_rows(path, case.tables, documents=case.documents)
        return self._lakes[case.id]

    def run(self, case: Case, engine: Any) -> Run:
        # one partition: the data is small, and a task each costs more than it gives
        options = {"master": "local[2]", "partitions": 1, "memory_gb": 1} if engine == "spark" else {"threads": 1}
        return screen(self.of(case), as_of=case.as_of, engine=engine, models=[case.model], options=options)
