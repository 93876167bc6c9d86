"""Runs on disc: ``<lake>/runs/<run id>/`` holds the manifest, the clues and the links, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei.screening.clue import Clue
from jianwei.screening.coverage import Skipped
from jianwei.screening.manifest import Manifest, dumps
from jianwei.screening.merging import Link


@dataclass(frozen=True)
class Run:
    """What a screening found: clues in the order of model and rank, what was not evaluated, what was tied together."""

    manifest: Manifest
    clues: tuple[Clue, ...]
    skipped: tuple[Skipped, ...]
    links: tuple[Link, ...]

    @property
    def id(self) -> str:
        return self.manifest.run_id


def write(run: Run, lake: Path) -> Path:
    """Store ``run``; the same run again changes nothing."""
    runs = lake / "runs"
    target = runs / run.id
    if target.exists():
        return target
    runs.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=runs))
    try:
        clues = _lines(draft / "clues.jsonl", (clue.as_json() for clue in run.clues))
        _lines(draft / "links.jsonl", (link.as_json() for link in run.links))
        result = {
            "run": run.id,
            **run.manifest.as_json(),
            "skipped": [s.as_json() for s in run.skipped],
            "clues": len(run.clues),
            "clues_digest": clues,
        }
        _lines(draft / "manifest.json", [result])
        draft.chmod(0o755)
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not target.exists():  # two runs of the same manifest may end together; the first one stays
            raise
    return target


def _lines(path: Path, items: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> str:
    total = hashlib.sha256()
    with path.open("wb") as out:
        for item in items:
            line = f"{dumps(item)}\n".encode()
            total.update(line)
            out.write(line)
        out.flush()
        os.fsync(out.fileno())
    return total.hexdigest()


def runs(lake: Path) -> list[dict[str, Any]]:
    """The manifests of the runs stored in a lake, latest day first."""
    found = [json.loads(file.read_text("utf-8")) for file in (lake / "runs").glob("[0-9a-f]*/manifest.json")]
    return sorted(found, key=lambda m: (m["as_of"], m["run"]), reverse=True)


def stored_clues(lake: Path, run_id: str) -> Iterator[dict[str, Any]]:
    """The clues of a stored run as JSON objects, one by one."""
    with (lake / "runs" / run_id / "clues.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
