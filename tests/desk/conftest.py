"""The desk's tests run on a folder of their own, on SQLite or, with ``JIANWEI_DATABASE_URL``, on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

try:
    import django
except ImportError:  # the engine is installed without the desk
    collect_ignore_glob = ["*"]
else:
    HOME = Path(tempfile.mkdtemp(prefix="jianwei-desk-"))
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)
    os.environ["JIANWEI_HOME"] = str(HOME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "jianwei.desk.site.settings"
    django.setup()

import desk_sample as sample
from django.test import Client
from django.utils import timezone

from jianwei.desk.clues.load import load
from jianwei.desk.people import offices
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office, User
from jianwei.desk.people.roles import Role
from jianwei.lake import Lake

REGIONS = ("330602", "330603", "330203", "330106")
PLACES = {"supreme": "100000", "province": "330000", "city": "330600", "county": "330602", "sibling": "330603",
          "other_city": "330200", "other_county": "330203"}  # fmt: skip


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def the_lake() -> Lake:
    """One lake for all tests: twelve judgments of one lender, and 120 rows of a bank."""
    texts = [sample.judgment(n) for n in range(12)]
    return sample.lake(HOME / "lake", judgments=texts, rows={"bank_txn": sample.transactions(120)})


@pytest.fixture
def made_offices(db: None) -> dict[str, Office]:
    offices.ensure(REGIONS)
    return {name: Office.objects.get(code=code) for name, code in PLACES.items()}


@pytest.fixture
def person(made_offices: dict[str, Office]) -> Callable[..., User]:
    """``person("prosecutor", "county")``: a user of that role at that office, made once."""

    def find(role: str = "prosecutor", place: str = "county") -> User:
        user, made = User.objects.get_or_create(
            username=f"{role}.{place}",
            defaults={"name": f"{Role(role).label}{place}", "office": made_offices[place], "role": role},
        )
        if made:
            user.set_password("a long enough pass phrase")
            user.save()
        return User.objects.select_related("office").get(pk=user.pk)

    return find


@pytest.fixture
def acting(person: Callable[..., User]) -> Callable[..., Acting]:
    return lambda role="prosecutor", place="county": Acting(person(role, place), "127.0.0.1", timezone.now())


@pytest.fixture
def visitor(person: Callable[..., User]) -> Callable[..., Client]:
    """A browser that is logged in as that person."""

    def come(role: str = "prosecutor", place: str = "county") -> Client:
        client = Client()
        client.force_login(person(role, place))
        return client

    return come


@pytest.fixture
def run_of(tmp_path: Path, db: None) -> Iterator[Callable[..., Any]]:
    """Load clues as a run: ``run_of([clue, …])``."""
    numbers = iter(range(1, 100))

    def loaded(clues: list[dict[str, Any]], **more: Any) -> Any:
        folder = sample.write_run(tmp_path / f"{next(numbers):020x}", clues, **more)
        return load(folder, timezone.now())

    yield loaded


@pytest.fixture(scope="session")
def the_evidence(the_lake: Lake) -> list[dict[str, Any]]:
    return sample.evidence(the_lake, transactions=120)


@pytest.fixture
def rich(the_evidence: list[dict[str, Any]], run_of: Callable[..., Any]) -> str:
    """The id of a clue of county 330602 with documents, rows of six tables and a neighbour in each other office."""
    full = sample.clue(0, evidence=the_evidence)
    run_of([full, *(sample.clue(n) for n in range(1, 12))])
    return str(full["id"])
