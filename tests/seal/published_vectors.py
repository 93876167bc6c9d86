"""Where published vectors are: the small ones here, the others in a folder beside the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent / "data"
_BESIDE = Path(os.environ.get("JIANWEI_REAL_DATA") or Path(__file__).parents[3] / "shared" / "data") / "tlog-vectors"


def ours(name: str) -> Any:
    return json.loads((_HERE / name).read_text())


def beside(name: str) -> Path:
    """A file or folder of the collection, else the test is skipped."""
    if not (_BESIDE / name).exists():
        pytest.skip(f"no folder of published vectors: {name}")
    return _BESIDE / name
