"""Upload, list, filter, accept, take away: each leaves one audit entry, and nobody sees another office's cards."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from small_exports import ARREST, PERSON, PROSECUTION, REFS, table

from jianwei.cards.arrest import ArrestCard
from jianwei.desk.cards.models import Acceptance, Check, Finding
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import CASE_ROLES, Role


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")


def refs(answer: Any) -> list[str]:
    return [finding.ref for finding in answer.context["rows"]]


def test_an_upload_is_checked_and_its_contradictions_are_listed(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check = uploaded()
    answer = visitor().get(f"/cards/{check.pk}/")
    assert sorted(refs(answer)) == sorted(REFS)
    assert check.rows == {"审查逮捕": 1, "一审公诉": 1} and check.found == 3
    page = text(answer)
    assert PERSON in page and "危险驾驶" in page and "{" not in page.split("<main")[1].replace("{{", "")
    listed = text(visitor().get("/cards/"))
    assert "010101.csv" in listed and f"/cards/{check.pk}/?state=open" in listed


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("group=逻辑", REFS), ("group=期限", []), ("ref=L41", ["L41"]), ("severity=2", ["L111"]), ("verdict=矛盾", ["L06"]),
        ("export=一审公诉", ["L41"]), ("state=accepted", []), ("state=open", REFS), ("q=速裁", ["L41"]), (f"q={PERSON}", REFS),
        ("q=无此人", []), ("group=不存在", REFS), ("sort=ref", REFS), ("sort=-ref", REFS[::-1]), ("page=99", REFS), ("severity=x&q=%00", REFS),
    ],
)  # fmt: skip
def test_the_list_is_what_the_address_says(
    query: str, expected: list[str], uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    answer = visitor().get(f"/cards/{uploaded().pk}/?{query}")
    found = refs(answer)
    assert found == expected if query.startswith("sort") else sorted(found) == sorted(expected)


def test_an_accepted_exception_is_remembered_by_the_next_upload_until_a_cell_changes(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check, client = uploaded(), visitor()
    place = Finding.objects.get(check_run=check, ref="L111").number
    short = client.post(f"/cards/{check.pk}/{place}/accept/", {"as": "exception", "reason": "是"})
    assert short.status_code == 422 and "至少 4 个字" in text(short) and not Acceptance.objects.exists()
    assert (
        client.post(
            f"/cards/{check.pk}/{place}/accept/", {"as": "exception", "reason": "羁押必要性审查后变更"}
        ).status_code
        == 302
    )
    assert AuditEntry.objects.filter(action="接受案卡例外", object_id=str(check.pk)).count() == 1
    again = uploaded()
    assert sorted(refs(client.get(f"/cards/{again.pk}/?state=open"))) == ["L06", "L41"]
    assert "羁押必要性审查后变更" in text(client.get(f"/cards/{again.pk}/{place}/"))
    changed = uploaded(prosecution={"审结前强制措施": "监视居住"})
    assert sorted(refs(client.get(f"/cards/{changed.pk}/?state=open"))) == sorted(REFS)
    assert Finding.objects.get(check_run=changed, ref="L111").lapsed
    assert "单元格已改" in text(client.get(f"/cards/{changed.pk}/{place}/"))


def test_a_rule_without_an_open_exception_is_never_accepted_as_one(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    """What the law excuses nowhere can only be taken off the list for a reason of its own, and is marked."""
    check, client = uploaded(arrest={"审结日期": "2025-01-02", "全案_审结日期": "2025-01-02"}), visitor()
    found = Finding.objects.get(check_run=check, ref="L124")
    page = f"/cards/{check.pk}/{found.number}/"
    assert "作为依法例外接受" not in text(client.get(page)).split('<h2 id="accept-title">')[1]
    assert "法律对这一规则没有规定例外" in text(client.get(page))
    forged = client.post(f"{page}accept/", {"as": "exception", "reason": "确属依法例外，理由充分"})
    assert forged.status_code == 422 and "不能作为依法例外接受" in text(forged)
    many = client.post(f"/cards/{check.pk}/many/", {"chosen": [found.number], "reason": "均已核对属实"}, follow=True)
    assert "1 项没有待判断的依法例外，未接受" in text(many)
    assert client.post(f"{page}accept/", {"as": "other", "reason": "核对属实"}).status_code == 422
    assert not Acceptance.objects.exists()
    kept = client.post(f"{page}accept/", {"as": "other", "reason": "受理日期系统自动生成，不能更正"})
    assert kept.status_code == 302 and Acceptance.objects.get().listed is False
    assert "不属所列例外" in text(client.get(page))
    assert refs(client.get(f"/cards/{check.pk}/?state=unlisted")) == ["L124"]
    assert (
        "受理日期系统自动生成，不能更正（不属所列例外；" in client.get(f"/cards/{check.pk}/export.csv").content.decode()
    )


def test_another_office_does_not_inherit_what_one_accepted(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check = uploaded()
    visitor().post(f"/cards/{check.pk}/many/", {"chosen": ["1", "2", "3"], "reason": "均已核对属实"})
    assert Finding.objects.filter(check_run=check, acceptance__isnull=False).count() == 2
    assert Finding.objects.filter(check_run=uploaded("prosecutor", "sibling"), acceptance__isnull=False).count() == 0


def test_an_acceptance_can_be_revoked_and_is_kept(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check, client = uploaded(), visitor()
    client.post(f"/cards/{check.pk}/1/accept/", {"reason": "纸质卷宗核对属实，系统不能更正"})
    assert client.post(f"/cards/{check.pk}/1/reopen/").status_code == 302
    assert Finding.objects.get(check_run=check, number=1).acceptance is None
    assert Acceptance.objects.get().revoked_at is not None
    client.post(f"/cards/{check.pk}/1/accept/", {"reason": "再次核对属实，系统不能更正"})
    assert Acceptance.objects.filter(revoked_at__isnull=True).count() == 1
    told = AuditEntry.objects.filter(action__regex="^(接受|撤销)案卡").order_by("id").values_list("action", flat=True)
    assert [action[:2] for action in told] == ["接受", "撤销", "接受"]


def test_the_next_open_finding_follows_an_accepted_one(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check, client = uploaded(), visitor()
    order = [f.number for f in client.get(f"/cards/{check.pk}/?state=open").context["rows"]]
    answer = client.post(
        f"/cards/{check.pk}/{order[0]}/accept/", {"reason": "纸质卷宗核对属实，系统不能更正", "list": "state=open"}
    )
    assert answer["Location"].startswith(f"/cards/{check.pk}/{order[1]}/?list=state")


def test_the_commented_copy_has_a_comment_on_every_named_cell(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check, client = uploaded(), visitor()
    place = Finding.objects.get(check_run=check, ref="L06").number
    client.post(f"/cards/{check.pk}/{place}/accept/", {"reason": "违反取保规定被捕，案卡漏填"})
    answer = client.get(f"/cards/{check.pk}/files/0/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    said = "".join(c.comment.text for row in book.worksheets[0].iter_rows() for c in row if c.comment)
    assert "L06" in said and "L111" in said and "违反取保规定被捕，案卡漏填（不属所列例外；" in said
    assert book.sheetnames[-1] == "冲突清单"
    assert AuditEntry.objects.filter(action="下载带批注的案卡").count() == 1
    assert client.get(f"/cards/{check.pk}/files/1/").status_code == 200
    assert client.get("/cards/999999/files/0/").status_code == 404


def test_a_file_of_the_list_is_what_the_list_shows_and_runs_nothing(
    uploaded: Callable[..., Check], visitor: Callable[..., Client]
) -> None:
    check = uploaded(arrest={"案件名称": "=1+1", "部门受案号": "@SUM(A1)"})
    client = visitor()
    rows = list(
        csv.reader(
            io.StringIO(
                client.get(f"/cards/{check.pk}/export.csv?export=审查逮捕&sort=ref").content.decode("utf-8-sig")
            )
        )
    )
    assert [row[1] for row in rows[1:]] == ["L06", "L111"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/cards/{check.pk}/export.xlsx").content)).active
    assert sheet and sheet.max_row == 4
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} <= {"s", "n"}


def test_a_deleted_check_takes_its_files_along_but_not_what_was_accepted(
    uploaded: Callable[..., Check],
    visitor: Callable[..., Client],
    own_home: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    check, client = uploaded(), visitor()
    assert len(list((own_home / "cards" / str(check.pk)).iterdir())) == 2
    client.post(f"/cards/{check.pk}/1/accept/", {"reason": "纸质卷宗核对属实，系统不能更正"})
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/cards/{check.pk}/delete/").status_code == 302
    assert not Finding.objects.exists() and Acceptance.objects.count() == 1
    assert not (own_home / "cards" / str(check.pk)).exists()
    assert AuditEntry.objects.filter(action="删除案卡核查", object_id=str(check.pk)).count() == 1


@pytest.mark.parametrize(
    ("files", "as_of", "says"),
    [
        ([], "", "请选择"),
        ([SimpleUploadedFile("名册.csv", "姓名,电话\n甲,1\n".encode())], "", "没有找到 010101"),
        ([SimpleUploadedFile("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64)], "", "加密"),
        ([SimpleUploadedFile("坏.xlsx", b"PK\x03\x04xl/")], "", "损坏"),
        ([SimpleUploadedFile(f"{n}.csv", b"x") for n in range(3)], "", "最多核查 2 个文件"),
        ([SimpleUploadedFile("a.csv", b"x"), SimpleUploadedFile("a.csv", b"x")], "", "同名"),
        ([SimpleUploadedFile("a.csv", b"x")], "昨天", "请填写日期"),
        ([SimpleUploadedFile("a.csv", b"x")], "2999-01-01", "不能在将来"),
    ],
)  # fmt: skip
def test_a_wrong_upload_is_refused_in_words_and_leaves_nothing(
    files: list[Any], as_of: str, says: str, visitor: Callable[..., Client], own_home: Path
) -> None:
    for file in files:
        file.seek(0)
    answer = visitor().post("/cards/upload/", {"files": files, "as_of": as_of})
    assert answer.status_code == 422 and says in text(answer)
    assert not Check.objects.exists()
    assert not (own_home / "cards").exists() or not list((own_home / "cards").iterdir())


def test_the_good_part_of_an_upload_is_checked_and_the_bad_is_named(visitor: Callable[..., Client]) -> None:
    files = [table(ArrestCard, ARREST, ARREST | {"嫌疑人姓名": "裘永茂", "嫌疑人编号": "R2", "受理日期": "2025-02-30"})]
    answer = visitor().post(
        "/cards/upload/",
        {"files": [*files, SimpleUploadedFile("坏.xlsx", b"PK\x03\x04xl/")], "as_of": "2025-06-30"},
        follow=True,
    )
    page = text(answer)
    assert "坏.xlsx" in page and "“2025-02-30”不是存在的日期" in page and "第 3 行" in page
    assert "没有检查的规则" in page and "因没有 020101 一审公诉案卡" in page


def test_no_administrator_uploads_case_data(visitor: Callable[..., Client]) -> None:
    for role in sorted(set(Role) - CASE_ROLES):
        answer = visitor(str(role)).post("/cards/upload/", {"files": [table(ArrestCard, ARREST)]})
        assert answer.status_code == 403
    assert not Check.objects.exists()


def test_a_page_costs_the_same_with_few_findings_and_with_many(
    visitor: Callable[..., Client], uploaded: Callable[..., Check]
) -> None:
    client = visitor()

    def statements(address: str) -> int:
        client.get("/account/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(
            [q for q in caught if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA"))]
        )

    few = uploaded()
    rows = [ARREST | {"嫌疑人编号": f"R{n}", "部门受案号": f"甲检捕受〔2025〕{n}号"} for n in range(120)]
    answer = client.post("/cards/upload/", {"files": [table(ArrestCard, *rows)], "as_of": "2025-06-30"})
    many = int(answer["Location"].split("/")[2])
    assert Check.objects.get(pk=many).found == 120
    for part in ("", "1/", "export.csv"):
        assert statements(f"/cards/{many}/{part}") == statements(f"/cards/{few.pk}/{part}") <= 8
    assert len(client.get(f"/cards/{many}/?page=3").context["rows"]) == 20


def test_an_upload_that_says_it_is_too_large_is_not_read(visitor: Callable[..., Client], settings: Any) -> None:
    settings.JIANWEI_LARGEST_UPLOAD = 100
    answer = visitor().post("/cards/upload/", {"files": [table(ArrestCard, ARREST)]})
    assert answer.status_code in (400, 403, 422) and not Check.objects.exists()


def test_prosecution_alone_is_checked_too(visitor: Callable[..., Client]) -> None:
    from jianwei.cards.prosecution import ProsecutionCard

    answer = visitor().post(
        "/cards/upload/", {"files": [table(ProsecutionCard, PROSECUTION)], "as_of": "2025-06-30"}, follow=True
    )
    assert refs(answer) == ["L41"]


def test_a_second_upload_waits_and_is_then_told_to_come_back(
    visitor: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianwei.desk.cards import checking

    monkeypatch.setattr(checking, "_PATIENCE_SECONDS", 0)
    with checking._ONE_AT_A_TIME:
        answer = visitor().post("/cards/upload/", {"files": [table(ArrestCard, ARREST)]})
    assert answer.status_code == 422 and "请稍后再试" in text(answer)
    assert visitor().post("/cards/upload/", {"files": [table(ArrestCard, ARREST)]}).status_code == 302
