"""`jianwei cards` says what contradicts itself, remembers what was accepted and writes it back."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from card_exports import ArrestCard, ProsecutionCard, as_csv, as_xlsx, pair

from jianwei.cli import main


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    rows = pair(40)
    first = as_xlsx(tmp_path / "010101.xlsx", ArrestCard, rows.arrests)
    return [str(first), str(as_csv(tmp_path / "020101.csv", ProsecutionCard, rows.prosecutions))]


def test_findings_are_printed_with_their_exceptions(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", *files, "--as-of", "2025-06-30"]) == 0
    said = capsys.readouterr().out
    assert "T01　严重·矛盾　审查逮捕超过法定期限" in said and "未被拘留的，十五日" in said
    assert "共核查审查逮捕 40 行、一审公诉 40 行：2 项冲突" in said


def test_json_is_one_finding_a_line(files: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["cards", *files, "--as-of", "2025-06-30", "--json", "--group", "期限"]) == 0
    (only,) = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert only["ref"] == "T01" and only["row"] == 5 and only["sheet"] == "案卡"
    assert {c["cell"] for c in only["cells"]} == {c["cell"] for c in only["cells"] if c["cell"].endswith("5")}


def test_an_accepted_finding_is_not_listed_again(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "已接受.json")
    meant = "T01/甲检捕受〔2024〕3号/"
    main(["cards", *files, "--as-of", "2025-06-30", "--json"])
    name = next(o["person"] for o in map(json.loads, capsys.readouterr().out.splitlines()) if o["ref"] == "T01")
    common = ["cards", *files, "--as-of", "2025-06-30", "--accepted", store]
    assert main([*common, "--accept", meant + name]) == 1
    assert "--reason" in capsys.readouterr().err
    assert main([*common, "--accept", meant + "无此人", "--reason", "在案", "--by", "孟之清"]) == 1
    assert "没有这一项冲突" in capsys.readouterr().err
    assert main([*common, "--accept", meant + name, "--reason", "已拘留", "--by", "孟之清"]) == 1
    assert "不属所列例外的，须写明另外的理由（至少 10 个字）" in capsys.readouterr().err
    assert main([*common, "--accept", meant + name, "--reason", "延期已批准，案卡漏录批准日", "--by", "孟之清"]) == 0
    capsys.readouterr()
    assert main(common) == 0
    said = capsys.readouterr().out
    assert "T01" not in said and "已接受的 1 项" in said
    assert main([*common, "--all"]) == 0
    assert "已接受：延期已批准，案卡漏录批准日（不属所列例外；孟之清，2025-06-30）" in capsys.readouterr().out


def test_copies_are_written_and_the_exports_are_not_touched(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [Path(file).read_bytes() for file in files]
    out = tmp_path / "核查结果.xlsx"
    assert main(["cards", *files, "--as-of", "2025-06-30", "--write", str(out)]) == 0
    for code in ("010101", "020101"):
        assert openpyxl.load_workbook(tmp_path / f"核查结果-{code}.xlsx").sheetnames[-1] == "冲突清单"
    assert main(["cards", files[0], "--as-of", "2025-06-30", "--write", files[0]]) == 1
    assert "不会被覆盖" in capsys.readouterr().err
    assert [Path(file).read_bytes() for file in files] == before


def test_a_wrong_file_ends_with_1_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "名册.csv").write_text("姓名,电话\n虞见山,1\n")
    assert main(["cards", str(tmp_path / "名册.csv")]) == 1
    assert "名册.csv" in capsys.readouterr().err


def test_the_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cards", "--help"])
    said = capsys.readouterr().out
    assert "案卡冲突排查" in said and not {"usage", "options", "positional", "show"} & set(
        said.replace(":", " ").split()
    )
