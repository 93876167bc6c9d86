"""A file holds exactly what the list shows, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import desk_sample as sample
import pytest
from django.test import Client
from openpyxl import load_workbook

from jianwei.sources.table.harmless import harmless

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
    "\u3000=cmd|'/c calc'!A0",
    "\ufeff=1",
    "|x",
    "%0A=1",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_becomes_words(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["", "虞见山", "（2024）浙0602民初1号", "2024-01-01", "A-1"])
def test_ordinary_words_stay(text: str) -> None:
    assert harmless(text) == text


def test_control_characters_are_left_out() -> None:
    assert harmless("甲\x00乙\x0b") == "甲乙"


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_no_cell_of_either_file_is_a_formula(run_of: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    texts = [*HOSTILE, "#REF!"]
    run_of([sample.clue(n, subject=text, period=text, reasons=[text]) for n, text in enumerate(texts)])
    client = visitor("head", "province")
    for row in table(client.get("/clues/export.csv"))[1:]:
        assert not [cell for cell in row if cell[:1] in "=+-@＝＋－＠\t\r|%" and cell]
    sheet = load_workbook(io.BytesIO(client.get("/clues/export.xlsx").content)).active
    assert sheet
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}
    assert sheet.max_row == len(texts) + 1


def test_the_file_has_the_filters_order_and_columns_of_the_list(
    run_of: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    run_of([sample.clue(n) for n in range(80)])
    client = visitor("head", "province")
    query = "?grade=3&sort=-office&cols=subject,office,score"
    rows = table(client.get(f"/clues/export.csv{query}"))
    assert rows[0] == ["对象与要点", "管辖院", "得分", "要点", "线索标识"]
    page = client.get(f"/clues/{query}")
    assert [row[-1] for row in rows[1:]][:50] == [clue.pk for clue in page.context["rows"]]
    assert len(rows) - 1 == page.context["page"].paginator.count > 10
    sheet = load_workbook(io.BytesIO(client.get(f"/clues/export.xlsx{query}").content)).active
    assert sheet
    assert [[str(v or "") for v in row] for row in sheet.iter_rows(values_only=True)] == rows
