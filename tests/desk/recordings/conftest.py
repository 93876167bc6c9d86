"""A desk whose county and its sibling have a log, a matter, a device that exports, and a recording made in a browser."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "evidence"))

import pytest
import sealed_homes
from django.utils import timezone
from recording_samples import FILM, SAID, Device
from sealed_homes import SealedHome

from jianwei.desk.evidence import receiving
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.recordings import running
from jianwei.desk.recordings.forms import BeginForm
from jianwei.desk.recordings.models import Recording, Session


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed_homes.made(tmp_path_factory.mktemp("recording") / "home")


@pytest.fixture
def sealed(pattern: Path, tmp_path: Path, settings: Any) -> SealedHome:
    home = sealed_homes.copied(pattern, tmp_path / "home")
    settings.JIANWEI_HOME = home.path
    return home


@pytest.fixture(autouse=True)
def no_running_hashes() -> Iterator[None]:
    yield
    receiving.running._held.clear()


@pytest.fixture
def opened(acting: Callable[..., Acting]) -> Callable[..., Matter]:
    """``opened("虞见山")``: a matter of the county."""

    def made(suspect: str = "虞见山", by: Acting | None = None) -> Matter:
        facts = {"suspects": suspect, "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
        day = str(timezone.localdate())
        return matter_actions.open_matter(by or acting(), "criminal/prosecution_review", "accept", facts, on=day)

    return made


@pytest.fixture
def matter(opened: Callable[..., Matter]) -> Matter:
    return opened()


@pytest.fixture
def device(sealed: SealedHome, made_offices: object) -> Device:
    return Device(sealed.path)


@pytest.fixture
def begun(acting: Callable[..., Acting], sealed: SealedHome, matter: Matter) -> Callable[..., Session]:
    """``begun()``: a recording of the matter that has begun and of which nothing has come yet."""

    def begin(by: Acting | None = None, **said: str) -> Session:
        form = BeginForm({**SAID, **said})
        assert form.is_valid(), form.errors
        return running.begin(by or acting(), matter.pk, form)

    return begin


@pytest.fixture
def recorded(acting: Callable[..., Acting], begun: Callable[..., Session]) -> Callable[..., Recording]:
    """``recorded()``: one that was made in a browser and is in the log."""

    def whole(content: bytes = FILM, seconds: int = 0, **said: str) -> Recording:
        one, who = begun(**said), acting()
        running.take(who, one.pk, 0, len(content), io.BytesIO(content))
        made = running.finish(who, one.pk, len(content), seconds)
        assert isinstance(made, Recording)
        return made

    return whole
