"""The desk's tests once more, on PostgreSQL: a throw-away server, started for this and removed after it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.postgres
HERE = Path(__file__).resolve().parent
ROOMS = (
    "people", "clues", "documents", "matters", "search", "allotment", "trails", "workbench", "evidence/test_evidence_erasing.py",
    "recordings/test_recordings_on_their_pages.py", "search/indexing_at_once_on_postgresql.py", "trails/late_rows_on_postgresql.py",
)  # fmt: skip
"""Those whose statements differ between the databases; all the others were run once by hand and take as long again."""
LEFT_OUT = ("matters/test_every_act_form.py",)
"""Long, and all of it above the database."""


def _bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        pytest.skip("POSTGRESQL TESTS SKIPPED: no server is installed (apt-get install postgresql)")
    return found[-1].parent


def _unprivileged() -> str | None:
    """The user a server may run as; None when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if os.environ.get("JIANWEI_DATABASE_URL"):
        pytest.skip("already running on PostgreSQL")
    programs, user = _bin(), _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="jianwei-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *words: str) -> None:
        subprocess.run([programs / program, *words], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "-D", f"{folder}/data", "-U", "desk", "--auth=trust", "-E", "UTF8", "--no-sync")
    try:
        for left in reversed(range(3)):  # a port that was free may be taken the next moment
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
            try:
                run("pg_ctl", "-D", f"{folder}/data", "-o", options, "-w", "-t", "300", "-l", f"{folder}/log", "start")
                break
            except subprocess.CalledProcessError:
                if not left:
                    raise
        yield f"postgresql://desk@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_the_desk_does_the_same_on_postgresql(server: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        *(str(HERE / one) for one in ROOMS),
        *(f"--ignore={HERE / one}" for one in LEFT_OUT),
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
    ]
    kept = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "JIANWEI_HOME")}
    environment = {**kept, "JIANWEI_DATABASE_URL": server}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=HERE.parents[1])
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "100%" in done.stdout
