"""Ingest once and once only; replace what changed; keep sealed what the law seals; tell what is covered."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from lake_corpus import SECRET, content, count, judgment, lines, pensions, plain_reader, write_files

from jianwei.lake import IngestReport, Lake, LakeBusy, WrongRow
from jianwei.records import CivilCase, CriminalJudgment, CustodyEvent, Document


def ingest(lake: Lake, *paths: Path) -> IngestReport:
    return lake.ingest(paths, reader=plain_reader, workers=0, part_size=16)


def fresh(path: Path) -> Lake:
    return Lake(path, secret=SECRET, durable=False)


def test_the_same_files_twice_bring_nothing_new(tmp_path: Path) -> None:
    files, lake = write_files(tmp_path / "files"), fresh(tmp_path / "lake")
    first = ingest(lake, files)
    held, snapshot = content(lake), lake.snapshot()
    assert (first.files, first.documents, first.repeated) == (7, 160, 22)
    again = ingest(lake, files)
    assert (again.files, again.known, again.documents) == (0, 7, 0)
    (files / "copy.jsonl").write_bytes((files / "a.jsonl").read_bytes())
    assert ingest(lake, files).known == 8
    assert content(lake) == held and lake.snapshot() == snapshot


def test_a_source_killed_after_its_last_part_is_known_whole_after_the_next_ingest(tmp_path: Path) -> None:
    files, lake = write_files(tmp_path / "files"), fresh(tmp_path / "lake")
    ingest(lake, files)
    held, snapshot = content(lake), lake.snapshot()
    state = lake.journal.read()
    whole = next(source for source in state.sources.values() if source.upto > 20)
    lake.journal.commit(state, sources=[{**dataclasses.asdict(whole), "done": False}])
    assert lake.snapshot() != snapshot
    ingest(lake, files)
    assert content(lake) == held and lake.snapshot() == snapshot


def test_one_judgment_from_two_files_is_one_document(tmp_path: Path) -> None:
    files, lake = tmp_path / "files", fresh(tmp_path / "lake")
    files.mkdir()
    lines(files / "a.jsonl", range(1, 3))
    (files / "b.txt").write_text(judgment(1), encoding="utf-8")
    report = ingest(lake, files)
    assert (report.documents, report.repeated) == (2, 1)
    assert count(lake, "civ_case") == count(lake, "document") == 2


def test_bad_rows_are_told_and_the_rest_goes_in(tmp_path: Path) -> None:
    lake = fresh(tmp_path / "lake")
    report = ingest(lake, write_files(tmp_path / "files"))
    told = [str(p) for p in report.problems]
    assert any("死亡人员.csv第 3 行“身份证号”" in t for t in told)
    assert any("死亡日期" in t and "不是存在的日期" in t for t in told)
    assert count(lake, "death") == 1


def test_a_changed_file_replaces_what_it_brought_and_keeps_what_others_brought_too(tmp_path: Path) -> None:
    files, lake = write_files(tmp_path / "files"), fresh(tmp_path / "lake")
    ingest(lake, files)
    lines(files / "a.jsonl", range(40, 60))
    pensions(files / "养老金发放.csv", 10)
    report = ingest(lake, files)
    assert report.replaced == 2 and report.files == 2
    # 1 (a text of its own), 40 to 59, 100 to 159 (b.jsonl), 500.
    assert count(lake, "document") == count(lake, "civ_case") == 82
    assert count(lake, "pension_pay") == 10
    other = fresh(tmp_path / "other")
    ingest(other, files)
    origins = ("batch", "source", "entry", "row_no", "digest")
    mine, theirs = (content(each, without=origins) for each in (lake, other))
    assert {t: mine[t] for t in ("document", "civ_case", "pension_pay")} == {
        t: theirs[t] for t in ("document", "civ_case", "pension_pay")
    }
    with lake.connect() as t:
        kept = t.execute(t[Document].filter(t[Document].text == judgment(1)))
    assert list(kept.source) == ["1.txt"]


def test_names_of_files_do_not_grow_with_every_change(tmp_path: Path) -> None:
    files, lake = tmp_path / "files", fresh(tmp_path / "lake")
    files.mkdir()
    for day in range(2):
        for n in range(12):  # small enough to lie in one file of the lake
            lines(files / f"{n:02}.jsonl", range(10 * n + day, 10 * n + 5))
        ingest(lake, files)
    assert count(lake, "document") == count(lake, "civ_case") == 12 * 4
    assert max(len(path.name) for path in (tmp_path / "lake").rglob("*.parquet")) < 40


def test_a_replacement_that_cannot_be_read_leaves_the_old(tmp_path: Path) -> None:
    files, lake = write_files(tmp_path / "files"), fresh(tmp_path / "lake")
    ingest(lake, files)
    (files / "养老金发放.csv").write_text("乱,码\n1,2\n", encoding="utf-8")
    assert ingest(lake, files).problems
    assert count(lake, "pension_pay") == 300


def test_a_reader_that_fails_on_one_document_costs_that_document_only(tmp_path: Path) -> None:
    files, lake = tmp_path / "files", fresh(tmp_path / "lake")
    files.mkdir()
    lines(files / "a.jsonl", range(1, 4))

    def fails(text: str, document_id: str, meta: object) -> object:
        if "民初2号" in text:
            raise ValueError("strange")
        return plain_reader(text, document_id, {})

    report = lake.ingest([files], reader=fails, workers=0)  # type: ignore[arg-type]
    assert "只保存了全文" in str(report.problems[0])
    assert count(lake, "document") == 3 and count(lake, "civ_case") == 2


def test_only_one_writer_at_a_time(tmp_path: Path) -> None:
    lake = fresh(tmp_path / "lake")
    with lake.writing(), pytest.raises(LakeBusy):
        ingest(fresh(tmp_path / "lake"), write_files(tmp_path / "files"))


def test_a_folded_journal_says_the_same(tmp_path: Path) -> None:
    files, lake = write_files(tmp_path / "files"), fresh(tmp_path / "lake")
    lake.ingest([files], reader=plain_reader, workers=0, part_size=2)
    assert list((lake.path / "journal").glob("fold-*.json"))
    assert count(lake, "document") == 160
    assert ingest(lake, files).known == 7


def test_rows_are_found_by_id_and_documents_with_their_text(tmp_path: Path) -> None:
    files, lake = tmp_path / "files", fresh(tmp_path / "lake")
    files.mkdir()
    lines(files / "a.jsonl", range(1, 3))
    ingest(lake, files)
    with lake.connect() as t:
        ids = list(t.execute(t[CivilCase].select("row_id").order_by("row_id")).row_id)
    two, one = lake.rows("civ_case", [ids[1], "civ_case:none", ids[0]])
    assert [two["row_id"], one["row_id"]] == [ids[1], ids[0]]
    document = lake.document(two["document"])
    assert document and two["case_no"] in document["text"]
    assert lake.document("d" + "0" * 24) is None


def test_a_row_that_does_not_fit_is_refused_with_its_place(tmp_path: Path) -> None:
    for row, why in [
        ({"name": "张三"}, "缺少必填列“case_no”"),
        ({"case_no": "x", "name": "张三", "idno": "330203198001011230"}, "校验码不对"),
        ({"case_no": "x", "name": "张三", "born_on": "1980"}, "应为 date"),
        ({"case_no": "x", "name": "张三", "nam": 1}, "没有“nam”这一列"),
    ]:
        with pytest.raises(WrongRow, match=why):
            Lake.from_rows(tmp_path / why, {"civ_party": [row]})


def sentence(name: str, **more: object) -> dict[str, object]:
    return {"court_no": "（2024）浙0203刑初1号", "name": name, **more}


def test_sealed_juvenile_records_are_never_shown_unless_asked(tmp_path: Path) -> None:
    born = dt.date(2005, 6, 1)
    rows = [
        sentence("甲", minor_at_crime=True, months=60),
        sentence("乙", minor_at_crime=True, months=61),
        sentence("丙", born_on=born, crime_on=dt.date(2023, 6, 1), months=6),
        sentence("丁", born_on=born, crime_on=dt.date(2023, 6, 2), months=6),
        sentence("戊", sealed=True, months=120),
        sentence("己", minor_at_crime=True, life_or_death="无期徒刑"),
        sentence("庚", months=6),
        sentence("辛", minor_at_crime=True, sealed=False, months=12),
    ]
    custody = [sentence(name, kind="拘留") for name in "甲庚"]
    lake = Lake.from_rows(tmp_path, {"crim_judg": rows, "custody_event": custody})
    with lake.connect() as t:
        assert sorted(t.execute(t[CriminalJudgment].name)) == sorted("乙丁己庚")
        assert list(t.execute(t[CustodyEvent].name)) == ["庚"]
    assert lake.rows("crim_judg", ["crim_judg#1"]) == []
    with Lake(tmp_path, sealed=True).connect() as t:
        assert len(t.execute(t[CriminalJudgment])) == 8


def test_coverage_is_declared_or_inferred_with_its_gaps(tmp_path: Path) -> None:
    months = [dt.date(2024, m, 1) for m in (1, 2, 5, 6)]
    lake = Lake.from_rows(
        tmp_path,
        {
            "pension_pay": [{"month": m, "region": "330203"} for m in months],
            "death": [{"died_on": dt.date(2024, 1, 1)}],
            "feed": [
                {"feed": "死亡人员", "region": "330203", "from_on": dt.date(2020, 1, 1), "to_on": dt.date(2024, 6, 30),
                 "gaps": "2021-03至2021-05；2022年7月"}
            ],
        },
    )  # fmt: skip
    death, whole, county = lake.coverage()
    assert death.feed == "death" and death.declared and death.to_on == dt.date(2024, 6, 30)
    assert death.gaps == ((dt.date(2021, 3, 1), dt.date(2021, 5, 31)), (dt.date(2022, 7, 1), dt.date(2022, 7, 31)))
    assert (whole.region, county.region) == (None, "330203") and not whole.declared
    assert whole.gaps == ((dt.date(2024, 3, 1), dt.date(2024, 4, 30)),)


def test_a_sum_beyond_all_measure_in_a_text_does_not_stop_the_rest(tmp_path: Path) -> None:
    files, lake = tmp_path / "files", fresh(tmp_path / "lake")
    files.mkdir()
    lines(files / "a.jsonl", range(1, 4))

    def reads_too_much(text: str, document_id: str, meta: object) -> object:
        head, found = plain_reader(text, document_id, {})
        return head, [(dataclasses.replace(r, amount_fen=10**30 if "2号" in r.case_no else 5) if isinstance(r, CivilCase) else r, s) for r, s in found]  # fmt: skip

    lake.ingest([files], reader=reads_too_much, workers=0)  # type: ignore[arg-type]
    with lake.connect() as t:
        amounts = t.to_pyarrow(t[CivilCase].amount_fen).to_pylist()
    assert sorted(amounts, key=str) == [5, 5, None]
