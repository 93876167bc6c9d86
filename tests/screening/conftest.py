"""The sample lake as a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_lake import rows

from jianwei.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.from_rows(tmp_path / "lake", rows())
