"""Whole walks in a real browser: cases received, allotted and proved; case cards checked, accepted, written back; lists by keys."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import desk_sample as sample
import openpyxl
import pytest
from browsed import LONG, Browsed
from served import prepared, served
from small_exports import ARREST, PROSECUTION

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, columns
from jianwei.cards.prosecution import ProsecutionCard

pytestmark = pytest.mark.browser
RECEIVED = (
    ("受理日期", "犯罪嫌疑人", "移送罪名", "是否在押"),
    ("2026-11-02", "虞见山", "诈骗罪", "是"),
    ("2026-11-02", "闻知秋", "盗窃罪", "否"),
    ("2026-11-03", LONG[:60], "诈骗罪", "否"),
    ("2026-11-03", "容怀远", "", "也许"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A desk of its own with sixty clues, on which nothing else has happened."""
    home = tmp_path_factory.mktemp("walks")
    sample.lake(home / "lake", judgments=[sample.judgment(0)])
    sample.write_run(home / "lake" / "runs" / ("d" * 20), [sample.clue(n) for n in range(60)])
    passwords = prepared(home)
    with served(home) as address:
        yield address, passwords


@pytest.fixture
def at_desk(window: Callable[..., Browsed], office: Any) -> Callable[..., Browsed]:
    def come(name: str = "head") -> Browsed:
        here = window(on=office, accept_downloads=True)
        here.log_in(name)
        return here

    return come


def book(path: Path, *rows: tuple[str, ...]) -> str:
    made = openpyxl.Workbook()
    assert made.active
    for row in rows:
        made.active.append(row)
    made.save(path)
    return str(path)


def opened(download: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))


def export(path: Path, kind: type[Card], row: dict[str, str]) -> str:
    titles = tuple(column.title for column in columns(kind).values())
    return book(path, titles, tuple(row.get(title, "") for title in titles))


def test_cases_are_received_from_a_table_and_allotted_by_lot_and_by_name(
    at_desk: Callable[..., Browsed], tmp_path: Path
) -> None:
    here = at_desk()
    page = here.go("/allotment/people/head/")
    page.select_option("#line", "刑事检察")
    page.get_by_role("button", name="登记专长").click()
    page.wait_for_selector("text=已登记")
    here.go("/allotment/people/prosecutor/")
    page.fill("#name", "虞见山")
    page.get_by_role("button", name="登记回避").click()
    page.wait_for_selector("text=已登记")

    here.go("/allotment/intake/?unit=criminal/prosecution_review")
    page.set_input_files("#file", book(tmp_path / "收案.xlsx", *RECEIVED))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_selector("text=可受理 3 行，有错误 1 行")
    page.get_by_role("button", name="受理所选各行").click()
    page.wait_for_selector("text=本次受理 3 件")
    page.get_by_role("link", name="去分案").click()

    page.wait_for_url("**/allotment/")
    page.get_by_label("选择本页全部").check()
    assert page.locator("[data-chosen]").inner_text() == "3"
    page.get_by_role("button", name="查看所选事项的候选人").click()
    page.wait_for_selector("h1:has-text('候选人')")
    avoided = page.locator("tbody tr", has_text="虞见山").first
    assert "回避：当事人虞见山" in avoided.inner_text()
    named = page.locator("tbody tr", has_text="闻知秋")
    named.locator("select").select_option("prosecutor")
    page.fill("#why", "并案办理")
    page.get_by_role("button", name="确认分案").click()
    page.wait_for_selector("text=已分案 3 件")
    assert page.locator("tbody tr", has_text="闻知秋").inner_text().count("指定分案") == 1
    page.locator("tbody tr", has_text="虞见山").get_by_role("link", name=re.compile("候选 1 人")).click()
    page.wait_for_selector("text=复算一致")
    assert "部门负责人" in page.locator("h1").inner_text(), "who must avoid the suspect is never drawn"

    here.go("/allotment/draws/?way=named")
    assert page.locator("tbody tr").count() == 1
    with page.expect_download() as held:
        page.locator("summary", has_text="导出").click()
        page.get_by_role("link", name="Excel（.xlsx）").click()
    sheet = opened(held.value).active
    assert sheet and sheet.max_row == 2
    assert here.wrong == []


def test_case_cards_are_checked_accepted_remembered_and_written_back(
    at_desk: Callable[..., Browsed], tmp_path: Path
) -> None:
    here = at_desk("prosecutor")
    files = [
        export(tmp_path / "010101.xlsx", ArrestCard, ARREST),
        export(tmp_path / "020101.xlsx", ProsecutionCard, PROSECUTION),
    ]

    def check() -> Any:
        page = here.go("/cards/")
        page.set_input_files("#files", files)
        page.fill("#as_of", "2025-06-30")
        page.get_by_role("button", name="开始核查").click()
        page.wait_for_url("**/cards/*/?state=open")
        return page

    page = check()
    before = page.locator("tbody tr").count()
    page.locator("tbody a.subject").first.click()
    accepted = page.locator("h1").inner_text()
    page.fill("#reason", "经核对原件，填录无误，另附说明")
    page.get_by_role("button", name="不属所列例外，另有理由").click()
    page.wait_for_selector("text=已接受")

    page = check()
    assert page.locator("tbody tr").count() == before - 1, "what was accepted is remembered by the next upload"
    assert accepted not in page.locator("tbody").inner_text()
    page.locator("summary", has_text="带批注的 Excel").click()
    with page.expect_download() as held:
        page.locator(".pop[open] a.pop-line").first.click()
    written = opened(held.value)
    comments = [c.comment.text for sheet in written for row in sheet.iter_rows() for c in row if c.comment]
    assert comments and "冲突清单" in written.sheetnames
    listed = " ".join(str(v) for row in written["冲突清单"].iter_rows(values_only=True) for v in row)
    assert "经核对原件，填录无误，另附说明" in listed
    assert here.wrong == []


def test_a_list_is_narrowed_kept_and_opened_with_keys_alone(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = here.go("/clues/")
    facet = page.locator("details.facet summary", has_text="等级")
    facet.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("details.facet[open] .pop-line")
    page.keyboard.press("Tab")
    assert "pop-line" in page.evaluate("document.activeElement.className")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is seen"
    page.keyboard.press("Escape")
    assert page.locator("details.facet[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chips a")
    chip, number = page.locator(".chips a").first.inner_text(), page.locator("h1 .count").inner_text()

    page.locator("summary", has_text="视图").focus()
    page.keyboard.press("Enter")
    page.locator("#view-name").focus()
    page.keyboard.type("我的视图")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已存为视图“我的视图”")
    here.go("/clues/")
    page.locator("summary", has_text="视图").click()
    page.get_by_role("link", name="我的视图").click()
    page.wait_for_selector(".chips a")
    assert (page.locator(".chips a").first.inner_text(), page.locator("h1 .count").inner_text()) == (chip, number)

    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-chosen]").inner_text() == "1"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/clues/[0-9a-f]{20}/"))
    assert here.wrong == []


def test_lists_print_without_their_tools(at_desk: Callable[..., Browsed]) -> None:
    page = at_desk().go("/clues/")
    page.emulate_media(media="print")
    assert page.locator("tbody tr").count() == 50
    for tool in (".rail", ".top", ".bar", ".foot"):
        assert not page.locator(tool).first.is_visible(), tool
    assert page.evaluate(
        "document.querySelector('.table-wrap').scrollHeight <= document.querySelector('.table-wrap').clientHeight + 1"
    )
