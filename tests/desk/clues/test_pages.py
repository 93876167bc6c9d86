"""What the pages show, in how many statements, with which headers and which audit entries."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk_sample as sample
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import jianwei.desk
from jianwei.desk.clues import shelf
from jianwei.desk.people.models import AuditEntry
from jianwei.shelving import BrokenUnit

TEMPLATES = sorted(Path(jianwei.desk.__file__).parent.rglob("templates/**/*.html"))


def statements(client: Client, address: str) -> int:
    client.get("/account/")  # the first request of a session stores when it was last used
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len([q for q in caught if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA"))])


@pytest.mark.parametrize("address", ["/clues/", "/clues/export.csv", "/clues/export.xlsx", "/models/", "/runs/"])
def test_a_page_costs_the_same_with_few_clues_and_with_many(
    address: str, run_of: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    client = visitor("head", "province")
    run_of([sample.clue(n) for n in range(3)])
    few = statements(client, address)
    run_of([sample.clue(n) for n in range(120)])
    assert statements(client, address) == few <= 15


def test_a_clue_page_costs_a_fixed_number_of_statements(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor("head", "city")
    first = statements(client, f"/clues/{rich}/")
    for n in range(5):
        client.post(f"/clues/{rich}/notes/", {"text": f"批注 {n}"})
    assert statements(client, f"/clues/{rich}/") == first <= 16


@pytest.mark.parametrize("part", ["documents/1/", "rows/bank_txn/", "graph/", "timeline/"])
def test_a_part_of_the_page_costs_four_statements(part: str, rich: str, visitor: Callable[..., Client]) -> None:
    assert statements(visitor(), f"/clues/{rich}/{part}") == 4  # session, user, clue, audit entry


@pytest.mark.parametrize(
    ("address", "action"),
    [
        ("", "查看线索"),
        ("documents/1/", "查看文书"),
        ("rows/civ_party/", "查看数据行"),
        ("graph/", "查看关系"),
        ("timeline/", "查看时间线"),
    ],
)
def test_every_view_of_personal_data_leaves_one_entry(
    address: str, action: str, rich: str, visitor: Callable[..., Client]
) -> None:
    visitor().get(f"/clues/{rich}/{address}")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id, entry.username, entry.ip) == (action, rich, "prosecutor.county", "127.0.0.1")
    assert entry.office and entry.office.code == "330602" and entry.purpose


@pytest.mark.parametrize("address", ["/clues/?q=虞", "/clues/export.csv", "/clues/export.xlsx"])
def test_a_list_and_an_export_leave_one_entry(address: str, rich: str, visitor: Callable[..., Client]) -> None:
    visitor().get(address)
    assert AuditEntry.objects.count() == 1


def test_if_the_entry_cannot_be_written_the_act_does_not_happen(
    rich: str, acting: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianwei.desk.clues import actions
    from jianwei.desk.clues.models import Clue

    def full(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(AuditEntry.objects, "create", full)
    with pytest.raises(OSError):
        actions.act(acting(), rich, "keep", version=1)
    assert Clue.objects.get(pk=rich).status == "new"


def test_the_page_shows_signs_law_and_questions(rich: str, visitor: Callable[..., Client]) -> None:
    body = visitor().get(f"/clues/{rich}/").content.decode()
    for words in (
        "3 件款项在 5 日内回流",
        "实质",
        "未能评价",
        "放贷资格名录",
        "未核对原文",
        "是否以营利为目的",
        "合计得分",
        "建议值",
    ):
        assert words in body


def test_the_document_marks_the_very_words_and_hides_numbers(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor()
    body = client.get(f"/clues/{rich}/documents/1/").content.decode()
    assert re.search(r'<mark [^>]*data-signs="cash"[^>]*data-label="交付方式"[^>]*>现金<', body)
    assert sample.ID not in body and "330602********5676" in body and "138****1234" in body
    assert client.get(f"/clues/{rich}/documents/13/").status_code == 404


def test_numbers_are_shown_for_a_recorded_reason(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor()
    assert client.post(f"/clues/{rich}/documents/1/", {"purpose": ""}).status_code == 422
    assert not AuditEntry.objects.filter(action="查看证件号码").exists()
    shown = client.post(f"/clues/{rich}/documents/1/", {"purpose": "核对当事人身份"})
    assert sample.ID in shown.content.decode()
    rows = client.post(f"/clues/{rich}/rows/civ_party/", {"purpose": "核对当事人身份"})
    assert sample.ID in rows.content.decode()
    assert list(AuditEntry.objects.values_list("action", "purpose")) == [("查看证件号码", "核对当事人身份")] * 2


def test_rows_are_paged_named_and_formatted(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor()
    body = client.get(f"/clues/{rich}/rows/bank_txn/").content.decode()
    assert body.count("<tr data-row=") == 50 and "共 120 行" in body
    assert "交易金额（元）" in body and "200,000.00" in body and sample.ID not in body
    assert 'data-row="bank_txn#77"' in client.get(f"/clues/{rich}/rows/bank_txn/?row=bank_txn%2377").content.decode()
    assert client.get(f"/clues/{rich}/rows/pension_pay/").status_code == 404


def test_rows_can_be_kept_to_one_case(rich: str, visitor: Callable[..., Client]) -> None:
    body = visitor().get(f"/clues/{rich}/rows/civ_party/", {"who": "（2024）浙0602民初1203号"}).content.decode()
    assert body.count("<tr data-row=") == 2


def test_an_install_without_data_says_what_to_do(visitor: Callable[..., Client]) -> None:
    client = visitor("head", "province")
    assert "尚未运行筛查" in client.get("/clues/").content.decode()
    assert "尚未运行筛查" in client.get("/runs/").content.decode()


def test_a_model_s_page_names_its_data_law_and_signs(visitor: Callable[..., Client]) -> None:
    client = visitor("head", "province")
    body = client.get("/models/civil.professional_lender/").content.decode()
    for words in ("民事案件", "职业放贷人", "第十三条", "实质", "建议值", "是否取得放贷资格"):
        assert words in body
    assert "{" not in body.split("迹象与权重")[1].split("阈值")[0]
    assert client.get("/models/civil.no_such_model/").status_code == 404


def test_the_shelf_says_which_files_are_out_of_use(
    visitor: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visitor("head", "province")
    assert "停用" not in client.get("/models/").content.decode()
    monkeypatch.setattr(shelf, "broken", lambda: (BrokenUnit("监督模型", "civil/odd.py", "写法不合语法：x", 3),))
    assert "监督模型文件 civil/odd.py 第 3 行有误（写法不合语法：x）" in client.get("/models/").content.decode()


def test_an_empty_list_says_why(rich: str, visitor: Callable[..., Client]) -> None:
    assert "没有符合条件的线索" in visitor().get("/clues/?q=没有这个人").content.decode()
    nothing_here = visitor("prosecutor", "other_county").get("/clues/?").content.decode()
    assert "未评价，因为缺少数据：劳动仲裁" in nothing_here


@pytest.mark.parametrize(
    "address", ["/clues/?page=zzz&grade=99&sort=;drop&cols=x,y&office=%00", "/clues/?page=-1", "/clues/?q=%00%27%22<"]
)
def test_bent_addresses_show_a_list(address: str, rich: str, visitor: Callable[..., Client]) -> None:
    assert visitor().get(address).status_code == 200


def test_every_answer_carries_the_headers(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor()
    for address in ("/login/", "/clues/", f"/clues/{rich}/", "/nowhere/", f"/clues/{rich}/graph/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert (answer["X-Frame-Options"], answer["Cache-Control"]) == ("DENY", "no-store")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_no_template_has_inline_code_or_switches_escaping_off(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|\sstyle=|\son(?!e=)[a-z]+=|<style|\|\s*safe\b|autoescape|mark_safe|hx-on", text
    )


def test_changing_things_needs_a_token(rich: str, person: Callable[..., Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person())
    unsafe = [f"/clues/{rich}/acts/keep/", f"/clues/{rich}/notes/", f"/clues/{rich}/answers/", f"/clues/{rich}/documents/1/",
              f"/clues/{rich}/rows/civ_party/", "/clues/many/", "/views/", "/logout/", "/account/", "/accounts/"]  # fmt: skip
    for address in unsafe:
        assert client.post(address, {"version": "1", "text": "x", "purpose": "核对身份"}).status_code == 403, address
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("verb", ["keep", "reject", "merge", "assign", "propose", "reopen"])
def test_acts_are_not_done_by_following_a_link(verb: str, rich: str, visitor: Callable[..., Client]) -> None:
    assert visitor().get(f"/clues/{rich}/acts/{verb}/").status_code == 405
