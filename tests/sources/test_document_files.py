"""Documents in every kind of file."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from jianwei.sources import Problem, RawDocument, read

TEXT = "某市某区人民法院\n民事判决书\n（2024）浙0203民初1号\n原告：张三。"


def documents(path: Path) -> list[RawDocument]:
    items = list(read([path]))
    assert not [str(i) for i in items if isinstance(i, Problem)]
    return [i for i in items if isinstance(i, RawDocument)]


def problems(path: Path) -> list[str]:
    return [str(i) for i in read([path]) if isinstance(i, Problem)]


def test_the_official_json_gives_text_and_metadata(tmp_path: Path) -> None:
    html = "<html><head><title>x</title></head><body><div>某市某区人民法院</div><p>原告：甲&nbsp;&lt;乙&gt;。<br/>被告：丙</p></body></html>"
    records = [
        {"s1": "标题", "s2": "某法院", "s7": "（2024）浙0203民初1号", "s31": "2024-01-02", "qwContent": html},
        {
            "s7": "（2024）浙0203民初2号",
            "s22": "首部",
            "s23": "记录",
            "s26": "理由",
            "s27": "结果",
            "s28": "尾部",
            "qwContent": "",
        },
    ]
    path = tmp_path / "文书.json"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    first, second = documents(path)
    assert first.text == "某市某区人民法院\n原告：甲 <乙>。\n被告：丙"
    assert first.meta == {
        "title": "标题",
        "court": "某法院",
        "case_no": "（2024）浙0203民初1号",
        "decided_on": "2024-01-02",
    }
    assert second.text == "首部\n记录\n理由\n结果\n尾部"
    assert (first.origin.file, first.origin.row, second.origin.row) == ("文书.json", 1, 2)


@pytest.mark.parametrize("key", ["fd", "全文", "正文", "content", "text", "doc_text", "wsnr"])
def test_other_json_objects_with_a_text_are_understood(tmp_path: Path, key: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps({key: TEXT}), encoding="utf-8")
    assert documents(tmp_path / "a.json")[0].text == TEXT


def test_a_crawlers_wrapping_is_undone(tmp_path: Path) -> None:
    inside = json.dumps({"Title": "标题", "Html": "<div>甲</div><div>乙</div>"}, ensure_ascii=False)
    (tmp_path / "a.json").write_text(json.dumps({"id": "1", "source": inside, "etl": None}), encoding="utf-8")
    (found,) = documents(tmp_path / "a.json")
    assert found.text == "甲\n乙" and found.meta["title"] == "标题"


def test_a_large_array_is_read_piece_by_piece_to_the_same_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"全文": f"{TEXT}{n}" * 50} for n in range(500)], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    whole = [d.text for d in documents(path)]
    monkeypatch.setattr("jianwei.sources.wenshu_json._AT_ONCE", 0)
    assert [d.text for d in documents(path)] == whole and len(whole) == 500


def test_json_lines_report_a_bad_line_and_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"全文": "甲"}\n{坏\n\n{"全文": "乙"}\n{"别的": 1}\n{"全文": " "}\n', encoding="utf-8")
    items = list(read([path]))
    assert [i.text for i in items if isinstance(i, RawDocument)] == ["甲", "乙"]
    assert [i.row for i in items if isinstance(i, Problem)] == [2, 5, 6]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_passed_on_unaltered(tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("\n", "\r\n") + "　全角\u3000空格 "
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert documents(tmp_path / "a.txt")[0].text == text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("审&nbsp;判&nbsp;员&nbsp;&nbsp;王启", "审 判 员  王启"),
        ("审&amp;nbsp;判&#160;员&#xA0;王启", "审 判 员 王启"),
        ("《民法典》&ldquo;甲&rdquo;&#12288;&lt;乙&gt;&middot;丙", "《民法典》“甲”\u3000<乙>·丙"),
        ("甲&乙公司、AT&T、R&D;费用 &unknown; &nbsp", "甲&乙公司、AT&T、R&D;费用 &unknown; &nbsp"),
    ],
)
def test_entities_that_strayed_into_a_plain_text_are_their_characters(tmp_path: Path, printed: str, meant: str) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXT}\n{printed}", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"全文": f"{TEXT}\n{printed}"}), encoding="utf-8")
    for name in ("a.txt", "b.jsonl"):
        assert documents(tmp_path / name)[0].text == f"{TEXT}\n{meant}"


def word(text: str = TEXT) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def pdf(lines: list[bytes]) -> bytes:
    """A PDF of one page that shows ``lines``."""
    shown = b"BT /F1 12 Tf 14 TL 50 700 Td " + b"".join(b"(" + line + b") Tj T* " for line in lines) + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_word_pdf_and_archives_of_archives(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    (tmp_path / "b.pdf").write_bytes(pdf([b"(2024) Zhe 0203 No. 1 the plaintiff claims that the", b"defendant owes."]))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("里/判决.txt", TEXT.encode("gb18030"))
        archive.writestr("判决.docx", word())
        archive.writestr("批.jsonl", json.dumps({"全文": TEXT}) + "\n")
        archive.writestr("__MACOSX/._a", b"litter")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("内.zip", inner.getvalue())
    found = {d.origin.file + ":" + d.origin.entry: d.text for d in documents(tmp_path)}
    assert found.pop("b.pdf:") == "(2024) Zhe 0203 No. 1 the plaintiff claims that thedefendant owes."
    assert found == {
        "a.docx:": TEXT,
        "c.zip:内.zip/里/判决.txt": TEXT,
        "c.zip:内.zip/判决.docx": TEXT,
        "c.zip:内.zip/批.jsonl": TEXT,
    }


def test_names_in_an_old_archive_are_in_gbk(tmp_path: Path) -> None:
    name = "判决书.txt".encode("gb18030")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("X" * len(name) + ".", TEXT)
    raw = (tmp_path / "a.zip").read_bytes().replace(b"X" * len(name) + b".", name + b" ")
    (tmp_path / "a.zip").write_bytes(raw)
    assert documents(tmp_path / "a.zip")[0].origin.entry.startswith("判决书.txt")


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "扫描.pdf").write_bytes(pdf([]))
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "空.txt").write_bytes(b"")
    told = "\n".join(problems(tmp_path))
    for words in (
        "旧.doc：旧版 Word",
        "扫描.pdf：PDF 没有文字层",
        "坏.docx：Word 文档已损坏",
        "坏.zip：压缩包已损坏",
        "空.txt：文件是空的",
    ):
        assert words in told


def test_half_a_character_costs_its_document_only(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"全文": "好"}, {"全文": "坏\\ud800"}, {"全文": "也好"}]', encoding="utf-8")
    items = list(read([path]))
    assert [i.text for i in items if isinstance(i, RawDocument)] == ["好", "也好"]
    assert [i.row for i in items if isinstance(i, Problem)] == [2]


LONG = TEXT + "被告：李四。" * 3


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("a.json", json.dumps([LONG, LONG], ensure_ascii=False)),
        ("a.jsonl", f"{json.dumps(LONG)}\n{json.dumps(LONG)}\n"),
        ("a.json", json.dumps({"code": 1, "data": {"list": [{"全文": LONG}, {"全文": LONG}]}})),
    ],
)
def test_texts_by_themselves_and_a_services_answer_are_documents(tmp_path: Path, name: str, held: str) -> None:
    (tmp_path / name).write_text(held, encoding="utf-8")
    assert [d.text for d in documents(tmp_path / name)] == [LONG, LONG]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("[" * 50_000, "嵌套过深"),
        ('{"a":' * 50_000, "嵌套过深"),
        ("[]", "没有任何内容"),
        ('["甲"]', "没有文书正文"),
        ('[{"全文": "半', "不是正确的 JSON，第 1 个对象起未读入"),
    ],
)
def test_json_that_holds_no_document_says_so(tmp_path: Path, held: str, words: str) -> None:
    (tmp_path / "a.json").write_text(held, encoding="utf-8")
    (told,) = problems(tmp_path / "a.json")
    assert words in told
