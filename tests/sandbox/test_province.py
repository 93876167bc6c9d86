"""The province as a whole: the same every time, complete, and readable without our own readers."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from pathlib import Path

import pypdf
import pytest
from docx import Document
from tests.sandbox import province_reading as reading
from tests.sandbox.conftest import JUDGMENTS

from jianwei.records import columns, tables
from jianwei.sandbox import NotASandbox, Summary, generate
from jianwei.sandbox.sheet import SHEETS, headers


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        found.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_bytes_however_many_processes_work(tmp_path: Path, province: Summary) -> None:
    generate(tmp_path / "two", judgments=JUDGMENTS, seed=7, workers=2)
    assert _digest(tmp_path / "two") == _digest(province.folder)


def test_data_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "data" / "我的数据.csv"
    mine.parent.mkdir()
    mine.write_text("不可覆盖", encoding="utf-8")
    with pytest.raises(NotASandbox, match="不予覆盖"):
        generate(tmp_path, judgments=50, workers=1)
    assert mine.read_text(encoding="utf-8") == "不可覆盖" and len(list(tmp_path.iterdir())) == 1


def test_a_second_province_replaces_the_first_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    generate(tmp_path / "one", judgments=60, seed=3, workers=1)
    generate(tmp_path / "two", judgments=60, seed=4, workers=1)
    generate(tmp_path / "one", judgments=60, seed=4, workers=1)
    assert _digest(tmp_path / "one") == _digest(tmp_path / "two")


def test_a_killed_run_leaves_what_was_there(tmp_path: Path) -> None:
    generate(tmp_path, judgments=60, seed=3, workers=1)
    before = _digest(tmp_path)

    def killed(done: int, wanted: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path, judgments=60, seed=4, progress=killed, workers=1)
    shutil.rmtree(tmp_path / ".draft")
    assert _digest(tmp_path) == before


def test_progress_is_told_after_every_shard(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(tmp_path, judgments=60, seed=3, progress=lambda done, wanted: told.append((done, wanted)), workers=1)
    assert told and told[-1][1] == 60


def test_another_seed_gives_another_province(tmp_path: Path, province: Summary) -> None:
    generate(tmp_path, judgments=JUDGMENTS, seed=8, workers=2)
    assert _digest(tmp_path / "data") != _digest(province.folder / "data")


def test_as_many_documents_as_were_asked_for_and_each_with_a_number_of_its_own(province: Summary) -> None:
    numbers = [no for no, _ in reading.documents(province.folder / "data")]
    loose = [p for p in (province.folder / "data/裁判文书").iterdir() if p.suffix in (".docx", ".pdf")]
    assert province.documents == JUDGMENTS == len(numbers) + len(loose)
    assert not [no for no, n in Counter(numbers).items() if n > 1]


def test_every_document_has_a_head_a_number_and_a_signature(province: Summary) -> None:
    for no, text in reading.documents(province.folder / "data"):
        plain = re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")
        assert "人民法院" in plain, no
        assert no in plain, no
        assert re.search(r"判决书|裁定书|调解书|支付令", plain), no
        assert re.search(r"审判[员长]", plain) and "书记员" in plain, no
        assert re.search(r"二[〇○零Ｏ].{2}年.{1,2}月.{1,3}日", plain), no
        assert "None" not in plain and "{" not in plain, no


def test_loose_files_can_be_opened_by_strangers(province: Summary) -> None:
    loose = sorted((province.folder / "data/裁判文书").iterdir())
    pdf = next(p for p in loose if p.suffix == ".pdf")
    docx = next(p for p in loose if p.suffix == ".docx")
    assert "人民法院" in "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert any("人民法院" in p.text for p in Document(str(docx)).paragraphs)


def test_every_header_is_one_that_the_records_know(province: Summary) -> None:
    for record, sheet in SHEETS.items():
        known = {c.name: c.headers for c in columns(record)}
        shown = headers(record, 7)
        assert len(set(shown)) == len(shown), record.table
        for name, header in zip(sheet.fields, shown, strict=True):
            assert re.sub(r"（万?元）$", "", header) in known[name], (record.table, header)
    for file in (province.folder / "data/数据表").iterdir():
        assert file.stem in {s.file for s in SHEETS.values()}


def test_required_columns_are_never_empty(province: Summary) -> None:
    for record, sheet in SHEETS.items():
        shown = dict(zip(sheet.fields, headers(record, 7), strict=True))
        needed = [shown[c.name] for c in columns(record) if c.required]
        for row in reading.table(province.folder / "data", sheet.file):
            assert all(row[h] for h in needed), (record.table, row)


def test_nothing_happens_after_the_last_day(province: Summary) -> None:
    for no, text in reading.documents(province.folder / "data"):
        signed = re.search(r"二[〇○零Ｏ]二([六七八九])年(十[一二]|.)月", re.sub(r"\s", "", text)[-120:])
        assert not signed or signed.group(1) == "六" and signed.group(2) not in ("十一", "十二"), no


def test_the_ledger_names_every_feed_and_declares_it_complete(province: Summary) -> None:
    text = (province.folder / "data/数据覆盖台账.csv").read_text(encoding="utf-8-sig")
    rows = [line.split(",") for line in text.splitlines()]
    assert rows[0][0] == "数据表"
    fed = {row[0] for row in rows[1:]}
    assert fed <= set(tables()) and {record.table for record in SHEETS} <= fed
    assert all(row[-1] == "是" for row in rows[1:])


def test_sizes_are_those_of_a_province(province: Summary) -> None:
    share = JUDGMENTS / 20_000
    assert 80_000 * share < province.rows["pension_pay"] < 120_000 * share
    assert 1_500 * share < province.rows["death"] < 3_000 * share


def test_layouts_vary(province: Summary) -> None:
    kinds: Counter[str] = Counter()
    for _, text in reading.documents(province.folder / "data"):
        kinds["one line" if text.count("\n") <= 1 else "lines"] += 1
        kinds["spaced"] += bool(re.search(r"[判裁] [决定] 书", text))
        kinds["old number"] += bool(re.search(r"字第\d+号", text[:200]))
        kinds["full-width"] += bool(re.search(r"[０-９]{3,}元", text))
        kinds["no colon"] += bool(re.search(r"原告[^：:，]{2,4}，[男女]", text))
    assert all(kinds[k] >= 20 for k in ("one line", "lines", "spaced", "old number", "full-width", "no colon")), kinds
