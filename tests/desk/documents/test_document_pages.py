"""The pages: what is shown, typed text kept, scope as 404, files, and every look in the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import document_samples as samples
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from jianwei.desk.documents import keeping, pdf, shelf
from jianwei.desk.documents.kind import FieldKind, Kind
from jianwei.desk.documents.models import Document, Version
from jianwei.desk.people.models import AuditEntry

pytestmark = pytest.mark.django_db
Make = Callable[..., Document]
Visit = Callable[..., Client]


def typed(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Values as a browser sends them."""
    sent: dict[str, Any] = {}
    for field in kind.fields:
        value = values.get(field.name)
        if field.kind is FieldKind.ROWS:
            for column in field.columns:
                sent[f"f.{field.name}.{column.name}"] = [str(row.get(column.name, "")) for row in value or []]
        elif field.kind is FieldKind.LINES:
            sent[f"f.{field.name}"] = "\r\n".join(value or [])
        elif field.kind is FieldKind.MONEY and isinstance(value, int):
            sent[f"f.{field.name}"] = f"{value / 100:.2f}"
        elif field.kind is FieldKind.YES:
            sent |= {f"f.{field.name}": "1"} if value else {}
        else:
            sent[f"f.{field.name}"] = "" if value is None else str(value)
    return sent


@pytest.mark.parametrize("key", list(shelf.kinds()))
def test_every_form_gives_back_what_was_typed(key: str, visitor: Visit) -> None:
    kind = shelf.kind(key)
    browser = visitor()
    assert browser.get(f"/documents/new/{key}/").status_code == 200
    answer = browser.post(f"/documents/new/{key}/", typed(kind, samples.values(key)) | {"about": "某案", "go": "save"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    version = Version.objects.latest("pk")
    wanted = {name: value for name, value in samples.values(key).items() if value not in ("", None, [])}
    kept = {name: value for name, value in version.values.items() if value not in ("", None, [])}
    assert _bare(kept) == _bare(wanted)
    assert version.gaps == []


def _bare(values: dict[str, Any]) -> dict[str, Any]:
    """Without the empty cells of rows."""
    return {
        k: [{a: str(b) for a, b in r.items() if b not in (None, "")} for r in v]
        if v and isinstance(v, list) and isinstance(v[0], dict)
        else v
        for k, v in values.items()
        if v
    }


def test_a_preview_writes_nothing_and_shows_the_gaps(visitor: Visit) -> None:
    page = (
        visitor().post("/documents/new/criminal/indictment/", {"f.charge": "盗窃罪", "go": "preview"}).content.decode()
    )
    assert "盗窃罪" in page and "<mark>【待填：人民法院】</mark>" in page
    assert not Document.objects.exists()


def test_bad_input_is_refused_field_by_field_and_typed_text_kept(visitor: Visit) -> None:
    kind = shelf.kind("petition/compensation_decision")
    sent = typed(kind, samples.values(kind.key)) | {
        "f.total": "五万",
        "f.requested_on": "2026-02-30",
        "f.liberty_days": "九十",
        "about": "某案",
        "go": "save",
    }
    answer = visitor().post(f"/documents/new/{kind.key}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "有 3 处填写有误",
        "“五万”不是金额",
        "没有“2026-02-30”这一天",
        "请填写整数",
        'value="五万"',
        "郎听雨",
    ):
        assert words in page
    assert not Document.objects.exists()


def test_two_hundred_defendants_are_one_form_and_too_many_are_said_to_be(visitor: Visit) -> None:
    kind, browser = shelf.kind("criminal/indictment"), visitor()
    one = samples.values(kind.key)["defendants"][0]
    for count, status in ((200, 302), (301, 422)):
        people = [one | {"name": f"被告{n}"} for n in range(count)]
        sent = typed(kind, samples.values(kind.key) | {"defendants": people}) | {"about": "某案", "go": "save"}
        answer = browser.post("/documents/new/criminal/indictment/", sent)
        assert answer.status_code == status
    assert "有 301 行，最多 300 行" in answer.content.decode() and "被告300" in answer.content.decode()
    assert "被告199" in str(Version.objects.get().blocks)


def test_a_document_out_of_scope_is_not_found_on_any_address(draft: Make, visitor: Visit) -> None:
    number = draft().pk
    stranger = visitor("prosecutor", "sibling")
    for end in ("", "edit/", "versions/1.docx", "versions/1.pdf", "versions/1/print/"):
        assert stranger.get(f"/documents/{number}/{end}").status_code == 404
    for end in ("acts/submit/", "services/", "services/1/", "replies/", "edit/"):
        assert stranger.post(f"/documents/{number}/{end}", {"revision": 1}).status_code == 404
    assert "虞见山" not in stranger.get("/documents/").content.decode()


def test_an_administrator_sees_no_document(draft: Make, visitor: Visit) -> None:
    number = draft().pk
    for address in ("/documents/", f"/documents/{number}/", "/documents/register/", "/documents/kinds/"):
        assert visitor("system_admin").get(address).status_code == 403


def test_the_way_of_a_document_over_its_pages(draft: Make, visitor: Visit) -> None:
    document = draft("conduct/suggestion")
    head, at = visitor("head"), f"/documents/{document.pk}/"
    for verb in ("submit", "approve", "issue"):
        sent = {"revision": Document.objects.get(pk=document.pk).revision, "signer": "虞怀瑾"}
        assert head.post(f"{at}acts/{verb}/", sent).status_code == 302
    today = Document.objects.get(pk=document.pk).issued_on
    revision = Document.objects.get(pk=document.pk).revision
    sent = {
        "revision": revision,
        "recipient": "某局",
        "method": "direct",
        "sent_on": str(today),
        "received_on": str(today),
    }
    assert head.post(f"{at}services/", sent).status_code == 302
    page = head.get(at).content.decode()
    for words in ("已送达", "1号", "怎样算的", "某局", "直接送达", "该期限未核对法律原文"):
        assert words in page
    assert "1号" in head.get("/documents/register/").content.decode()
    assert "某局" not in head.get("/documents/?mark=overdue").content.decode()
    assert "检察建议书" in head.get("/documents/?mark=awaiting").content.decode()


def test_a_conflict_is_409_and_keeps_the_note(draft: Make, visitor: Visit) -> None:
    document = draft()
    answer = visitor().post(f"/documents/{document.pk}/acts/void/", {"revision": 99, "note": "写错了对象"})
    assert answer.status_code == 409
    assert "写错了对象" in answer.content.decode()


def test_a_word_file_comes_back_as_a_new_version(draft: Make, visitor: Visit) -> None:
    document = draft()
    browser = visitor()
    word = browser.get(f"/documents/{document.pk}/versions/1.docx")
    assert word.content[:2] == b"PK" and "attachment" in word["Content-Disposition"]
    sent = {"revision": document.revision, "why": "润色", "docx": SimpleUploadedFile("改.docx", word.content)}
    assert browser.post(f"/documents/{document.pk}/upload/", sent).status_code == 302
    version = Version.objects.get(document=document, n=2)
    assert (version.origin, version.gaps) == ("uploaded", [])
    for verb in ("submit", "approve", "issue"):
        revision = Document.objects.get(pk=document.pk).revision
        assert browser.post(f"/documents/{document.pk}/acts/{verb}/", {"revision": revision}).status_code == 302
    assert "检刑诉" in str(keeping.latest(Document.objects.get(pk=document.pk)).blocks)


def test_the_list_costs_the_same_queries_for_one_and_for_thirty(
    draft: Make, visitor: Visit, django_assert_max_num_queries: Any
) -> None:
    browser = visitor()
    for _ in range(30):
        draft("criminal/fast_track_suggestion")
    with django_assert_max_num_queries(10):
        assert browser.get("/documents/").status_code == 200
    with django_assert_max_num_queries(10):
        assert "适用速裁程序建议书" in browser.get("/documents/filters/kind/").content.decode()


def test_lists_are_exported_as_shown(issued: Make, visitor: Visit) -> None:
    issued(about="=1+1 某案")
    for address in ("/documents/export.csv", "/documents/register/export.csv"):
        sheet = visitor().get(address).content.decode("utf-8-sig")
        assert "1号" in sheet and "'=1+1 某案" in sheet
    assert visitor().get("/documents/export.xlsx").content[:2] == b"PK"


def test_pages_run_no_inline_script_or_style(issued: Make, visitor: Visit) -> None:
    number = issued().pk
    for address in ("/documents/", f"/documents/{number}/", f"/documents/{number}/versions/1/print/", "/documents/new/criminal/indictment/",
                    "/documents/kinds/", "/documents/kinds/criminal/indictment/", "/documents/register/"):  # fmt: skip
        page = visitor().get(address).content.decode()
        assert " style=" not in page and "<script>" not in page and "onclick" not in page


def test_every_look_is_in_the_trail(draft: Make, visitor: Visit) -> None:
    document = draft()
    browser = visitor()
    for end, action in (("", "查看文书"), ("versions/1.docx", "下载文书"), ("versions/1/print/", "打印文书")):
        browser.get(f"/documents/{document.pk}/{end}")
        assert AuditEntry.objects.filter(action=action, object_id=str(document.pk)).exists()


@pytest.mark.skipif(
    not pdf.available(),
    reason="PDF TESTS SKIPPED: LibreOffice is not installed (apt-get install libreoffice-writer-nogui)",
)
def test_a_pdf_is_made_once(draft: Make, visitor: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    document = draft("criminal/fast_track_suggestion")
    browser = visitor()
    first = browser.get(f"/documents/{document.pk}/versions/1.pdf")
    assert first.content[:5] == b"%PDF-"
    monkeypatch.setattr(pdf, "converted", lambda docx: pytest.fail("converted twice"))
    assert browser.get(f"/documents/{document.pk}/versions/1.pdf").content == first.content


def test_without_libreoffice_the_print_view_serves(
    draft: Make, visitor: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: None)
    number = draft().pk
    answer = visitor().get(f"/documents/{number}/versions/1.pdf")
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{number}/versions/1/print/")


def rows_shown(page: str) -> list[str]:
    """The names in the rows of suspects as a form shows them."""
    found = html.fromstring(page).xpath('//textarea[@name="f.defendants.name"]')
    return [(area.text or "").strip() for area in found]


def test_rows_are_added_and_deleted_without_the_script_and_no_empty_row_is_left(visitor: Visit) -> None:
    browser, at = visitor(), "/documents/new/criminal/indictment/"
    assert rows_shown(browser.get(at).content.decode()) == [""], "one row to begin with"
    three = {"f.defendants.name": ["虞见山", "闻知秋", "郎听雨"], "f.defendants.gender": ["男", "女", "男"]}

    def after(go: str) -> list[str]:
        return rows_shown(browser.post(at, three | {"go": go}).content.decode())

    assert after("preview") == three["f.defendants.name"]
    assert after("more:defendants") == [*three["f.defendants.name"], ""]
    assert after("drop:defendants:1") == ["虞见山", "郎听雨"]
    assert after("drop:defendants:9") == after("drop:nothing:1") == after("drop:") == three["f.defendants.name"]
    page = browser.post(at, three | {"go": "drop:defendants:0"}).content.decode()
    assert [
        s.get("selected") is not None
        for s in html.fromstring(page).xpath('(//select[@name="f.defendants.gender"])[1]/option')
    ] == [False, False, True]


def test_enter_in_a_field_deletes_no_row(visitor: Visit) -> None:
    page = visitor().get("/documents/new/criminal/indictment/").content.decode()
    first = html.fromstring(page).xpath('//form[contains(@class, "blanks")]//button')[0]
    assert first.get("value") == "preview"


def test_a_late_answer_is_said_to_be_late(issued: Make, visitor: Visit) -> None:
    document = issued("conduct/suggestion")
    today = document.issued_on
    assert today
    for due, said in ((today - dt.timedelta(days=3), "逾期 3 日"), (today, "")):
        Document.objects.filter(pk=document.pk).update(
            reply_due_on=due, replied_on=None, status="served", revision=document.revision
        )
        sent = {"revision": document.revision, "received_on": str(today), "nature": "reply", "text": "已整改"}
        browser = visitor()
        assert browser.post(f"/documents/{document.pk}/replies/", sent).status_code == 302
        page = browser.get(f"/documents/{document.pk}/").content.decode()
        assert "已收到" in page and (said in page if said else "逾期" not in page)


def test_the_second_of_two_who_fill_in_is_told_whose_version_is_newer_and_loses_nothing(
    draft: Make, visitor: Visit, person: Callable[..., Any]
) -> None:
    document = draft()
    kind = shelf.kind(document.kind)
    sent = typed(kind, samples.values(kind.key)) | {"revision": document.revision, "go": "save"}
    assert visitor("assistant").post(f"/documents/{document.pk}/edit/", sent).status_code == 302
    answer = visitor().post(f"/documents/{document.pk}/edit/", sent | {"f.volumes": "四册"})
    page = answer.content.decode()
    assert answer.status_code == 409 and 'value="四册"' in page
    assert f"{person('assistant').name}已另存第 2 版" in page and "看最新版" in page
    assert Version.objects.filter(document=document).count() == 2
