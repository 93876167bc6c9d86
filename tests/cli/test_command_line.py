"""The command line speaks Chinese, keeps its exit codes and says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei.cli import main, parser

JUDGMENT = """浙江省绍兴市越城区人民法院
民 事 判 决 书
（2021）浙0602民初1234号
原告：竺春晖，男，1980年3月5日出生，汉族，住浙江省绍兴市越城区。
被告：裘永茂，男，1985年7月9日出生，汉族，住浙江省绍兴市越城区。
原告竺春晖与被告裘永茂民间借贷纠纷一案，本院于2021年3月1日立案后，依法适用简易程序，公开开庭进行了审理。现已审理终结。
本院认为，原告的请求有借条为证，本院予以支持。依照《中华人民共和国民法典》第六百七十五条的规定，判决如下：
被告裘永茂于本判决生效之日起十日内归还原告竺春晖借款本金50000元。
审判员　　孟之清
二〇二一年四月十二日
书记员　　宣可
"""


def test_help_is_chinese_and_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "用法：" in said and "usage" not in said and "options" not in said
    assert all(verb in said for verb in ("up", "ingest", "extract", "screen", "serve", "sandbox", "models", "test"))


@pytest.mark.parametrize("verb", ["up", "ingest", "extract", "screen", "serve", "sandbox", "models", "bench", "test"])
def test_the_help_of_a_verb_is_chinese(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert not {"usage", "options", "positional", "show"} & set(said.replace(":", " ").split())


@pytest.mark.parametrize("words", [[], ["no-such-verb"], ["screen", "--engine", "abacus"], ["extract"]])
def test_wrong_usage_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(words)
    assert ended.value.code == 2
    assert "见微：" in capsys.readouterr().err


def test_a_missing_folder_is_named_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "--data", str(tmp_path / "nowhere"), "--json"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_screening_without_a_lake_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "--home", str(tmp_path)]) == 1
    assert "jianwei ingest" in capsys.readouterr().err


def test_extract_prints_one_object_a_document_with_spans(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "判决.txt").write_text(JUDGMENT, "utf-8")
    assert main(["extract", str(tmp_path / "判决.txt"), "--json"]) == 0
    (line,) = capfdbinary.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["origin"]["file"].endswith("判决.txt") and len(found["origin"]["digest"]) == 64
    assert found["case_no"]["value"] == "（2021）浙0602民初1234号"
    start, end = found["court"]["span"]
    assert found["text"][start:end] == "浙江省绍兴市越城区人民法院"
    assert [party["name"]["value"] for party in found["parties"]] == ["竺春晖", "裘永茂"]


def test_a_bad_file_is_reported_and_the_good_one_still_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.txt").write_text(JUDGMENT, "utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 not a document")
    assert main(["extract", str(tmp_path), "--json"]) == 0
    out = capfdbinary.readouterr()
    assert len(out.out.splitlines()) == 1
    assert "b.docx" in out.err.decode()


def test_models_lists_the_shelf_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == 0
    refs = {json.loads(line)["ref"] for line in capsys.readouterr().out.splitlines()}
    assert {"M01", "M02", "M04", "M05", "M07", "M08", "M10", "M20", "M35", "M36", "M54", "M60"} <= refs
