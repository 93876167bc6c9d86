"""A desk that is really served: set up in a folder of its own, by the calls that the launcher makes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

PREPARE = """
import json, sys
from pathlib import Path
from jianwei.desk.setup import prepare
from jianwei.desk.load import load_run
home = Path(sys.argv[1])
first = prepare(home, sys.argv[2].split(","))
for run in sorted((home / "lake" / "runs").glob("*")):
    load_run(home, run)
print(json.dumps({a.username: a.password for a in first.accounts} if first else None))
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


def prepare(home: Path, regions: str = "330602,330603,330203,330106") -> dict[str, str] | None:
    """First start in a process of its own. Returns the passwords by login name, or None the second time."""
    done = subprocess.run([sys.executable, "-c", PREPARE, str(home), regions], capture_output=True, env=_env(), text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] | None = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def demo(home: Path) -> None:
    """Put made-up matters into a home that is prepared."""
    done = subprocess.run([sys.executable, "-c", DEMO, str(home)], capture_output=True, env=_env(), text=True)
    assert done.returncode == 0, done.stderr


def _env() -> dict[str, str]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    kept = {k: v for k, v in os.environ.items() if k not in ("JIANWEI_HOME", "DJANGO_SETTINGS_MODULE", "JIANWEI_DATABASE_URL")}
    return kept | {"PYTHONPATH": source}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve ``home``; yields the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(home), str(port)], env=_env())
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/login/", timeout=2).read()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


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
