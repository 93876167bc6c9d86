"""Every text of the shelf is read as its file says, each value with the words it was read from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from jianwei.extract import read
from jianwei.extract.rows import rows

SHELF = sorted((Path(__file__).parent / "documents").glob("*.yaml"))


@pytest.mark.parametrize("path", SHELF, ids=lambda path: path.stem)
def test_a_document_is_read_as_its_file_says(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = case["text"].rstrip("\n")
    read_as = read(text).as_json()
    for key, expected in case["expect"].items():
        assert key in read_as
        _compare(read_as[key], expected, text, f"{path.stem}.{key}")


@pytest.mark.parametrize("path", SHELF, ids=lambda path: path.stem)
def test_every_span_lies_in_the_text_and_holds_what_was_read(path: Path) -> None:
    text = yaml.safe_load(path.read_text(encoding="utf-8"))["text"].rstrip("\n")
    for name, leaf in _leaves(read(text).as_json(), ""):
        start, end = leaf["span"]
        assert 0 <= start < end <= len(text), name
        value = leaf["value"]
        if isinstance(value, str) and name.rsplit(".", 1)[-1] in {
            "name",
            "address",
            "firm",
            "cause",
            "court",
            "claims",
        }:
            assert "".join(text[start:end].split()).endswith("".join(value.split())), name


@pytest.mark.parametrize(
    "path", [p for p in SHELF if "\nrows:" in p.read_text(encoding="utf-8")], ids=lambda path: path.stem
)
def test_a_document_yields_the_rows_its_file_says(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = list(rows(read(case["text"].rstrip("\n")), "a-document"))
    for expected in case["rows"]:
        table = expected.pop("table")
        matching = [
            record
            for record, _ in found
            if record.table == table
            and all(_plain(getattr(record, column)) == value for column, value in expected.items())
        ]
        assert matching, (table, expected, [dataclasses.asdict(record) for record, _ in found if record.table == table])
    for record, spans in found:
        assert set(spans) <= {field.name for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _compare(got: Any, expected: Any, text: str, where: str) -> None:
    if isinstance(expected, list):
        assert len(got) == len(expected), (where, got)
        for index, (one, other) in enumerate(zip(got, expected, strict=True)):
            _compare(one, other, text, f"{where}[{index}]")
    elif isinstance(expected, dict) and "value" in expected:
        assert got is not None and got["value"] == expected["value"], (where, got)
        start, end = got["span"]
        assert text[start:end] == expected["words"], (where, text[start:end])
    elif isinstance(expected, dict):
        assert got is not None, where
        for key, value in expected.items():
            _compare(got[key], value, text, f"{where}.{key}")
    elif expected is None:
        assert got is None, (where, got)
    else:
        assert got is not None and got["value"] == expected, (where, got)


def _leaves(value: Any, name: str) -> Any:
    if isinstance(value, dict) and set(value) == {"value", "span"}:
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, name)
