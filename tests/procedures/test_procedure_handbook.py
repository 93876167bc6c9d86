"""The handbook of procedures is generated, and is up to date."""

from __future__ import annotations

from pathlib import Path

from jianwei.procedures.handbook import UNVERIFIED, handbook
from jianwei.procedures.kernel.procedure import COMMON
from jianwei.procedures.shelf import procedures

PAGE = Path(__file__).parents[2] / "docs" / "built" / "procedures.md"


def test_the_handbook_is_what_the_shelf_says() -> None:
    assert PAGE.read_text("utf-8") == handbook(), (
        "docs/built/procedures.md is out of date: python -m jianwei.procedures.handbook > docs/built/procedures.md"
    )


def test_every_procedure_has_a_section_a_picture_and_all_its_acts() -> None:
    page = handbook()
    sections = dict(zip(procedures(), page.split("\n## ")[1:], strict=True))
    for key, section in sections.items():
        found = procedures()[key]
        assert section.startswith(f"{found.title} `{key}`")
        assert section.count("```mermaid") == 1
        assert all(f" : {stage}\n" in section for stage in found.stages)
        assert all(f"<br>`{name}` |" in section for name in found.acts if name not in COMMON)
        assert bool(found.unverified) <= (UNVERIFIED in section)


def test_no_cell_breaks_a_table() -> None:
    columns = 0
    for line in handbook().splitlines():
        if line.startswith("|---"):
            columns = line.count("|")
        elif line.startswith("| ") and columns:
            assert line.count("|") == columns, line
        elif not line.startswith("|"):
            columns = 0


def test_arrest_shows_its_articles_and_what_it_forbids() -> None:
    page = handbook()
    section = next(part for part in page.split("\n## ") if part.startswith("审查逮捕 "))
    assert "7日，《中华人民共和国刑事诉讼法》第九十一条第三款" in section
    assert "超过法定羁押期限提请延长的，不予受理（《人民检察院刑事诉讼规则》第三百零九条第三款）" in section
    assert "[*] --> s0 : 受理审查逮捕" in section
