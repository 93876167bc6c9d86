"""Every list of the desk pages, filters, sorts and exports; each look and each file leaves one entry in the trail."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook

from jianwei.desk.cards.models import Check
from jianwei.desk.documents.models import Document
from jianwei.desk.listeners.listing import REGISTER
from jianwei.desk.listeners.models import Kind, Listener
from jianwei.desk.people.models import AuditEntry, Office, User

OF_A_THING = {"cards_check"}
"""Lists that are of something; the others stand alone."""
LOOKERS = ("system_admin", "audit_admin", "head")
HOSTILE = "=HYPERLINK(1)"


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            yield str(one.name)


NAMES = set(names(get_resolver().url_patterns))
LISTS = sorted(name for name in NAMES if {f"{name}_filter", f"{name}_export"} <= NAMES)


@pytest.fixture
def here(visitor: Callable[..., Client], person: Callable[..., User]) -> Callable[[str], tuple[Client, str]]:
    """Who may look at a list, and its address."""
    check = Check.objects.create(office=person("head").office, by=person("head"), at=timezone.now(), as_of="2026-11-20")

    def come(name: str) -> tuple[Client, str]:
        address = reverse(name, args=(check.pk,) if name in OF_A_THING else ())
        for role in LOOKERS:
            client = visitor(role)
            if client.get(address).status_code == 200:
                return client, address
        raise AssertionError(f"nobody sees {name}")

    return come


def test_the_lists_are_found() -> None:
    assert {"clues", "matters", "documents", "cards", "search", "trail", "accounts", "runs", "clocks", "notices"} < set(
        LISTS
    )
    assert {
        "listeners",
        "listener_draws",
        "allotment",
        "allotment_draws",
        "allotment_people",
        "allotment_intake",
    } < set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_filters_sorts_pages_and_exports(name: str, here: Callable[[str], tuple[Client, str]]) -> None:
    client, address = here(name)
    page = client.get(address)
    plan = page.context["plan"]
    assert [column for column in plan.columns if column.sort], "something can be sorted by"
    assert plan.filters or plan.days or plan.search, "something can be narrowed by"
    assert f'href="{address}export.xlsx?' in page.content.decode()
    for one in plan.filters:
        assert client.get(f"{address}filters/{one.key}/").status_code == 200, one.key
        for value in one.values or {"x": ""}:
            assert client.get(f"{address}?{one.key}={value}").status_code == 200, (one.key, value)
    for column in plan.columns:
        for sign in ("", "-"):
            sorted_page = client.get(f"{address}?sort={sign}{column.key}&q=x")
            assert sorted_page.status_code == 200, column.key
            assert bool(sorted_page.context["listing"].sort) == bool(column.sort)
    for days in plan.days:
        assert client.get(f"{address}?{days.key}_from=2026-01-01&{days.key}_until=2026-12-31").status_code == 200
    bent = "?page=zzz&sort=;drop&cols=x,y&q=%00%27%22<&due_from=x&" + "&".join(f"{f.key}=%00" for f in plan.filters)
    assert client.get(address + bent).status_code == 200
    assert client.get(f"{address}filters/nothing/").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_a_look_and_a_file_leave_one_entry_each(name: str, here: Callable[[str], tuple[Client, str]]) -> None:
    client, address = here(name)
    before = AuditEntry.objects.count()
    plan = client.get(address + "?q=x").context["plan"]
    for ending in ("csv", "xlsx"):
        file = client.get(f"{address}export.{ending}")
        assert file["Content-Disposition"].endswith(f'.{ending}"')
    done = list(AuditEntry.objects.order_by("id").values_list("action", flat=True)[before:])
    assert done == [plan.looks, plan.exports, plan.exports]
    entry = AuditEntry.objects.latest("id")
    assert entry.purpose and {"format", "q", "rows"} <= set(entry.detail)


@pytest.fixture
def register(person: Callable[..., User]) -> list[Listener]:
    by = person("case_manager")
    names = [HOSTILE, *(f"人{n:03}" for n in range(119))]
    rows = [
        Listener(
            office=by.office, kind=list(Kind)[n % 2], name=name, trade="教师" if n % 3 else "", by=by, at=timezone.now()
        )
        for n, name in enumerate(names)
    ]
    return Listener.objects.bulk_create(rows)


def test_a_file_holds_the_rows_columns_and_order_shown_and_nothing_runs(
    register: list[Listener], visitor: Callable[..., Client]
) -> None:
    client, query = visitor("head"), "?sort=-name&cols=name,trade"
    rows = list(csv.reader(io.StringIO(client.get(f"/listeners/export.csv{query}").content.decode("utf-8-sig"))))
    assert rows[0] == ["姓名", "职业或者专长"] and len(rows) == 121
    shown = client.get(f"/listeners/{query}").context["rows"]
    assert [row[0] for row in rows[1:51]] == [one.name for one in shown]
    assert rows[-1][0] == f"'{HOSTILE}"
    sheet = load_workbook(io.BytesIO(client.get(f"/listeners/export.xlsx{query}").content)).active
    assert sheet and [[v or "" for v in row] for row in sheet.iter_rows(values_only=True)] == rows


def test_pages_follow_one_another_and_cost_the_same(register: list[Listener], visitor: Callable[..., Client]) -> None:
    client = visitor("head")
    seen = [one.pk for n in (1, 2, 3) for one in client.get(f"/listeners/?page={n}&sort=kind").context["rows"]]
    assert len(seen) == len(set(seen)) == 120

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    assert cost("/listeners/") == cost("/listeners/?kind=听证员库&q=人&sort=-at") <= 14


def test_a_menu_counts_without_its_own_filter_and_a_chip_takes_it_away(
    register: list[Listener], visitor: Callable[..., Client]
) -> None:
    client = visitor("head")
    menu = client.get("/listeners/filters/kind/?kind=听证员库&q=人").content.decode()
    assert menu.count('class="n">') == 2 and 'class="n">59<' in menu and 'class="n">60<' in menu
    page = client.get("/listeners/?kind=听证员库&q=人&sort=-at")
    assert ("名库：听证员", "q=%E4%BA%BA&sort=-at") in page.context["chips"]


def test_empty_days_come_last_whichever_way_one_sorts(
    visitor: Callable[..., Client], person: Callable[..., User]
) -> None:
    at, author = timezone.now(), person("head")
    facts = {"kind": "x/y", "group": "x", "author": author, "office": author.office, "created_at": at, "updated_at": at}
    for title, on in (("甲", None), ("乙", "2026-11-01"), ("丙", "2026-11-09")):
        Document.objects.create(title=title, issued_on=on, **facts)
    client = visitor("head")
    assert [one.title for one in client.get("/documents/?sort=issued").context["rows"]] == ["乙", "丙", "甲"]
    assert [one.title for one in client.get("/documents/?sort=-issued").context["rows"]] == ["丙", "乙", "甲"]


def test_a_saved_view_is_of_one_list_and_one_person(
    visitor: Callable[..., Client], made_offices: dict[str, Office]
) -> None:
    client, view = visitor("head"), {"at": "/matters/", "name": "我的在押", "query": "mark=custody&sort=due"}
    assert client.post("/views/", view)["Location"] == "/matters/?mark=custody&sort=due"
    assert [one.name for one in client.get("/matters/").context["views"]] == ["我的在押"]
    client.post("/views/", view | {"query": "mark=mine"})
    assert [one.query for one in client.get("/matters/").context["views"]] == ["mark=mine"], (
        "one of the same name is replaced"
    )
    assert not client.get("/clues/").context["views"] and not visitor("prosecutor").get("/matters/").context["views"]
    for bad in ("//evil.example/", "https://evil.example/", "/nowhere/", ""):
        assert client.post("/views/", view | {"at": bad}).status_code == 404, bad
    assert AuditEntry.objects.filter(action="保存视图").count() == 2


def test_an_address_says_the_same_after_it_was_read() -> None:
    address = "q=%E4%BA%BA&kind=%E5%90%AC%E8%AF%81%E5%91%98%E5%BA%93&at_from=2026-01-01&sort=-at&cols=name%2Ctrade"
    listing = REGISTER.read(QueryDict(address))
    assert listing.query() == address and listing.narrowed
    assert dict(listing.fields("q")) == {key: value for key, value in QueryDict(address).items() if key != "q"}
    assert listing.toggled("kind", "听证员库") == listing.query(kind=())
