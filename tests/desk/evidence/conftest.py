"""A desk with evidence logs, and materials on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sealed_homes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from evidence_samples import CONTENT, TYPED
from sealed_homes import SealedHome

from jianwei.desk.evidence import fixing
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.forms import FixForm
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed_homes.made(tmp_path_factory.mktemp("sealed") / "home")


@pytest.fixture
def sealed(pattern: Path, tmp_path: Path, settings: Any) -> SealedHome:
    """A home whose county and its sibling have a log."""
    home = sealed_homes.copied(pattern, tmp_path / "home")
    settings.JIANWEI_HOME = home.path
    return home


@pytest.fixture
def fix(acting: Callable[..., Acting], sealed: SealedHome) -> Callable[..., Fixed]:
    """``fix(name="甲.mp4", content=b"…", place="…")``: by a prosecutor of the county."""

    def fixed(
        by: Acting | None = None,
        *,
        name: str = "转账记录.pdf",
        content: bytes = CONTENT,
        media_type: str = "application/pdf",
        key: str = "",
        **typed: str,
    ) -> Fixed:
        who = by or acting()
        form = FixForm(who, {**TYPED, **typed})
        assert form.is_valid(), form.errors
        file = SimpleUploadedFile(name, content)
        return fixing.fix(who, form, file.file, name=name, size=len(content), media_type=media_type, key=key)  # type: ignore[arg-type]

    return fixed


@pytest.fixture
def matter(acting: Callable[..., Acting]) -> Matter:
    facts = {"suspects": "虞见山、闻知秋", "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
    return matter_actions.open_matter(
        acting(), "criminal/prosecution_review", "accept", facts, on=str(timezone.localdate())
    )
