"""The list of what is prepared for hearings: narrowed, sorted, exported; no slower per row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jianwei.desk.evidence import presenting
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting

pytestmark = pytest.mark.django_db
AT = "/evidence/presentations/"
TITLES = ("一审开庭示证", "二审开庭示证")


@pytest.fixture
def two(acting: Callable[..., Acting], matter: Matter, fix: Callable[..., Any]) -> None:
    """One of a matter, with a material, whose hearing is past; one of nothing, by somebody else, that is to come."""
    fix(matter=matter.number, case_ref="")
    today = timezone.localdate()
    presenting.begin(acting(), title=TITLES[0], number=matter.number, hearing_on=today - dt.timedelta(days=9))
    presenting.begin(acting("head"), title=TITLES[1], number="", hearing_on=today + dt.timedelta(days=9))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", TITLES), ("mark=mine", TITLES[:1]), ("mark=coming", TITLES[1:]), ("mark=loose", TITLES[1:]), ("q=二审", TITLES[1:]),
        ("q=诈骗", TITLES[:1]), ("q=没有", ()), ("office=330602", TITLES), ("office=330603", ()),
        (f"hearing_from={timezone.localdate()}", TITLES[1:]), (f"hearing_until={timezone.localdate()}", TITLES[:1]),
    ],
)  # fmt: skip
def test_what_is_narrowed_is_what_is_shown_and_exported(
    two: None, query: str, found: tuple[str, ...], visitor: Callable[..., Client]
) -> None:
    page = visitor().get(f"{AT}?{query}").content.decode()
    table = visitor().get(f"{AT}export.csv?{query}").content.decode()
    for said in (page, table):
        assert tuple(title for title in TITLES if title in said) == found


def test_a_row_leads_to_its_list_and_its_matter(two: None, matter: Matter, visitor: Callable[..., Client]) -> None:
    page = visitor().get(f"{AT}?sort=count").content.decode()
    assert page.index(TITLES[1]) < page.index(TITLES[0])
    assert f'href="{matter.get_absolute_url()}#evidence"' in page
    assert re.search(r'<td class="c-count[^"]*">1</td>', page)
    page = visitor().get(f"{AT}?sort=-count").content.decode()
    assert page.index(TITLES[0]) < page.index(TITLES[1])
    assert "我制作的" in visitor().get(f"{AT}filters/mark/").content.decode()


def test_an_empty_list_says_what_it_is_for(visitor: Callable[..., Client]) -> None:
    assert "新建清单" in visitor().get(AT).content.decode()
    assert "新建清单" not in visitor("analyst").get(AT).content.decode()


def test_a_page_asks_as_often_for_many_rows_as_for_few(
    two: None, acting: Callable[..., Acting], visitor: Callable[..., Client]
) -> None:
    client = visitor()

    def statements() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(AT).status_code == 200
        return len(made)

    client.get(AT)
    few = statements()
    for n in range(7):
        presenting.begin(acting(), title=f"第{n}次", number="", hearing_on=None)
    assert statements() == few
