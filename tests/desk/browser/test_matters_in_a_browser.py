"""Matters in a real browser: accessible in both themes, drafts kept, trials counted, keys working."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import desk_sample as sample
import pytest
from browsed import Browsed
from served import demo, prepared, served

pytestmark = pytest.mark.browser
REVIEW = "/matters/?procedure=criminal/prosecution_review&stage=审查"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A desk with made-up matters, some of them from clues."""
    home = tmp_path_factory.mktemp("matters")
    sample.lake(home / "lake", judgments=[sample.judgment(n) for n in range(4)])
    sample.write_run(home / "lake" / "runs" / ("c" * 20), [sample.clue(n) for n in range(0, 40, 4)])
    passwords = prepared(home)
    demo(home)
    with served(home) as address:
        yield address, passwords


@pytest.fixture
def at_desk(window: Callable[..., Browsed], office: Any) -> Callable[..., Browsed]:
    def come(name: str = "county", **context: Any) -> Browsed:
        here = window(on=office, **context)
        here.log_in(name)
        return here

    return come


def first_matter(here: Browsed, query: str = REVIEW) -> Any:
    page = here.go(query)
    page.locator("a.subject").first.click()
    page.wait_for_selector("[data-matter]")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_matters_is_accessible(scheme: str, at_desk: Callable[..., Browsed]) -> None:
    from chromium import violations

    here = at_desk(color_scheme=scheme)
    for path in (
        "/matters/",
        "/matters/?closed=yes&q=没有这个人",
        "/matters/new/",
        "/matters/new/criminal/prosecution_review/",
    ):
        here.go(path)
        assert violations(here.page) == [], path
    page = first_matter(here)
    assert violations(page) == []
    for summary in page.locator("details.clock summary, .alt summary, .fold-line > summary").all():
        if summary.is_visible():
            summary.click()
    assert violations(page) == []
    base = page.url
    for rest in ("acts/remark/", "acts/measure/", "acts/correct/?act=1", "acts/revoke/?act=1", "handler/"):
        page.goto(base + rest)
        assert violations(page) == [], rest
    page.goto(base + "acts/remark/")
    page.click("form .btn-primary")
    page.wait_for_selector(".refused")
    assert violations(page) == []
    expected = "the server responded with a status of 422"
    assert [line for line in here.wrong if expected not in line] == []


def test_a_filter_is_counted_when_its_menu_opens(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = here.go("/matters/")
    page.locator("details.facet summary", has_text="程序").click()
    page.wait_for_selector("details.facet[open] .pop-line")
    page.locator("details.facet[open] .pop-line").first.click()
    page.wait_for_selector(".chips a")
    assert page.locator("#matters tbody tr").count() >= 1
    assert here.wrong == []


def test_a_draft_survives_a_closed_page_and_goes_when_it_is_recorded(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = first_matter(here)
    base = page.url
    page.goto(base + "acts/remark/")
    page.fill("textarea[name='f.text']", "卷宗第三册缺页，已电话联系移送单位")
    page.goto(base)
    page.goto(base + "acts/remark/")
    assert page.input_value("textarea[name='f.text']") == "卷宗第三册缺页，已电话联系移送单位"
    assert page.locator("[data-draft-told]").is_visible()
    page.click("form .btn-primary")
    page.wait_for_selector("[data-matter]")
    assert "卷宗第三册缺页" in page.inner_text(".acts")
    page.goto(base + "acts/remark/")
    assert page.input_value("textarea[name='f.text']") == ""


def test_a_trial_shows_the_new_last_day_and_records_nothing(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = first_matter(here)
    before = page.locator(".acts li").count()
    page.select_option("#trial-kind", "send_back")
    page.wait_for_selector("#trial table")
    assert "退回补充侦查" in page.inner_text("#trial")
    assert page.locator("#trial tr.changed").count() >= 1
    page.reload()
    assert page.locator(".acts li").count() == before
    assert here.wrong == []


def test_two_windows_record_at_once_and_the_second_loses_no_typing(at_desk: Callable[..., Browsed]) -> None:
    one, two = at_desk(), at_desk()
    page = first_matter(one)
    address = page.url.removeprefix(one.address) + "acts/remark/"
    first, second = one.go(address), two.go(address)
    first.fill("textarea[name='f.text']", "先到的备注")
    second.fill("textarea[name='f.text']", "后到的备注")
    first.click("form .btn-primary")
    first.wait_for_selector("[data-matter]")
    second.click("form .btn-primary")
    second.wait_for_selector(".since")
    assert "先到的备注" in second.inner_text(".since")
    assert second.input_value("textarea[name='f.text']") == "后到的备注"
    second.click("form .btn-primary")
    second.wait_for_selector("[data-matter]")
    assert "后到的备注" in second.inner_text(".acts")


def test_a_clue_becomes_a_matter_by_key_and_form(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = here.go("/clues/?status=new")
    page.locator("a.subject").first.click()
    page.wait_for_selector("[data-clue]")
    page.keyboard.press("c")
    page.locator("details.pop[open] .opens a").first.click()
    page.wait_for_selector("form[data-draft]")
    assert page.locator("input[name=clue]").get_attribute("value")
    assert here.wrong == []


def test_a_printed_matter_unfolds_each_reasoning_and_offers_nothing_to_press(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = first_matter(here)
    number = page.locator(".crumbs [aria-current]").inner_text()
    reasoning, mending, head = page.locator(".reasoning").first, page.locator(".mend").first, page.locator(".on-paper")
    assert not reasoning.is_visible() and mending.is_visible() and not head.is_visible()
    page.emulate_media(media="print")
    assert reasoning.is_visible() and not mending.is_visible() and number in head.inner_text()
    assert page.locator("button:visible, .next a:visible, .trial:visible").count() == 0
    headed = page.evaluate("document.adoptedStyleSheets.map(s => [...s.cssRules].map(r => r.cssText).join()).join()")
    assert number in headed and "top-left" in headed
    assert here.wrong == []


def test_a_document_is_written_by_keyboard_row_after_row(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = here.go("/documents/new/criminal/indictment/")
    rows, names = page.locator("[data-row]"), page.locator("[name='f.defendants.name']")
    assert rows.count() == 1
    names.first.fill("虞见山")
    for name in ("闻知秋", "郎听雨"):
        page.keyboard.press("Alt+Enter")
        page.keyboard.type(name)
    assert [one.input_value() for one in names.all()] == ["虞见山", "闻知秋", "郎听雨"]
    names.nth(1).focus()
    page.keyboard.press("Alt+Delete")
    assert [one.input_value() for one in names.all()] == ["虞见山", "郎听雨"]
    assert rows.nth(1).get_attribute("aria-label") == "被告人第 2 行"
    rows.nth(0).locator("[data-drop]").click()
    rows.nth(0).locator("[data-drop]").click()
    assert [one.input_value() for one in names.all()] == [""], "the last row is emptied, not taken away"
    names.first.fill("虞见山")
    page.fill("#about", "某案")
    page.press("#about", "Enter")
    page.wait_for_selector(".paper")
    assert [one.input_value() for one in names.all()] == ["虞见山"], "what is entered previews and deletes nothing"
    assert here.wrong == []
