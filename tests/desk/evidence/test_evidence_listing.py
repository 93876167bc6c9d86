"""The list: filtered, sorted, saved by its address, exported; no slower per row; brought up to date by page and worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from sealed_homes import SealedHome

from jianwei.desk.evidence import watching
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Material
from jianwei.desk.matters.models import Matter

pytestmark = pytest.mark.django_db
Fix = Callable[..., Fixed]
Visitor = Callable[..., Client]


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(address).status_code == 200
    return len(made)


def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(
    sealed: SealedHome, fix: Fix, visitor: Visitor, matter: Matter
) -> None:
    client = visitor()
    for n in range(2):
        fix(matter=matter.number, case_ref="", content=b"%d" % n)
    sealed.witnessed()
    pages = ("/evidence/", f"/matters/{matter.pk}/evidence/", "/evidence/export.csv")
    for page in pages:
        client.get(page)
    few = [statements(client, page) for page in pages]
    for n in range(2, 9):
        fix(matter=matter.number, case_ref="", content=b"%d" % n)
    sealed.witnessed()
    for page in pages:
        client.get(page)
    assert [statements(client, page) for page in pages] == few


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲.mp4", "乙.pdf"}), ("category=书证", {"乙.pdf"}), ("stage=fixed", set()), ("stage=witnessed", {"甲.mp4", "乙.pdf"}),
        ("q=乙", {"乙.pdf"}), ("q=虞见山 甲", {"甲.mp4"}), ("mark=warned", {"乙.pdf"}), ("mark=backdated", {"甲.mp4", "乙.pdf"}),
        ("collected_from=2026-02-01", {"甲.mp4"}), ("matter=无此号", set()), ("source=document", set()), ("mark=loose", {"甲.mp4", "乙.pdf"}),
    ],
)  # fmt: skip
def test_filters_let_through_what_they_say(
    query: str, found: set[str], sealed: SealedHome, fix: Fix, visitor: Visitor
) -> None:
    fix(name="甲.mp4", content=b"a")
    fix(name="乙.pdf", content=b"b", category="书证", collected_at="2026-01-01 00:00", witness_person="")
    sealed.witnessed()
    body = visitor().get(f"/evidence/?{query}").content.decode()
    assert {name for name in ("甲.mp4", "乙.pdf") if f">{name}</a>" in body} == found
    table = visitor().get(f"/evidence/export.csv?{query}").content.decode()
    assert {name for name in ("甲.mp4", "乙.pdf") if name in table} == found


def test_the_list_orders_by_any_of_its_columns(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    fix(name="乙", content=b"bb")
    fix(name="甲", content=b"a")
    for sort, first in (
        ("size", "甲"),
        ("-size", "乙"),
        ("at", "乙"),
        ("-at", "甲"),
        ("collected", ""),
        ("proven", ""),
        ("stage", ""),
    ):
        rows = visitor().get(f"/evidence/?sort={sort}").content.decode()
        assert not first or rows.index(f">{first}</a>") < rows.index(f">{'甲' if first == '乙' else '乙'}</a>"), sort


def test_an_empty_list_says_what_to_do(sealed: SealedHome, visitor: Visitor) -> None:
    assert "还没有存证材料" in visitor().get("/evidence/").content.decode()
    assert "去掉上面的一个条件" in visitor().get("/evidence/?q=没有").content.decode()


def test_the_worker_brings_up_to_date_what_nobody_looks_at(sealed: SealedHome, fix: Fix) -> None:
    ids = [fix(content=b"%d" % n).material.pk for n in range(3)]
    now = timezone.now()
    assert watching.refresh(now.date(), now) == 0
    sealed.witnessed()
    assert watching.refresh(now.date(), now) == 3
    assert watching.refresh(now.date(), now) == 0
    rows: Any = Material.objects.filter(pk__in=ids).values_list("stage", "proven_at", "index").order_by("index")
    assert [(stage, at is not None, index) for stage, at, index in rows] == [("witnessed", True, n) for n in range(3)]
