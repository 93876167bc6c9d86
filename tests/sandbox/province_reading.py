"""A reader of the province's files that shares nothing with the platform's sources."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl


def documents(data: Path) -> Iterator[tuple[str, str]]:
    """(case number as the metadata or the file's name gives it, text)."""
    folder = data / "裁判文书"
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if "source" in record:
                inner = json.loads(record["source"])
                text = _plain(inner["Html"])
                yield _first_case_no(text), text
            elif "qwContent" in record:
                yield record["s7"], _plain(record["qwContent"])
            else:
                yield (
                    record["s7"],
                    "\n".join(record.get(k, "") for k in ("s22", "s23", "s25", "s26", "s27", "s28", "s51")),
                )
    for file in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield name.split("_", 1)[1].removesuffix(".txt"), archive.read(name).decode()


def _plain(html: str) -> str:
    text = re.sub(r"</div>", "\n", html)
    return re.sub(r"<[^>]+>", "", text).replace("&ldquo;", "“").replace("&rdquo;", "”")


def _first_case_no(text: str) -> str:
    found = re.search(r"[（(]\d{4}[）)][^\n]*?号", text)
    assert found
    return found.group(0).replace("(", "（").replace(")", "）")


def table(data: Path, stem: str) -> list[dict[str, Any]]:
    """The rows of one table by their headers as printed."""
    book = data / "数据表" / f"{stem}.xlsx"
    if book.exists():
        rows = [["" if v is None else str(v) for v in row] for row in openpyxl.load_workbook(book).active.values]
    else:
        with (data / "数据表" / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def truth(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
