"""Hostile files cost at most the child process; the files beside them are read."""

from __future__ import annotations

import io
import stat
import time
import zipfile
from pathlib import Path

import pytest

from jianwei.sources import Problem, RawDocument, RawRow, read
from jianwei.sources.isolated import Isolated
from jianwei.sources.read import File, items
from jianwei.sources.table.mapping import Mappings

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOOD = "某市某区人民法院民事判决书"


def word(xml: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return held.getvalue()


def paragraph(text: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'.encode()


def told(folder: Path) -> str:
    """The problems of ``folder``, where one good document stands last and must come through."""
    (folder / "后.docx").write_bytes(word(paragraph(GOOD)))
    found = list(read([folder]))
    assert [i.text for i in found if isinstance(i, RawDocument)][-1] == GOOD
    return "\n".join(str(i) for i in found if isinstance(i, Problem))


def test_an_entity_of_a_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x").write_text("TOP-SECRET")
    doctype = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret/x">]>'.encode()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.docx").write_bytes(word(doctype + paragraph("前&x;后")))
    found = [i.text for i in read([tmp_path / "files"]) if isinstance(i, RawDocument)]
    assert not any("TOP-SECRET" in text for text in found)


def test_a_billion_laughs_stay_unheard(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    (tmp_path / "a.docx").write_bytes(word(f"<!DOCTYPE d [{entities}]>".encode() + paragraph("&a9;")))
    started = time.monotonic()
    told(tmp_path)
    assert time.monotonic() - started < 60


def test_millions_of_empty_paragraphs_and_a_huge_node_are_refused(tmp_path: Path) -> None:
    body = b"<w:p/>" * 3_000_000
    whole = f'<w:document xmlns:w="{W}"><w:body>'.encode() + body + b"</w:body></w:document>"
    (tmp_path / "a.docx").write_bytes(word(whole))
    (tmp_path / "b.docx").write_bytes(word(paragraph("长" * 20_000_000)))
    found = told(tmp_path)
    assert "a.docx：文书正文为空" in found and "b.docx" in found


def test_members_outside_links_secrets_and_bombs_are_left_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../出.txt", GOOD)
        archive.writestr("/etc/出.txt", GOOD)
        link = zipfile.ZipInfo("链.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("弹.txt", b"0" * 60_000_000)
        archive.writestr("好.txt", GOOD)
    found = told(tmp_path)
    assert found.count("指向压缩包之外") == 2
    assert "链.txt〕：是符号链接" in found and "弹.txt〕：压缩比异常" in found


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    held = b""
    for _ in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("内.zip", held) if held else archive.writestr("好.txt", GOOD)
        held = out.getvalue()
    (tmp_path / "a.zip").write_bytes(held)
    assert "嵌套超过 3 层" in told(tmp_path)


def test_overlapping_members_are_a_bomb(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("一.txt", "".join(chr(0x4E00 + n % 20000) for n in range(50_000)))
        first = archive.getinfo("一.txt")
        for n in range(5):
            again = zipfile.ZipInfo(f"{n}.txt")
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, field, getattr(first, field))
            archive.filelist.append(again)
    assert "互相重叠" in told(tmp_path)


def test_a_cell_at_the_far_corner_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "死亡日期"])
    sheet.append(["张三", "2024-01-02"])
    sheet["XFD1048576"] = "x"
    book.save(tmp_path / "死亡人员.xlsx")
    assert told(tmp_path) == ""


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "死亡日期"])
    for day in range(1, 6):
        sheet.append(["张三", f"2024-01-0{day}"])
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(tmp_path / "死亡人员.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:B6"', b'<dimension ref="A1:B2"'))
    assert len([i for i in read([tmp_path]) if isinstance(i, RawRow)]) == 5


def test_a_child_that_dies_or_falls_silent_is_reported_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word(paragraph(GOOD)))
    isolated = Isolated(wait=0.001)
    (silent,) = items(File(path, "a.docx"), "", Mappings(), isolated)
    assert "超出限制" in str(silent)
    isolated._wait = 60
    (read_now,) = items(File(path, "a.docx"), "", Mappings(), isolated)
    assert isinstance(read_now, RawDocument)
    child = isolated._child
    assert child
    child.kill()
    child.wait()
    (again,) = items(File(path, "a.docx"), "", Mappings(), isolated)
    assert isinstance(again, RawDocument)
    isolated.close()
