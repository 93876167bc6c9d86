"""What both engines promise the models, and what DuckDB answers without Ibis."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from jianwei.lake import Lake
from jianwei.lake.engines.duckdb import DuckTables
from jianwei.records import CivilCase, Death, PensionPayment

DAY = dt.date(2025, 2, 10)
ROWS: dict[str, list[dict[str, Any]]] = {
    "death": [{"name": "郝春和", "died_on": DAY}, {"name": "计有年", "died_on": DAY}],
    "pension_pay": [{"name": "郝春和", "month": dt.date(2025, 3, 1), "amount_fen": 300_000}],
}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.from_rows(tmp_path / "lake", ROWS)


@pytest.fixture
def duck(lake: Lake) -> Any:
    with lake.connect("duckdb") as tables:
        yield tables


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def test_what_is_kept_has_the_rows_and_columns_of_the_expression(lake: Lake, engine: Any) -> None:
    if engine == "spark" and shutil.which("java") is None:
        pytest.skip("没有 Java 运行环境")
    with lake.connect(engine) as tables:
        whole = tables[Death].select("name", "died_on", "row_id")
        kept = tables.kept(whole.filter(whole.name == "计有年"))
        again = tables.kept(kept.mutate(twice=kept.name + kept.name))
        assert kept.columns == whole.columns
        assert tables.to_pyarrow(again).to_pylist() == [
            {"name": "计有年", "died_on": DAY, "row_id": "death#2", "twice": "计有年计有年"}
        ]


def test_only_tables_with_rows_count_as_filled(duck: DuckTables) -> None:
    assert duck.filled([Death, PensionPayment, CivilCase]) == {"death", "pension_pay"}


def test_rows_are_found_without_knowing_their_table(lake: Lake, duck: DuckTables) -> None:
    found = lake.found(["pension_pay#1", "death#2", "nobody"], duck)
    assert {row_id: (table, row["name"]) for row_id, (table, row) in found.items()} == {
        "pension_pay#1": ("pension_pay", "郝春和"),
        "death#2": ("death", "计有年"),
    }
    assert "person_idno_hash" not in found["pension_pay#1"][1]


def test_a_file_written_before_a_column_existed_has_it_empty(lake: Lake) -> None:
    (file,) = (lake.path / "tables" / "death").glob("*.parquet")
    pq.write_table(pq.read_table(file).drop_columns(["died_on"]), file)
    with lake.connect("duckdb") as tables:
        rows = tables.to_pyarrow(tables[Death].select("name", "died_on").order_by("name")).to_pylist()
    assert rows == [{"name": "计有年", "died_on": None}, {"name": "郝春和", "died_on": None}]
