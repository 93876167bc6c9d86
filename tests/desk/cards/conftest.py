"""The two small exports, uploaded by whom a test says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from small_exports import ARREST, PROSECUTION, table

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.desk.cards.models import Check


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    settings.JIANWEI_HOME = tmp_path
    return tmp_path


@pytest.fixture
def uploaded(visitor: Callable[..., Client]) -> Callable[..., Check]:
    """``uploaded("prosecutor", "county")``: a check made of the two exports; keywords change their cells."""

    def make(
        role: str = "prosecutor", place: str = "county", /, *, arrest: Any = None, prosecution: Any = None
    ) -> Check:
        files = [table(ArrestCard, ARREST | (arrest or {})), table(ProsecutionCard, PROSECUTION | (prosecution or {}))]
        answer = visitor(role, place).post("/cards/upload/", {"files": files, "as_of": "2025-06-30"})
        assert answer.status_code == 302, answer.content.decode()
        return Check.objects.get(pk=int(answer["Location"].split("/")[2]))

    return make
