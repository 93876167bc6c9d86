"""The accuracy asked for, measured on the real sets where they are at hand. Nothing of them is in the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jianwei.extract import measure

FOLDER = Path(os.environ.get("JIANWEI_REAL_DATA") or Path(__file__).parents[3] / "shared" / "data")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="真实文书不在本机（JIANWEI_REAL_DATA 未指向其目录）"),
]


def test_every_figure_reaches_what_is_asked() -> None:
    lines = measure.accuracy(FOLDER)
    assert lines
    below = [line for line in lines if line.asked is not None and line.share < line.asked]
    assert not below, measure.table(below, [])
