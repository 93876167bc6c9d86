"""The pages: choosing, previewing, drawing many with a conflict among them, tables of received cases, people."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jianwei.desk.allotment import keeping
from jianwei.desk.allotment.models import Batch, Draw, Recusal
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry, User

REVIEW = "criminal/prosecution_review"
HEADER = ("受理日期", "犯罪嫌疑人", "移送罪名", "是否在押", "名称", "知悉范围", "经办民警")
GOOD = ("2026-11-02", "虞见山；闻知秋", "诈骗罪", "是", "", "", "某")


def table(*rows: tuple[Any, ...], header: tuple[str, ...] = HEADER) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    assert book.active
    for row in (("收案登记表",), header, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("收案.xlsx", out.getvalue())


def upload(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post("/allotment/intake/", {"unit": REVIEW, "kind": "accept", "file": file})


def test_the_preview_shows_pools_and_no_outcome(
    prosecutors: list[User],
    new_matter: Callable[..., Matter],
    visitor: Callable[..., Client],
    at_work: Callable[..., Acting],
) -> None:
    one, two = new_matter("虞见山"), new_matter("闻知秋")
    keeping.recuse(at_work(), "an", "person", "虞见山", "party")
    client = visitor("case_manager")
    assert one.number in client.get("/allotment/").content.decode()
    page = client.get(f"/allotment/preview/?m={one.pk}&m={two.pk}").content.decode()
    assert "安若素：回避：当事人虞见山" in page and "第二十九条第一项" in page and "白听溪（0件）" in page
    assert f'value="{one.pk}:1"' in page and not Draw.objects.exists()


def test_many_are_given_and_a_conflict_loses_only_itself(
    prosecutors: list[User],
    new_matter: Callable[..., Matter],
    visitor: Callable[..., Client],
    at_work: Callable[..., Acting],
) -> None:
    one, two, three = (new_matter() for _ in range(3))
    matters.record_act(at_work(), two.pk, 1, "remark", {"text": "补收材料"}, on="2026-11-19")
    answer = visitor("case_manager").post(
        "/allotment/give/", {"m": [f"{m.pk}:1" for m in (one, two, three)], f"to-{three.pk}": "bai", "why": "并案办理"}
    )
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "已分案 2 件，1 件没有分案" in page
        and "冲突" in page
        and f"preview/?m={two.pk}" in page
    )
    assert sorted(Draw.objects.values_list("number", "way")) == [(one.number, "random"), (three.number, "named")]
    assert Matter.objects.get(pk=three.pk).handler.username == "bai"  # type: ignore[union-attr]
    assert Matter.objects.get(pk=two.pk).handler is None
    assert AuditEntry.objects.filter(object_id=two.number, result="拒绝").count() == 1
    draw = Draw.objects.get(way="random")
    assert "复算一致" in visitor("head").get(f"/allotment/draws/{draw.pk}/").content.decode()
    assert len(draw.seed) == 32


def test_each_confirmation_draws_with_a_seed_of_its_own(
    prosecutors: list[User], new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client = visitor("case_manager")
    for _ in range(3):
        client.post("/allotment/give/", {"m": f"{new_matter().pk}:1"})
    assert len(set(Draw.objects.values_list("seed", flat=True))) == 3


def test_what_a_person_who_leaves_holds_is_given_to_others(
    prosecutors: list[User],
    new_matter: Callable[..., Matter],
    visitor: Callable[..., Client],
    at_work: Callable[..., Acting],
) -> None:
    one = new_matter()
    matters.assign(at_work(), one.pk, 1, "an", "指定分案", "熟悉")
    head = visitor("head")
    assert one.number in head.get("/allotment/?from=an").content.decode()
    assert head.get("/allotment/?from=nobody").status_code == 404
    assert head.post("/allotment/give/", {"m": f"{one.pk}:2"}).status_code == 422
    answer = head.post("/allotment/give/", {"m": f"{one.pk}:2", "reason": "工作调整"})
    assert answer.status_code == 200 and Draw.objects.get().outcome in {"bai", "chu"}


def test_a_table_is_checked_by_row_and_column_and_opened_once(
    prosecutors: list[User], visitor: Callable[..., Client]
) -> None:
    client = visitor("case_manager")
    bad = ("2099-01-01", "容怀远", "", "也许", "", "绝密", "")
    answer = upload(client, table(GOOD, bad, ("2026-11-03", "纪望舒", "盗窃罪", "否", "专案", "未成年人案件", "")))
    batch = Batch.objects.get()
    assert answer.status_code == 302 and not Matter.objects.exists()
    page = client.get(f"/allotment/intake/{batch.pk}/").content.decode()
    for says in (
        "可受理 2 行，有错误 1 行",
        "没有用上的列：经办民警",
        "2099-01-01还没有到",
        "移送罪名必填",
        "“也许”不是“是”或“否”",
        "“绝密”不是知悉范围",
    ):
        assert says in page, says
    places = [row.n for row in batch.lines.all()]
    assert places == [3, 4, 5], "rows are called as the file calls them"
    again = client.get(f"/allotment/intake/?unit={REVIEW}").content.decode()
    assert "收案.xlsx" in again and "列名（第一种受理行为）：受理日期、犯罪嫌疑人" in again
    done = client.post(f"/allotment/intake/{batch.pk}/open/", {"n": places})
    assert done.status_code == 200 and "本次受理 2 件" in done.content.decode()
    assert sorted(Matter.objects.values_list("title", "restriction")) == [
        ("专案", "juvenile"),
        ("虞见山等2人　诈骗罪", ""),
    ]
    again = client.post(f"/allotment/intake/{batch.pk}/open/", {"n": places})
    assert again.status_code == 409 and Matter.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (table(GOOD, header=("甲", "乙")), "没有找到表头"), (table(), "有 0 行案件"), (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken"), "文件没有读完"),
        (SimpleUploadedFile("a.exe", b"MZ"), "请上传"), (SimpleUploadedFile("a.csv", b""), "请"),
        (SimpleUploadedFile("a.csv", "受理日期,犯罪嫌疑人\n".encode() + b"2026-11-02,x\n" * 501), "有 501 行"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused_in_words(
    file: SimpleUploadedFile, says: str, visitor: Callable[..., Client]
) -> None:
    file.seek(0)
    answer = upload(visitor("case_manager"), file)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Batch.objects.exists()


def test_the_empty_table_has_the_columns_of_the_act(visitor: Callable[..., Client]) -> None:
    client = visitor("case_manager")
    file = client.get(f"/allotment/intake/template.csv?unit={REVIEW}").content.decode("utf-8-sig")
    head = next(csv.reader(io.StringIO(file)))
    assert head[:3] == ["受理日期", "犯罪嫌疑人", "移送罪名"] and head[-1] == "知悉范围"
    assert client.get("/allotment/intake/template.csv?unit=no/such").status_code == 404


def test_a_csv_table_from_a_spreadsheet_is_read(visitor: Callable[..., Client]) -> None:
    text = "受理日期,犯罪嫌疑人,移送罪名,是否在押\n2026/11/2,虞见山,诈骗罪,否\n"
    assert upload(visitor("case_manager"), SimpleUploadedFile("收案.csv", text.encode("gb18030"))).status_code == 302
    assert Batch.objects.get().lines.get().errors == {}


def test_a_person_declares_a_recusal_and_what_was_typed_is_kept(
    visitor: Callable[..., Client], person: Callable[..., User]
) -> None:
    own, client = person("prosecutor").username, visitor("prosecutor")
    page = client.post(
        f"/allotment/people/{own}/recuse/", {"what": "person", "name": "虞见山", "ground": "x", "note": "同学"}
    )
    assert page.status_code == 422 and 'value="同学"' in page.content.decode() and "请选择事由" in page.content.decode()
    assert (
        client.post(
            f"/allotment/people/{own}/recuse/", {"what": "person", "name": "虞见山", "ground": "relation"}
        ).status_code
        == 302
    )
    assert Recusal.objects.get().user.username == own
    assert client.post(f"/allotment/people/{own}/take/", {"line": "民事检察"}).status_code == 422
    head = visitor("head")
    assert head.post(f"/allotment/people/{own}/take/", {"line": "民事检察"}).status_code == 302
    assert (
        head.post(
            f"/allotment/people/{own}/go/", {"from_on": "2026-11-20", "until_on": "2026-11-01", "why": "leave"}
        ).status_code
        == 422
    )
    assert head.post(f"/allotment/people/{own}/lift/{Recusal.objects.get().pk}/", {"why": "经核实"}).status_code == 302
    assert "解除：经核实" in head.get(f"/allotment/people/{own}/").content.decode()
    assert head.get("/allotment/people/").status_code == 200


def test_a_page_costs_no_more_statements_with_more_matters(
    prosecutors: list[User], new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client = visitor("case_manager")
    first = [new_matter().pk for _ in range(2)]
    client.get("/allotment/")

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    before = cost("/allotment/"), cost("/allotment/preview/?" + "&".join(f"m={pk}" for pk in first))
    more = first + [new_matter().pk for _ in range(5)]
    assert (cost("/allotment/"), cost("/allotment/preview/?" + "&".join(f"m={pk}" for pk in more))) == before
