"""What is found: by words, by facts, in order; and how the index follows what happens."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from typing import Any

import desk_sample as sample
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jianwei.desk.clues.models import Clue
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.search import indexing, words
from jianwei.desk.search.models import Entry, Told


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("虞见山", 1), ("见山", 1), ("见", 1), ("虞山", 0), ("山见", 0), ("诈骗", 2), ("诈骗 虞见山", 1), ("诈骗 没有", 0),
        ("33060200001", 1), ("绍越城检刑诉受〔2026〕33060200001号", 1), ("绍越城检刑诉受(2026)", 2), ("犯罪嫌疑人 闻知秋", 1),
        ("虞見山", 0), ("\"虞见山\"", 1), ("虞见山 OR 闻知秋", 0), ("head:虞见山", 0), ("虞见山*", 1), ("' OR 1=1 --", 0), ("，。", 0),
    ],
)  # fmt: skip
def test_words_find_what_they_stand_in(
    asked: str,
    finds: int,
    new_matter: Callable[..., Matter],
    index: Callable[[], int],
    search: Callable[..., list[Any]],
) -> None:
    new_matter("虞见山")
    new_matter("闻知秋")
    assert index() == 2
    from urllib.parse import quote

    assert len(search(f"q={quote(asked)}")) == finds


def test_facts_of_acts_clues_and_reasons_are_found(
    new_matter: Callable[..., Matter], at_work: Callable[..., Any], run_of: Callable[..., Any],
    index: Callable[[], int], search: Callable[..., list[Any]],
) -> None:  # fmt: skip
    one = new_matter()
    matters.record_act(
        at_work(), one.pk, 1, "remark", {"text": "卷宗第三册缺页，身份证330602198001015676"}, on="2026-11-19"
    )
    run_of([sample.clue(0, region="330602")])
    index()
    assert [e.matter_id for e in search("q=第三册缺页")] == [one.pk]
    assert [e.kind for e in search("q=5 日内回流")] == ["clue"]
    assert search("q=198001015676") == [], "identity numbers do not reach the index"


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("证据灭失", 1),
        ("灭失", 1),
        ("开头所见", 1),
        ("开头所见 证据灭失", 1),
        ("证据确凿", 0),
        ("灭失 开头所见 没有", 0),
        ("卷宗证据 灭失", 1),
    ],
)
def test_a_phrase_far_behind_in_a_text_that_repeats_itself_is_found(
    asked: str,
    finds: int,
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Any],
    index: Callable[[], int],
    search: Callable[..., list[Any]],
) -> None:
    """A database may keep no more than 255 places of one pair: the phrase behind them is found all the same."""
    one = new_matter()
    text = "开头所见，" + "卷宗证据，" * 700 + "证据灭失。"
    for seq, part in enumerate((text[:1800], text[1800:]), 1):
        matters.record_act(at_work(), one.pk, seq, "remark", {"text": part}, on="2026-11-19")
    index()
    assert len(search(f"q={asked}")) == finds
    assert len(search(f"q={asked}&sort=on")) == finds


def test_a_text_stands_in_as_few_pieces_as_its_pairs_allow() -> None:
    """Each phrase in one piece, no pair more than 255 times in any, the head marked and apart from the body."""
    assert list(words.pieces("甲乙", "甲乙")) == ["'甲乙':1A '乙':2A '甲乙':4 '乙':5"]
    assert list(words.numbered(["一"])) == [(0, "一")]
    several = list(words.pieces("名称", "甲乙丙，" * 900 + "丁戊"))
    assert [n for n, _ in words.numbered(several)] == list(range(1, len(several) + 1))
    assert all(piece.split().count(one) == 1 for piece in several[:1] for one in piece.split())
    counts = [Counter(word.split(":")[0] for word in piece.split()) for piece in several]
    assert max(max(count.values()) for count in counts) == 255
    assert 900 / 255 < len(several) < 7
    assert "'名称':1A" in several[0] and "A" not in several[1]
    assert "'丁戊'" in several[-1]
    tails = [[word.split(":")[0] for word in piece.split()] for piece in several]
    assert all(after[:200] == before[-200:] for before, after in zip(tails, tails[1:], strict=False))


def test_what_is_called_so_comes_first_then_the_newest(
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Any],
    index: Callable[[], int],
    search: Callable[..., list[Any]],
) -> None:
    mentioned, old, new = (
        new_matter("闻知秋", on="2026-11-19"),
        new_matter("虞见山", on="2026-11-02"),
        new_matter("虞见山", on="2026-11-09"),
    )
    matters.record_act(at_work(), mentioned.pk, 1, "remark", {"text": "同案虞见山另案处理"}, on="2026-11-19")
    index()
    assert [e.matter_id for e in search("q=虞见山")] == [new.pk, old.pk, mentioned.pk]
    assert [e.matter_id for e in search("q=虞见山&sort=-on")] == [mentioned.pk, new.pk, old.pk]
    assert [e.matter_id for e in search("q=虞见山&sort=on")] == [old.pk, new.pk, mentioned.pk]


@pytest.mark.parametrize(
    ("address", "finds"),
    [
        ("unit=criminal/prosecution_review", 2), ("stage=审查", 1), ("stage=退回补充侦查", 1), ("party=闻知", 1), ("party=诈骗", 0), ("party=kx贸易", 1),
        ("handler=prosecutor.county", 1), ("unit=criminal/prosecution_review&act=send_back", 1), ("act=send_back&act_from=2026-11-11", 0),
        ("unit=criminal/prosecution_review&act=accept&fact=charge&value=盗窃", 1),
        ("unit=criminal/prosecution_review&act=accept&fact=returns_before&least=1", 1),
        ("unit=criminal/prosecution_review&act=accept&fact=returns_before&most=0", 0),
        ("on_from=2026-11-05", 1), ("on_until=2026-11-05", 1), ("period=week", 0), ("period=month", 2), ("office=330602", 2), ("office=330603", 0),
        ("kind=clue", 0), ("kind=matter&q=诈骗", 1), ("unit=no/such", 0),
    ],
)  # fmt: skip
def test_conditions_find_what_fulfils_them(
    address: str, finds: int, new_matter: Callable[..., Matter], at_work: Callable[..., Any], person: Callable[..., Any],
    index: Callable[[], int], search: Callable[..., list[Any]],
) -> None:  # fmt: skip
    new_matter("虞见山", handler=person().username)
    two = new_matter("闻知秋、KX贸易", charge="盗窃罪", returns_before="1", on="2026-11-06")
    matters.record_act(at_work(), two.pk, 1, "send_back", {}, on="2026-11-10")
    index()
    assert len(search(address)) == finds


def test_a_condition_that_cannot_be_read_is_said(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    new_matter()
    page = (
        visitor()
        .get("/search/?unit=criminal/prosecution_review&act=accept&fact=returns_before&least=许多")
        .content.decode()
    )
    assert "“许多”不是整数" in page and "虞见山" not in page
    form = visitor().get("/search/conditions/?fact=charge").content.decode()
    assert "请先选择行为" in form


def test_the_page_finds_what_was_written_just_now(
    visitor: Callable[..., Client], new_matter: Callable[..., Matter]
) -> None:
    one = new_matter()
    Matter.objects.update(updated_at=timezone.now())
    page = visitor().get("/search/?q=见山").content.decode()
    assert one.number in page and "虞<mark>见山</mark>等" not in page and "虞<mark>见山</mark>" in page
    assert AuditEntry.objects.get(action="检索").detail == {"q": "q=%E8%A7%81%E5%B1%B1&page=1", "found": 1}


def test_the_index_follows_and_running_again_writes_nothing(
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Any],
    index: Callable[[], int],
    search: Callable[..., list[Any]],
) -> None:
    one = new_matter()
    assert (index(), index()) == (1, 0)
    matters.record_act(
        at_work(), one.pk, 1, "correct", {"act": "1", "charge": "盗窃罪", "because": "记错"}, on="2026-11-20"
    )
    matters.record_act(
        at_work(), one.pk, 2, "party", {"name": "容怀远", "role": "被害人", "kind": "自然人"}, on="2026-11-20"
    )
    assert (index(), index()) == (1, 0)
    assert [e.stage for e in search("q=容怀远")] == ["审查"]
    assert Entry.objects.count() == 1 and Told.objects.filter(act="party", fact="").count() == 1


def test_a_new_index_is_the_same_as_the_old(
    new_matter: Callable[..., Matter],
    run_of: Callable[..., Any],
    index: Callable[[], int],
    search: Callable[..., list[Any]],
) -> None:
    for name in ("虞见山", "闻知秋"):
        new_matter(name)
    run_of([sample.clue(n) for n in range(8)])
    index()
    before = list(
        Entry.objects.order_by("kind", "matter", "clue").values_list("kind", "ref", "title", "names", "body", "stage")
    )
    assert indexing.rebuild() == len(before)
    assert (
        list(
            Entry.objects.order_by("kind", "matter", "clue").values_list(
                "kind", "ref", "title", "names", "body", "stage"
            )
        )
        == before
    )
    assert len(search("q=诈骗")) == 2


def test_an_index_that_was_thrown_away_is_built_anew(
    new_matter: Callable[..., Matter],
    visitor: Callable[..., Client],
    index: Callable[[], int],
    search: Callable[..., list[Any]],
) -> None:
    new_matter()
    index()
    with connection.cursor() as cursor:
        cursor.execute(words.DROP)
    assert visitor().get("/search/?q=虞见山").status_code == 200
    assert index() == 1 and len(search("q=虞见山")) == 1
    Entry.objects.all().delete()
    assert index() == 1 and len(search("q=虞见山")) == 1


def test_the_file_is_what_is_shown_and_runs_nothing(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client], index: Callable[[], int]
) -> None:
    new_matter("虞见山", charge="=1+1")
    new_matter("闻知秋")
    index()
    body = visitor().get("/search/export.csv?q=虞见山").content.decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(body))
    assert heads[:3] == ["种类", "名称", "编号"] and row[0] == "事项" and row[2].endswith("00001号")
    assert not any(cell.startswith(("=", "+", "@")) for cell in row)
    assert visitor().get("/search/export.xlsx?q=虞见山").content[:2] == b"PK"


def test_what_came_by_import_is_shown_as_text(
    run_of: Callable[..., Any], visitor: Callable[..., Client], index: Callable[[], int]
) -> None:
    run_of([sample.clue(0, subject="<script>alert(1)</script>", region="330602")])
    index()
    page = visitor().get("/search/?q=script").content.decode()
    assert "<script>alert" not in page and "<mark>script</mark>" in page
    assert "&lt;" in page


def test_the_number_of_statements_does_not_grow_with_the_hits(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client], index: Callable[[], int]
) -> None:
    client = visitor()
    client.get("/search/?q=诈骗")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/search/?q=诈骗").status_code == 200
        return len(seen)

    new_matter()
    index()
    few = cost()
    for name in ("闻知秋", "容怀远", "纪望舒", "岑问渠"):
        new_matter(name)
    index()
    assert cost() == few <= 16


def test_a_bent_address_still_shows_a_page(visitor: Callable[..., Client]) -> None:
    for address in (
        "",
        "?q=%00",
        "?q=" + "长" * 3000,
        "?kind=x&sort=x&page=x&period=x&on_from=x",
        "?unit=&stage=",
        "?act=x&fact=y&least=z",
    ):
        assert visitor().get("/search/" + address).status_code == 200, address
    assert visitor().get("/search/filters/nothing/").status_code == 404
    assert Clue.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "q=诈骗",
        "unit=criminal/prosecution_review",
        "unit=criminal/prosecution_review&act=accept&fact=charge&value=盗窃",
    ],
)
def test_no_subquery_runs_once_a_row(address: str, at_work: Callable[..., Any]) -> None:
    """Scope and facts are sets, made once: with 100,000 entries a subquery for each row takes minutes."""
    from django.http import QueryDict

    from jianwei.desk.search import queries
    from jianwei.desk.search.listing import PLAN

    listing = PLAN.read(QueryDict(address))
    rows = queries.Found(at_work()).ordered(listing)
    if connection.vendor == "sqlite":
        assert "CORRELATED" not in rows.explain()
