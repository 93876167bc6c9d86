"""Two exports of 2,000 persons: every planted contradiction is found, and no decoy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from card_exports import AS_OF, ArrestCard, Pair, ProsecutionCard, as_csv, pair

from jianwei.cards import Acceptance, Reading, check, read
from jianwei.cards.accepted import BadAccepted, load, mark, save
from jianwei.cards.handbook import handbook

PAGE = Path(__file__).parents[2] / "docs" / "built" / "cards.md"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pair, Reading]:
    folder, rows = tmp_path_factory.mktemp("pair"), pair(2000)
    files = [
        as_csv(folder / "010101.csv", ArrestCard, rows.arrests),
        as_csv(folder / "020101.csv", ProsecutionCard, rows.prosecutions),
    ]
    return rows, read(files)


def test_every_plant_is_found_and_no_decoy(exports: tuple[Pair, Reading]) -> None:
    rows, reading = exports
    report = check(reading, AS_OF)
    assert {(f.export, f.row, f.ref) for f in report.findings} == rows.planted
    assert len(rows.planted) > 90 and sum(report.excused.values()) > 40
    assert not report.skipped and not report.problems and not report.unread


def test_a_check_is_the_same_each_time(exports: tuple[Pair, Reading]) -> None:
    assert check(exports[1], AS_OF).findings == check(exports[1], AS_OF).findings


@pytest.mark.parametrize(
    "without",
    [(), ("嫌疑人编号",), ("嫌疑人编号", "统一受案号"), ("嫌疑人编号", "案件名称")],
    ids=lambda w: "without " + "、".join(w),
)
def test_persons_are_linked_by_number_or_case_number_or_case_name(without: tuple[str, ...], tmp_path: Path) -> None:
    rows = pair(200)
    for row in (*rows.arrests, *rows.prosecutions):
        row.update(dict.fromkeys(without))
    files = [
        as_csv(tmp_path / "010101.csv", ArrestCard, rows.arrests),
        as_csv(tmp_path / "020101.csv", ProsecutionCard, rows.prosecutions),
    ]
    assert {(f.export, f.row, f.ref) for f in check(read(files), AS_OF).findings} == rows.planted


def test_an_accepted_exception_is_remembered_until_a_cell_changes(tmp_path: Path) -> None:
    rows, store = pair(40), tmp_path / "已接受.json"

    def checked() -> tuple[list[str], int]:
        files = [
            as_csv(tmp_path / "010101.csv", ArrestCard, rows.arrests),
            as_csv(tmp_path / "020101.csv", ProsecutionCard, rows.prosecutions),
        ]
        report = check(read(files), AS_OF)
        lapsed = mark(report, load(store))
        return [f.ref for f in report.open], lapsed

    files = [
        as_csv(tmp_path / "010101.csv", ArrestCard, rows.arrests),
        as_csv(tmp_path / "020101.csv", ProsecutionCard, rows.prosecutions),
    ]
    first = check(read(files), AS_OF).findings
    taken = next(f for f in first if f.ref == "L111")
    save(store, {taken.key: Acceptance("羁押必要性审查后变更，文书在卷", "孟之清", dt.date(2025, 6, 30))})
    assert checked() == (["T01"], 0)
    rows.arrests[0]["执行情况"] = "另一个人的单元格变了"
    assert checked() == (["T01"], 0)
    rows.prosecutions[23]["审结前强制措施"] = "监视居住"
    assert checked() == (["T01", "L111"], 1)
    rows.prosecutions[23]["审结前强制措施"] = "取保候审"
    assert checked() == (["T01"], 0)
    rows.arrests[23]["执行情况"] = "已执行完毕"
    assert checked() == (["T01", "L111"], 1), "the card's own cell changed"


def test_a_file_of_acceptances_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    store = tmp_path / "已接受.json"
    assert load(store) == {}
    for content in ("{", "[]", '{"accepted": [{"case_no": 1}]}'):
        store.write_text(content)
        with pytest.raises(BadAccepted, match=r"已接受\.json"):
            load(store)


def test_the_book_of_rules_is_what_the_rules_say() -> None:
    assert PAGE.read_text("utf-8") == handbook(), (
        "docs/built/cards.md is out of date: python -m jianwei.cards.handbook > docs/built/cards.md"
    )
