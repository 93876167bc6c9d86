"""The search and allotment pages in a real browser: accessible, and no word that came by import runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browsed import Browsed

pytestmark = pytest.mark.browser

PAGES = (
    "/search/", "/search/?q=虞见山", "/search/?q=没有这个词", "/search/?q=script", "/search/?kind=clue&period=older", "/search/conditions/",
    "/search/conditions/?unit=criminal/prosecution_review&act=accept&least=x", "/allotment/", "/allotment/draws/", "/allotment/people/",
    "/allotment/people/head/", "/allotment/intake/", "/allotment/intake/?unit=criminal/prosecution_review",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_search_and_allotment_is_accessible(scheme: str, window: Callable[..., Browsed]) -> None:
    from chromium import violations

    here = window(color_scheme=scheme)
    here.log_in("head")
    for path in PAGES:
        here.go(path)
        assert violations(here.page) == [], path
    here.go("/search/?q=虞见山")
    here.page.locator("details.facet summary").first.click()
    here.page.wait_for_selector(".pop-body .n, .pop-body li")
    assert violations(here.page) == []
    assert here.wrong == []


def test_the_box_is_one_key_away_and_what_is_found_one_more(window: Callable[..., Browsed]) -> None:
    here = window()
    page = here.log_in("head")
    page.keyboard.press("/")
    page.keyboard.type("虞见山")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")
    assert set(page.locator(".hits mark").all_inner_texts()) == {"虞见山"}
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/clues/" in url)
    assert here.wrong == []
