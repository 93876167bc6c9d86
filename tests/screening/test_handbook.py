"""The handbook of models is generated, and is up to date."""

from __future__ import annotations

from pathlib import Path

from jianwei.screening.handbook import handbook

PAGE = Path(__file__).parents[2] / "docs" / "built" / "models.md"


def test_the_handbook_is_what_the_models_say() -> None:
    assert PAGE.read_text("utf-8") == handbook(), (
        "docs/built/models.md is out of date: python -m jianwei.screening.handbook > docs/built/models.md"
    )


def test_the_handbook_is_the_same_each_time() -> None:
    assert handbook() == handbook()
