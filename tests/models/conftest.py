"""One Spark session for all cases, and one lake a case."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shelf_cases import Lakes


@pytest.fixture(scope="session")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> Lakes:
    return Lakes(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session tuned for rows by the dozen: interpreted plans, no adaptive replanning."""
    if shutil.which("java") is None:
        pytest.skip("没有 Java 运行环境：各模型只在 DuckDB 上核对，未在 Spark 上核对")
    pytest.importorskip("pyspark", reason="没有安装 pyspark：各模型只在 DuckDB 上核对，未在 Spark 上核对")
    from jianwei.lake.engines.spark import session

    scratch: Path = tmp_path_factory.mktemp("spark")
    started = session("local[2]", partitions=1, memory_gb=1, scratch=scratch)
    started.conf.set("spark.sql.adaptive.enabled", "false")
    started.conf.set("spark.sql.codegen.wholeStage", "false")
    started.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    yield started


@pytest.fixture(scope="session", autouse=True)
def translated_once() -> Iterator[None]:
    """The same expression over another case's lake is turned into SQL once: that is half of the time of a case."""
    from ibis.backends import BaseBackend
    from ibis.backends.sql.compilers.base import SQLGlotCompiler

    translate, known = SQLGlotCompiler.translate, dict[Any, Any]()

    def once(self: Any, op: Any, *, params: Any) -> Any:
        assert not params
        if (key := (type(self), op)) not in known:
            known[key] = translate(self, op, params=params)
        return known[key].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLGlotCompiler, "translate", once)
        patch.setattr(BaseBackend, "db_identity", "a lake")  # SQL names tables, whichever lake they lie in
        yield
