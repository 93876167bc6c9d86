"""Numbers are gapless within office, year and class, in whatever order, under whatever load, and with whatever fails."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import document_samples as samples
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianwei.desk.documents import actions
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.models import Document, Entry
from jianwei.desk.people.acting import Acting

Make = Callable[..., Document]
Who = Callable[..., Acting]
KINDS = ("criminal/fast_track_suggestion", "criminal/summary_trial_suggestion", "civil/suspension")
PLACES = ("county", "sibling")


def ready(acting: Who, key: str, place: str = "county") -> Document:
    """A document that waits for issue."""
    head = acting("head", place)
    document = actions.start(acting("prosecutor", place), key, samples.values(key), about="某案")
    for verb in ("submit", "approve"):
        document = actions.act(head, document.pk, verb, document.revision)
    return document


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(PLACES), st.sampled_from(["issue", "fail", "void"])),
        max_size=8,
    )
)
def test_every_class_runs_from_one_without_a_gap(acting: Who, plan: list[tuple[str, str, str]]) -> None:
    with transaction.atomic():
        given_out: dict[tuple[str, str], list[int]] = defaultdict(list)
        for key, place, end in plan:
            document = ready(acting, key, place)
            signer = acting("prosecutor", place)
            if end == "fail":
                tomorrow = timezone.localdate() + dt.timedelta(days=1)
                with pytest.raises(Refused):
                    actions.act(signer, document.pk, "issue", document.revision, on=tomorrow)
                continue
            document = actions.act(signer, document.pk, "issue", document.revision)
            given_out[(key, place)].append(Entry.objects.get(document=document).n)
            if end == "void":
                actions.act(signer, document.pk, "void", document.revision, note="试")
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in given_out.values())
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_database_refuses_the_same_number_twice(acting: Who) -> None:
    first, second = (ready(acting, KINDS[0]) for _ in range(2))
    actions.act(acting(), first.pk, "issue", first.revision)
    entry = Entry.objects.get(document=first)
    entry.pk, entry.document = None, second
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()


def test_those_who_issue_at_once_get_each_number_once_and_one_of_them_a_document(tmp_path: Path) -> None:
    found = json.loads(subprocess.run(
        [sys.executable, Path(__file__).with_name("issuing_at_once.py"), tmp_path],
        env={**os.environ, "JIANWEI_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)} | _database(),
        capture_output=True, text=True, check=True,
    ).stdout)  # fmt: skip
    assert found == {"different": [], "numbers": list(range(1, 11)), "same": ["Conflict"] * 3, "last": 11}


def _database() -> dict[str, str]:
    """A database of its own: a file in the folder, or a new one on the PostgreSQL server that the tests run on."""
    url = os.environ.get("JIANWEI_DATABASE_URL")
    if not url:
        return {}
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE DATABASE issuing_at_once")
    return {"JIANWEI_DATABASE_URL": url.rpartition("/")[0] + "/issuing_at_once"}
