"""One small province for all the tests of the sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.sandbox import Summary, generate

JUDGMENTS = 5000


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    out: Path = tmp_path_factory.mktemp("province")
    return generate(out, judgments=JUDGMENTS, seed=7, workers=1)
