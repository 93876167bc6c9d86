"""The manifest of a run: everything that its clues depend on, and nothing else. The engine is not among them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jianwei
from jianwei.kit import Model

_ROOT = Path(jianwei.__file__).parent
_CODE = ("kit", "screening", "records", "lake/derived")
_ENDINGS = {".py", ".yaml", ".json", ".csv", ".txt"}


@dataclass(frozen=True)
class Manifest:
    """What a run was made of. ``since`` is the first day of a back-test's window; a live run looks at everything."""

    as_of: dt.date
    since: dt.date | None
    snapshot: str
    models: Mapping[str, Mapping[str, Any]]
    law: str
    code: str

    def as_json(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            "snapshot": self.snapshot,
            "models": {key: dict(value) for key, value in sorted(self.models.items())},
            "law": self.law,
            "code": self.code,
        }

    @property
    def run_id(self) -> str:
        return hashlib.sha256(dumps(self.as_json()).encode()).hexdigest()[:20]


def dumps(value: Any) -> str:
    """JSON in one fixed spelling."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def manifest(models: Iterable[Model], *, as_of: dt.date, since: dt.date | None, snapshot: str) -> Manifest:
    return Manifest(
        as_of=as_of,
        since=since,
        snapshot=snapshot,
        models={model.key(): _model(model) for model in models},
        law=digest("law"),
        code=digest(*_CODE),
    )


def _model(model: Model) -> dict[str, Any]:
    numbers = {name: getattr(model, name) for name in model.thresholds()}
    return {
        "ref": model.ref,
        "version": model.version,
        "digest": digest(f"models/{model.key().replace('.', '/')}.py"),
        "thresholds": {name: [t.value, dict(sorted(t.by_province.items()))] for name, t in sorted(numbers.items())},
    }


@cache
def digest(*places: str) -> str:
    """The digest of the files under these folders of the package, names and contents."""
    total = hashlib.sha256()
    for place in places:
        root = _ROOT / place
        files = [root] if root.is_file() else sorted(f for f in root.rglob("*") if f.suffix in _ENDINGS)
        for file in files:
            total.update(f"{file.relative_to(_ROOT).as_posix()}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:20]
