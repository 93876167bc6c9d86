"""A desk with two offices that have logs, a matter with materials and a document to hand over."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "evidence"))

import pytest
import sealed_homes
from django.utils import timezone
from evidence_samples import TYPED
from exchange_packages import Sender
from sealed_homes import SealedHome

from jianwei.desk.evidence import fixing
from jianwei.desk.evidence.forms import FixForm
from jianwei.desk.evidence.models import Material
from jianwei.desk.exchange import making, receiving
from jianwei.desk.exchange.making import Chosen
from jianwei.desk.exchange.models import Package, Received
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting

Who = Callable[..., Acting]


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed_homes.made(tmp_path_factory.mktemp("exchanging") / "home")


@pytest.fixture
def sealed(pattern: Path, tmp_path: Path, settings: Any) -> SealedHome:
    home = sealed_homes.copied(pattern, tmp_path / "home")
    settings.JIANWEI_HOME = home.path
    return home


@pytest.fixture
def matter(acting: Who) -> Matter:
    facts = {"suspects": "虞见山、闻知秋", "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
    day = str(timezone.localdate())
    return matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=day)


@pytest.fixture
def material(acting: Who, sealed: SealedHome, matter: Matter) -> Material:
    form = FixForm(acting(), TYPED | {"matter": matter.number, "case_ref": ""})
    assert form.is_valid(), form.errors
    content = "转账记录，共三页。".encode() * 50
    return fixing.fix(acting(), form, io.BytesIO(content), name="转账记录.pdf", size=len(content)).material


@pytest.fixture
def make(acting: Who, matter: Matter, material: Material) -> Callable[..., Package]:
    """``make(recipient="office:330603")``: by the county's prosecutor, with everything there is."""

    def made(recipient: str = "office:330603", **more: Any) -> Package:
        chosen = Chosen(recipient, "改变管辖，移送审查起诉", "", (), (material.pk,), **more)
        return making.make(acting(), matter.pk, chosen)

    return made


@pytest.fixture
def sender(sealed: SealedHome, made_offices: Any) -> Sender:
    """The office beside, sending to the county."""
    return Sender(sealed)


@pytest.fixture
def receive(acting: Who, sealed: SealedHome) -> Callable[..., Received]:
    def received(content: bytes, who: Acting | None = None) -> Received:
        return receiving.of_file(who or acting(), io.BytesIO(content), len(content))

    return received
