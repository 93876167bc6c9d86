"""The table of limits is generated, and is up to date."""

from __future__ import annotations

from pathlib import Path

from jianwei.law import limits
from jianwei.law.limits.handbook import handbook

PAGE = Path(__file__).parents[3] / "docs" / "built" / "limits.md"


def test_the_table_is_what_the_shelf_says() -> None:
    assert PAGE.read_text("utf-8") == handbook(), (
        "docs/built/limits.md is out of date: python -m jianwei.law.limits.handbook > docs/built/limits.md"
    )


def test_every_limit_has_one_row() -> None:
    rows = [line for line in handbook().splitlines() if line.startswith("| ") and "<br>`" in line]
    assert len(rows) == len(list(limits.keys()))
    assert len({row.count(" | ") for row in rows}) == 1, "no cell breaks the table"


def test_a_row_says_who_extends_and_what_was_not_read() -> None:
    page = handbook()
    custody = next(line for line in page.splitlines() if "`criminal/investigation_custody`" in line)
    assert "延长1个月，上一级人民检察院批准，届满7日前提请（《中华人民共和国刑事诉讼法》第一百五十六条）" in custody
    assert "在押不顺延" in custody
    assert "2013-01-01起：2个月，《中华人民共和国刑事诉讼法（2012年修正）》第一百五十四条，未核对原文" in custody
    assert "M 未核对原文" in next(line for line in page.splitlines() if "`criminal/arrest_receipt`" in line)
