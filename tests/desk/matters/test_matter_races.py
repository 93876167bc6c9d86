"""Of people who act on one matter, or answer one handover, at once exactly one wins, and numbers given out at once have neither gaps nor twins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

RACE = Path(__file__).with_name("race_of_acts.py")


@pytest.fixture
def a_database_of_its_own() -> Iterator[dict[str, str]]:
    """On PostgreSQL a database made for this; on SQLite the home's own file."""
    url = os.environ.get("JIANWEI_DATABASE_URL")
    if not url:
        yield {}
        return
    import psycopg

    name = f"race_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {"JIANWEI_DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_exactly_one_of_sixteen_wins(tmp_path: Path, a_database_of_its_own: dict[str, str]) -> None:
    source = str(Path(__file__).resolve().parents[3] / "src")
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in ("JIANWEI_HOME", "DJANGO_SETTINGS_MODULE", "JIANWEI_DATABASE_URL")
    }
    environment = kept | {"PYTHONPATH": source} | a_database_of_its_own
    done = subprocess.run([sys.executable, RACE, tmp_path / "home"], capture_output=True, env=environment, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.strip().splitlines()[-1])
    for round_ in told["moved"]:
        assert round_ == {"told": ["Conflict"] * 15 + ["done"], "rows": 2, "seq": 2}
    assert told["opened"] == ["done"] * 16
    assert told["serials"] == list(range(1, 20)) and told["used"] == 19
    assert told["entries"] == 3 + 3 + 16
    assert told["vendor"] == ("postgresql" if a_database_of_its_own else "sqlite")
    assert told["answered"] == ["Refused"] * 15 + ["done"]
    received = told["state"] == "taken"
    assert told["acts"] == (["transfer", "take_over"] if received else ["give_back"])
