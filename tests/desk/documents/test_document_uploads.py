"""Word files from outside are parsed in a limited process; what is hostile is refused and costs nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import document_samples as samples
import pytest

from jianwei.desk.documents import actions, isolated, own, queries, reading, shelf
from jianwei.desk.documents.archive import BadPackage, members, written
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.layout.markup import blocks as parsed
from jianwei.desk.documents.layout.package import packed
from jianwei.desk.documents.models import Document, Version
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry

KEY = "criminal/fast_track_suggestion"
GOOD = samples.draft(shelf.kind(KEY), samples.values(KEY))


def changed(**parts: bytes | None) -> bytes:
    """The good document with parts replaced: ``body=`` its text, ``rels=`` its relations, ``extra=`` a macro."""
    found = members(GOOD)
    names = {
        "body": "word/document.xml",
        "rels": "word/_rels/document.xml.rels",
        "extra": "word/vbaProject.bin",
        "types": "[Content_Types].xml",
    }
    for key, content in parts.items():
        if content is None:
            found.pop(names[key])
        else:
            found[names[key]] = content
    return written(found)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, b" " * (80 << 20))
    return out.getvalue()


OUTSIDE = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://x/image" TargetMode="External" Target="http://evil.example/a.png"/></Relationships>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
DEEP = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + b"<w:p>" * 100_000
)
BAD = {
    "not a zip": (b"MZ not a document", "不是 Word 文档"),
    "empty": (b"", "不是 Word 文档"),
    "no body": (changed(body=None), "缺少 word/document.xml"),
    "no types": (changed(types=None), "缺少"),
    "macro": (changed(extra=b"x"), "含有宏"),
    "outside picture": (changed(rels=OUTSIDE), "文件以外的内容"),
    "entities": (changed(body=ENTITIES), "异常"),
    "broken xml": (changed(body=b"<w:document"), "损坏"),
    "endless nesting": (changed(body=DEEP), "损坏"),
    "zip bomb": (bomb(), "过大"),
    "nothing on the page": (packed("空", parsed("")), "没有文字"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(name: str) -> None:
    content, why = BAD[name]
    with pytest.raises(BadPackage, match=why):
        isolated.checked(content)


def test_a_file_that_is_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(BadPackage, match="超过 10 MB"):
        isolated.checked(b"PK" + bytes(11 << 20))


def test_a_child_that_dies_costs_its_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated.sys, "executable", "/bin/false")
    with pytest.raises(BadPackage, match="超出限制"):
        isolated.checked(GOOD)


def test_a_good_file_reads_the_same_in_the_child() -> None:
    assert reading.text(isolated.checked(GOOD)) == reading.text(reading.blocks(GOOD))


@pytest.mark.django_db
def test_a_refused_upload_leaves_no_version_and_is_in_the_trail(
    draft: Callable[..., Document], acting: Callable[..., Acting]
) -> None:
    document = draft(KEY)
    with pytest.raises(Refused, match="宏"):
        actions.upload(acting(), document.pk, document.revision, BAD["macro"][0])
    assert Version.objects.filter(document=document).count() == 1
    assert AuditEntry.objects.filter(action="上传文书", result="拒绝").exists()


@pytest.mark.django_db
def test_an_upload_without_the_number_control_is_kept_but_not_issued(
    draft: Callable[..., Document], acting: Callable[..., Acting]
) -> None:
    document = draft(KEY)
    actions.upload(acting(), document.pk, document.revision, packed("改稿", parsed("此稿删去了文号。")))
    for verb in ("submit", "approve"):
        document.refresh_from_db()
        actions.act(acting(), document.pk, verb, document.revision)
    document.refresh_from_db()
    with pytest.raises(Refused, match="文号"):
        actions.act(acting(), document.pk, "issue", document.revision)
    document.refresh_from_db()
    assert (document.status, document.number) == ("approved", "")


@pytest.mark.django_db
def test_a_gap_left_in_an_uploaded_text_is_seen(draft: Callable[..., Document], acting: Callable[..., Acting]) -> None:
    document = draft(KEY)
    actions.upload(
        acting(), document.pk, document.revision, packed("改稿", parsed("[[number]]\n被告人【待填：姓名】。"))
    )
    document.refresh_from_db()
    with pytest.raises(Refused, match="姓名"):
        actions.act(acting(), document.pk, "submit", document.revision)


@pytest.mark.django_db
def test_an_office_replaces_a_template_and_those_below_use_it(
    draft: Callable[..., Document], acting: Callable[..., Acting]
) -> None:
    manager = acting("case_manager", "city")
    own.replace_template(
        manager, KEY, packed("本市模板", parsed("[[number]]\n本市样式：{{ defendants|names }}")), "本市统一样式"
    )
    document = draft(KEY)
    assert "本市样式：虞见山、闻知秋" in reading.text(document.versions.get().blocks)
    own.restore_template(manager, KEY, "")
    assert "本市样式" not in reading.text(draft(KEY).versions.get().blocks)
    assert queries.template(acting("head", "sibling").user.office, shelf.kind(KEY))[1] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("没有文号的模板", "文号"),
        ("[[number]]\n{{ defendants|names ", "不能接受"),
        ("[[number]]\n{{ ''.__class__.__mro__[1] }}{% for %}", "不能接受"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(acting: Callable[..., Acting], body: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        own.replace_template(acting("case_manager"), KEY, packed("坏模板", parsed(body)), "试")


@pytest.mark.django_db
def test_only_case_managers_and_leaders_replace_templates(acting: Callable[..., Acting]) -> None:
    with pytest.raises(Refused, match="案管"):
        own.replace_template(acting("prosecutor"), KEY, GOOD, "试")
