"""示证: lists for a hearing, the screen in court, tables, certificates, a whole case, and the page of the log."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from sealed_homes import SealedHome

from jianwei.desk.evidence import certificate, presenting
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Custody, Exhibit, Presentation
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.seal import standing

pytestmark = pytest.mark.django_db
Fix = Callable[..., Fixed]
Who = Callable[..., Acting]
Visitor = Callable[..., Client]
PNG = bytes.fromhex("89504e470d0a1a0a") + bytes(40)
ITEMS = "一二三四五六七八九十"


@pytest.fixture
def shown(sealed: SealedHome, fix: Fix, matter: Matter, acting: Who) -> Presentation:
    """A list of three: a picture, a document, a page that would run."""
    for name, media, content in (
        ("现场.png", "image/png", PNG), ("合同.pdf", "application/pdf", b"%PDF-"), ("网页.html", "text/html", b"<script>alert(1)</script>"),
    ):  # fmt: skip
        fix(matter=matter.number, case_ref="", name=name, media_type=media, content=content)
    sealed.witnessed()
    return presenting.begin(acting(), title="一审示证", number=matter.number, hearing_on=None)


def test_a_list_of_a_matter_begins_with_its_materials_in_order(shown: Presentation, visitor: Visitor) -> None:
    assert [x.material.name for x in shown.exhibits.all()] == ["现场.png", "合同.pdf", "网页.html"]
    first, _, last = shown.exhibits.all()
    typed = {
        f"{last.pk}.place": "0",
        f"{last.pk}.proves": "虚构借款",
        f"{last.pk}.holder": "虞见山",
        f"{first.pk}.place": "",
    }
    client = visitor()
    at = f"/evidence/presentations/{shown.pk}/"
    assert client.post(at, {"revision": "1", **typed}).status_code == 302
    assert [x.material.name for x in shown.exhibits.all()] == ["网页.html", "合同.pdf"]
    again = client.post(at, {"revision": "1", **typed})
    assert again.status_code == 409 and "他人已修改" in again.content.decode()
    table = client.get(f"{at}export.csv").content.decode()
    assert "虚构借款" in table and table.index("网页.html") < table.index("合同.pdf")


def test_a_dropped_exhibit_may_be_taken_in_again(shown: Presentation, acting: Who) -> None:
    first = shown.exhibits.first()
    assert first
    presenting.save(acting(), shown.pk, 1, {first.pk: {"place": ""}})
    assert presenting.add(acting(), shown.pk, 2, [first.material_id, first.material_id, "无此号"]) == 1
    assert Exhibit.objects.count() == 3


def source(client: Client, at: str, place: int) -> str:
    """Where the page of an exhibit takes its picture or film from."""
    found = re.search(r'src="(/evidence/presentations/[^"]+)"', client.get(f"{at}{place}/").content.decode())
    assert found
    return found[1]


def test_the_screen_in_court_plays_what_a_browser_cannot_run(shown: Presentation, visitor: Visitor) -> None:
    client = visitor()
    at = f"/evidence/presentations/{shown.pk}/show/"
    assert "media-src 'self'" in client.get(f"{at}1/").headers["Content-Security-Policy"]
    picture = client.get(source(client, at, 1))
    assert b"".join(picture.streaming_content) == PNG and picture.headers["X-Content-Type-Options"] == "nosniff"
    for place in (2, 3):
        assert "不在浏览器中直接打开" in client.get(f"{at}{place}/").content.decode()
        assert client.get(f"{at}{place}/content/").status_code == 404
    assert client.get(f"{at}4/").status_code == 404


def test_nothing_is_shown_that_is_not_in_the_custody_log(shown: Presentation, visitor: Visitor) -> None:
    client, other = visitor(), visitor("assistant")
    at = f"/evidence/presentations/{shown.pk}/show/"
    assert client.get(f"{at}1/content/").status_code == 404
    assert not Custody.objects.filter(verb=Custody.Verb.SHOWN).exists()
    ticket = source(client, at, 1)
    assert Custody.objects.filter(verb=Custody.Verb.SHOWN, purpose__contains="一审示证").count() == 1
    assert other.get(ticket).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("bytes=0-", 206, slice(0, None)),
        ("bytes=1-3", 206, slice(1, 4)),
        ("bytes=40-900", 206, slice(40, None)),
        ("bytes=99-", 416, None),
    ],
)
def test_a_film_can_be_begun_in_the_middle(
    asked: str, status: int, said: Any, shown: Presentation, visitor: Visitor
) -> None:
    client = visitor()
    answer = client.get(source(client, f"/evidence/presentations/{shown.pk}/show/", 1), headers={"Range": asked})
    assert answer.status_code == status
    if said:
        assert b"".join(answer.streaming_content) == PNG[said]
        assert answer.headers["Content-Range"].endswith(f"/{len(PNG)}")


def test_a_table_for_the_court_runs_no_formula(
    sealed: SealedHome, fix: Fix, matter: Matter, acting: Who, visitor: Visitor
) -> None:
    fix(matter=matter.number, case_ref="", name="=cmd|'/c calc'!A1.pdf")
    made = presenting.begin(acting(), title="示证", number=matter.number, hearing_on=None)
    assert ',"=cmd' not in visitor().get(f"/evidence/presentations/{made.pk}/export.csv").content.decode()
    assert ',"=cmd' not in visitor().get("/evidence/export.csv").content.decode()


def taken(client: Client, material_id: str, what: str) -> Any:
    return client.post(f"/evidence/{material_id}/take/", {"what": what, "purpose": "提交法庭"})


def test_the_certificate_has_thirteen_items_and_never_calls_the_evidence_true(
    sealed: SealedHome, fix: Fix, visitor: Visitor
) -> None:
    one = fix(device="", note="").material
    sealed.witnessed()
    answer = taken(visitor(), one.pk, "certificate")
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    text = "".join(page.extract_text() for page in pages)
    plain = "".join(text.split())
    for item in (*ITEMS, "十一", "十二", "十三"):
        assert f"{item}、" in plain, item
    for said in (
        "闻知秋、郎听雨",
        one.pk,
        one.sha256,
        one.sm3,
        "公安局",
        "未记录",
        "未经证明",
        "不证明什么",
        "verify.html",
        "330602",
    ):
        assert said in plain, said
    assert "证据真实" not in plain and "LibreOffice" not in plain
    assert one.custody.filter(verb=Custody.Verb.PRINTED, purpose="提交法庭").exists()


def test_a_certificate_of_what_is_not_witnessed_says_so(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    one = fix().material
    sealed.drain()
    pages = PdfReader(io.BytesIO(b"".join(taken(visitor(), one.pk, "certificate").streaming_content))).pages
    plain = "".join("".join(page.extract_text() for page in pages).split())
    assert "核验没有通过" in plain and "尚无外部签名" in plain


def test_a_machine_without_chinese_fonts_says_what_to_install(
    sealed: SealedHome, fix: Fix, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "SANS", ())
    monkeypatch.setattr(certificate, "SERIF", ())
    one = fix().material
    sealed.witnessed()
    answer = taken(visitor(), one.pk, "certificate")
    assert answer.status_code == 422 and "fonts-noto-cjk" in answer.content.decode()
    assert not one.custody.filter(verb=Custody.Verb.PRINTED).exists()


def test_a_whole_case_is_one_zip_whose_bundles_verify(
    sealed: SealedHome, fix: Fix, matter: Matter, visitor: Visitor
) -> None:
    for place in ("甲处", "乙处"):
        fix(matter=matter.number, case_ref="", place=place, content=place.encode() * 100)
    client = visitor()
    at = f"/matters/{matter.pk}/evidence/bundles/"
    assert client.post(at, {"purpose": "随案移送"}).status_code == 409
    sealed.witnessed()
    client.get(f"/matters/{matter.pk}/evidence/")
    fix(matter=matter.number, case_ref="", place="丙处", content=b"late", name="后到.txt")
    assert client.post(at, {"purpose": ""}).status_code == 422
    answer = client.post(at, {"purpose": "随案移送"})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        bundles = [name for name in archive.namelist() if name.endswith(".evb")]
        assert len(bundles) == 2 and "后到.txt" in archive.read("清单.txt").decode()
        for name in bundles:
            said = client.post("/api/verify", {"file": SimpleUploadedFile(name, archive.read(name))})
            assert said.status_code == 200
    assert Custody.objects.filter(verb=Custody.Verb.BUNDLED, result="随全案取出").count() == 2


def test_the_page_of_the_log_says_in_words_how_it_stands(sealed: SealedHome, fix: Fix, visitor: Visitor) -> None:
    client = visitor()
    fix()
    page = client.get("/evidence/log/").content.decode()
    assert "没有运行" in page and "等待写入</dt><dd>1 条" in page
    sealed.witnessed()
    page = client.get("/evidence/log/").content.decode()
    assert "正常运行" in page and "上级检察院" in page and "SM3 / SM2" in page
    standing.say(sealed.folder(), "forked", "发现分叉：公安局见过另一个日志。", int(time.time()))
    page = client.get("/evidence/log/").content.decode()
    assert "发现分叉，停止写入" in page and "公安局见过另一个日志" in page


def test_an_outsider_gets_verifier_and_policy_with_the_printed_fingerprint(
    sealed: SealedHome, visitor: Visitor
) -> None:
    client = visitor()
    from jianwei.seal.verifier import verify

    policy = client.get("/evidence/log/330602/policy.txt").content
    assert verify.Policy(policy).fingerprint in client.get("/evidence/log/").content.decode()
    assert b"def verify(" in client.get("/evidence/log/verify.py").content
    html = client.get("/evidence/log/verify.html")
    assert html.status_code == 200 and html.headers["Content-Disposition"].startswith("attachment")


def test_no_file_name_or_word_runs_in_a_page(
    sealed: SealedHome, fix: Fix, matter: Matter, acting: Who, visitor: Visitor
) -> None:
    bad = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>"
    one = fix(
        matter=matter.number, case_ref="", name=f"{bad}.png", media_type=f"image/png{bad}", place=bad, method=bad, holder=bad,
        witness_person=bad, device=bad, device_sig=bad, note=bad, doc_no=bad[:80],
    ).material  # fmt: skip
    sealed.witnessed()
    made = presenting.begin(acting(), title=bad, number=matter.number, hearing_on=None)
    client = visitor()
    report = client.post(f"/evidence/{one.pk}/check/").headers["Location"]
    pages = (
        "/evidence/", f"/evidence/{one.pk}/", f"/evidence/{one.pk}/correct/", report, f"/matters/{matter.pk}/evidence/", "/evidence/verify/",
        f"/evidence/presentations/{made.pk}/", f"/evidence/presentations/{made.pk}/show/1/", "/evidence/presentations/",
    )  # fmt: skip
    for path in pages:
        said = client.get(path).content.decode()
        assert "<img src=x" not in said and "<script>alert" not in said, path
    assert taken(client, one.pk, "certificate").status_code == 200
