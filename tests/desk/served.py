"""A desk that is really served: set up in a folder of its own, by the calls that the launcher makes."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path

REGIONS = "330602,330603,330203,330106"
LOAD = """
import sys
from pathlib import Path
from jianwei.desk.load import load_run
home = Path(sys.argv[1])
for run in sorted((home / "lake" / "runs").glob("*")):
    load_run(home, run)
"""
PREPARE = f"""
import json, sys
from pathlib import Path
from jianwei.desk.setup import prepare
first = prepare(Path(sys.argv[1]), sys.argv[2].split(","))
{LOAD}
print(json.dumps({{a.username: a.password for a in first.accounts}} if first else None))
"""
DEMO = """
import datetime as dt, sys
from pathlib import Path
from jianwei.desk.load import load_demo
load_demo(Path(sys.argv[1]), dt.date.today())
"""
SERVE = """
import sys
from pathlib import Path
from jianwei.desk.serve import run
run(Path(sys.argv[1]), "127.0.0.1", int(sys.argv[2]))
"""


def prepare(home: Path) -> dict[str, str] | None:
    """First start in a process of its own. Returns the passwords by login name, or None the second time."""
    found: dict[str, str] | None = json.loads(_done(PREPARE, str(home), REGIONS).strip().splitlines()[-1])
    return found


def prepared(home: Path) -> dict[str, str]:
    """``home`` as after a first start, with the runs that lie in its lake loaded; the passwords by login name."""
    pattern, passwords = _first_start()
    shutil.copytree(pattern, home, dirs_exist_ok=True)
    if (home / "lake" / "runs").is_dir():
        _done(LOAD, str(home))
    return passwords


def demo(home: Path) -> None:
    """Put made-up matters into a home that is prepared."""
    _done(DEMO, str(home))


@cache
def _first_start() -> tuple[Path, dict[str, str]]:
    """A first start that others are copied from."""
    pattern = Path(tempfile.mkdtemp(prefix="jianwei-first-"))
    atexit.register(shutil.rmtree, pattern, ignore_errors=True)
    passwords = prepare(pattern)
    assert passwords
    return pattern, passwords


def _done(program: str, *words: str) -> str:
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, env=_env(), text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _env() -> dict[str, str]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in ("JIANWEI_HOME", "DJANGO_SETTINGS_MODULE", "JIANWEI_DATABASE_URL")
    }
    return kept | {"PYTHONPATH": source}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve ``home``; yields the address."""
    for _ in range(3):  # a port that was free may be taken the next moment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(home), str(port)], env=_env())
        try:
            if _answers(process, port):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            process.terminate()
            process.wait(30)
    raise AssertionError("the server ended")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait for the first answer, however busy the machine is; False if the server ended instead."""
    until = time.monotonic() + 120
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=30).read()
            return True
        except OSError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
    return False


@dataclass
class Visitor:
    """A browser without a screen: cookies, forms with their token."""

    address: str
    jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        token = next((c.value for c in self.jar if c.name == "jianwei_csrf"), "")
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token or ""}).encode()
        return self._ask(urllib.request.Request(self.address + path, data))

    def log_in(self, username: str, password: str) -> int:
        self.get("/login/")
        return self.post("/login/", username=username, password=password)[0]

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")
