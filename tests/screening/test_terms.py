"""The calculation sheet of a judgment: read from text, judged, and set beside the naive rule."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jianwei import cli, extract
from jianwei.extract import rows
from jianwei.lake.derived.term_checks import checked
from jianwei.screening.terms import Sheet, Tally, sheets

TEXT = """宁波市海曙区人民法院
刑事判决书
（2018）浙0203刑初{number}号
公诉机关宁波市海曙区人民检察院。
被告人韩守义，男，1966年8月13日出生于浙江省宁波市，汉族，小学文化，农民，住宁波市海曙区。{header}
宁波市海曙区人民检察院以甬海检刑诉〔2018〕310号起诉书指控被告人韩守义犯盗窃罪，于2018年6月20日向本院提起公诉。本院公开开庭审理了本案。现已审理终结。
经审理查明，2017年10月3日19时许，被告人韩守义窃得手机一部，价值人民币3200元。
本院认为，被告人韩守义的行为已构成盗窃罪。依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：
被告人韩守义犯盗窃罪，判处有期徒刑八个月，并处罚金人民币三千元。
（刑期从判决执行之日起计算。判决执行以前先行羁押的，羁押一日折抵刑期一日，即自2018年7月17日起至{end}止。）
如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向浙江省宁波市中级人民法院提出上诉。
审判员　贺知秋
二〇一八年七月十七日
书记员　叶小满
"""
HEADER = "因涉嫌犯盗窃罪于2017年11月14日被刑事拘留，同年11月21日被取保候审，2018年7月17日被逮捕。现羁押于宁波市看守所。"


def judgment(number: int, end: str, header: str = HEADER) -> str:
    return TEXT.format(number=number, end=end, header=header)


@pytest.mark.parametrize(
    ("end", "header", "verdict", "naive"),
    [
        ("2019年3月8日", HEADER, "无异常", True),  # 取保前羁押八日未言明而扣除
        ("2019年3月16日", HEADER, "矛盾", False),  # 羁押八日未扣，简单算法反而看不出
        ("2020年3月8日", HEADER, "矛盾", True),
        ("2019年3月10日", HEADER, "请核对", True),
        ("2019年3月8日", "", "无法判断", True),
        ("2019年3月16日", "", "无异常", False),
    ],
)
def test_a_judgment_is_judged_from_its_text(end: str, header: str, verdict: str, naive: bool) -> None:
    (sheet,) = sheets(judgment(1, end, header))
    assert (sheet.found["verdict"], sheet.naive, sheet.printed) == (verdict, naive, True), sheet.found["reason"]


def test_the_verb_lists_what_is_not_in_order_and_counts_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, end in enumerate(("2019年3月8日", "2020年3月8日"), start=1):
        (tmp_path / f"{number}.txt").write_text(judgment(number, end), "utf-8")
    assert cli.main(["terms", str(tmp_path), "--json"]) == 0
    out = capsys.readouterr()
    (line,) = out.out.splitlines()
    found = json.loads(line)
    assert found["verdict"] == "矛盾" and found["court_no"] == "（2018）浙0203刑初2号"
    assert "矛盾1人" in out.err and "标出2人" in out.err


FOLDER = Path(os.environ.get("JIANWEI_REAL_DATA") or Path(__file__).parents[3] / "shared" / "data")
real = pytest.mark.skipif(not FOLDER.is_dir(), reason="真实文书不在本机（JIANWEI_REAL_DATA 未指向其目录）")


def texts() -> list[str]:
    return [row["fd"] for row in json.loads((FOLDER / "judge" / "criminal_judgments.json").read_text("utf-8"))]


@pytest.mark.real
@real
def test_of_real_judgments_few_are_contradicted_where_the_naive_rule_flags_many() -> None:
    tally = Tally()
    for number, text in enumerate(texts()):
        for sheet in sheets(text, str(number)):
            tally.add(sheet)
    assert tally.printed > 150
    assert tally.naive / tally.printed > 0.1
    assert 0 < tally.verdicts["矛盾"] / tally.printed < 0.05, tally.words()
    assert tally.verdicts["请核对"] / tally.printed < 0.02, tally.words()


@pytest.mark.real
@real
@pytest.mark.parametrize(
    ("wrong", "least"),
    [("end_year", 0.95), ("start_year", 0.95), ("both_years", 0.95), ("end_month", 0.9), ("end_five_days", 0.9)],
)
def test_an_error_put_into_a_real_term_is_seen(wrong: str, least: float) -> None:
    answers: Counter[str] = Counter()
    for number, text in enumerate(texts()):
        for row, items, events in defendants(text, str(number)):
            if row["term_end_on"] is None or not events or checked(row, items, events)["verdict"] != "无异常":
                continue
            answers[checked(row | spoilt(row, wrong), items, events)["verdict"]] += 1
    assert answers["矛盾"] / answers.total() >= least, answers


def spoilt(row: dict[str, Any], wrong: str) -> dict[str, dt.date]:
    start, end = row["term_start_on"], row["term_end_on"]
    year = dt.timedelta(days=365)
    match wrong:
        case "end_year":
            return {"term_end_on": end + year}
        case "start_year":
            return {"term_start_on": start - year}
        case "both_years":
            return {"term_start_on": start - year, "term_end_on": end - year}
        case "end_month":
            return {"term_end_on": end + dt.timedelta(days=31)}
    return {"term_end_on": end + dt.timedelta(days=5)}


def defendants(text: str, number: str) -> list[tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]]:
    tables: dict[str, list[dict[str, Any]]] = {"crim_judg": [], "sentence_item": [], "custody_event": []}
    for place, (record, _) in enumerate(rows.rows(extract.read(text), number)):
        row = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)} | {"row_id": f"{number}#{place}"}
        tables.setdefault(record.table, []).append(row)

    def own(row: dict[str, Any], table: str) -> list[dict[str, Any]]:
        return [r for r in tables[table] if r["name"] == row["name"]]

    found = [(row, own(row, "sentence_item"), own(row, "custody_event")) for row in tables["crim_judg"]]
    return [f for f in found if not f[0]["probation_months"]]


def test_a_tally_adds_up() -> None:
    tally = Tally()
    tally.add(Sheet({"verdict": "矛盾", "codes": ["long"]}, printed=True, naive=True))
    assert tally.words().startswith("被告人1人，其中载明刑期起止1人。矛盾1人")
