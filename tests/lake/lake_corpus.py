"""A small world of files, a plain reader for its documents, and a lake's content as something to compare."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from jianwei.lake import Lake, Reading, derived, refresh
from jianwei.records import CaseNo, CivilCase, CivilParty, tables
from jianwei.records.identifiers import case_no, check_digit, uscc_check

SECRET = b"a secret for tests, 32 bytes long"


def idno(first17: str) -> str:
    return first17 + check_digit(first17)


def uscc(first17: str) -> str:
    return first17 + uscc_check(first17)


ZHANG = idno("33020319800101123")


def judgment(n: int, plaintiff: str = "张三") -> str:
    return f"某市某区人民法院\n民事判决书\n（2024）浙0203民初{n}号\n原告：{plaintiff}，男，1980年1月1日出生，住浙江省宁波市海曙区某路1号。\n"


_NUMBER = re.compile(r"（\d{4}）[^号]+号")
_PARTY = re.compile(r"原告：([^，]+)，男，(\d+)年(\d+)月(\d+)日出生，住([^。]+)")


def plain_reader(text: str, document_id: str, meta: Mapping[str, Any]) -> Reading:
    """Reads the judgments of this file and nothing else."""
    number = _NUMBER.search(text)
    if number is None:
        return {"title": meta.get("title")}, ()
    case = CaseNo(case_no(number[0]))
    found: list[Any] = [(CivilCase(case_no=case), {"case_no": number.span()})]
    for party in _PARTY.finditer(text):
        born = dt.date(int(party[2]), int(party[3]), int(party[4]))
        found.append(
            (CivilParty(case_no=case, role="原告", name=party[1], born_on=born, addr=party[5]), {"name": party.span(1)})
        )
    return {"case_no": case, "title": meta.get("title")}, found


def write_files(folder: Path) -> Path:
    """Judgments as JSON lines and as texts (some twice), and two tables, one with faults."""
    folder.mkdir(parents=True)
    lines(folder / "a.jsonl", range(1, 120))
    lines(folder / "b.jsonl", range(100, 160))
    for n in (1, 150, 500):
        (folder / f"{n}.txt").write_text(judgment(n), encoding="utf-8")
    pensions(folder / "养老金发放.csv", 300)
    (folder / "死亡人员.csv").write_text(
        f"姓名,身份证号,死亡日期\n张三,{ZHANG},2024-01-05\n李四,123,2024-02-30\n", encoding="gb18030"
    )
    return folder


def lines(path: Path, numbers: range) -> None:
    path.write_text(
        "".join(json.dumps({"全文": judgment(n)}, ensure_ascii=False) + "\n" for n in numbers), encoding="utf-8"
    )


def pensions(path: Path, rows: int) -> None:
    body = "".join(f"张三,{ZHANG},2024-{n % 12 + 1:02d},{n}.50,职工\n" for n in range(rows))
    path.write_text("姓名,身份证号,发放月份,发放金额,待遇类型\n" + body, encoding="utf-8-sig")


def content(lake: Lake, *, without: tuple[str, ...] = ("batch",)) -> dict[str, list[str]]:
    """Every row of every table as text, sorted, and the derived table of identities."""
    found: dict[str, list[str]] = {}
    own = {name: one for name, one in derived.derived().items() if one.first}
    with pytest.MonkeyPatch.context() as patch:  # those of the models cost seconds
        patch.setattr(refresh, "derived", lambda: own)
        lake.refresh()
    state = lake.journal.read()
    for name in state.files:
        table = name.split("/")[1]
        rows = pq.read_table(lake.path / name).to_pylist()
        found.setdefault(table, []).extend(repr({k: v for k, v in row.items() if k not in without}) for row in rows)
    found["identity"] = [repr(row) for row in pq.read_table(lake.path / "derived" / "identity.parquet").to_pylist()]
    return {table: sorted(rows) for table, rows in found.items() if rows}


def count(lake: Lake, table: str) -> int:
    with lake.connect() as t:
        return int(t.execute(t[tables()[table]].count()))  # type: ignore[call-overload]
