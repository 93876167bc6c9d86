"""First start, and several people at once, on a desk that is really served."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import desk_sample as sample
import pytest
from served import Visitor, prepare, served

ONE = sample.clue(0)["id"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    sample.write_run(folder / "lake" / "runs" / ("a" * 20), [sample.clue(n) for n in range(30)])
    return folder


@pytest.fixture(scope="module")
def passwords(home: Path) -> dict[str, str]:
    made = prepare(home)
    assert made
    return made


@pytest.fixture(scope="module")
def desk(home: Path, passwords: dict[str, str]) -> Iterator[str]:
    with served(home) as address:
        yield address


def test_the_second_start_makes_nothing(home: Path, passwords: dict[str, str]) -> None:
    key = (home / "desk.key").read_bytes()
    assert prepare(home) is None
    assert (home / "desk.key").read_bytes() == key


def test_nothing_guessable_is_stored(home: Path, passwords: dict[str, str]) -> None:
    assert stat.S_IMODE((home / "desk.key").stat().st_mode) == 0o600
    assert len(set(passwords.values())) == len(passwords) >= 8
    assert all(len(p) >= 16 for p in passwords.values())
    stored = (home / "desk.sqlite3").read_bytes()
    assert not [p for p in passwords.values() if p.encode() in stored]


def test_the_embedded_database_uses_a_rollback_journal(home: Path, passwords: dict[str, str]) -> None:
    with sqlite3.connect(home / "desk.sqlite3") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not list(home.glob("desk.sqlite3-wal"))


def test_every_first_account_gets_to_its_first_page(desk: str, passwords: dict[str, str]) -> None:
    for username, password in passwords.items():
        visitor = Visitor(desk)
        assert visitor.log_in(username, password) == 200, username
        assert visitor.get("/")[0] == 200


def test_guessing_in_parallel_gets_five_tries(desk: str, passwords: dict[str, str]) -> None:
    def guess(n: int) -> int:
        return Visitor(desk).log_in("analyst", f"guess {n}")

    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(guess, range(24)))
    assert codes.count(401) == 5 and codes.count(429) == 19
    assert Visitor(desk).log_in("analyst", passwords["analyst"]) == 429


def test_of_many_who_act_on_one_clue_at_once_one_succeeds(desk: str, passwords: dict[str, str]) -> None:
    visitors = []
    for name in ("head", "prosecutor", "assistant", "head", "prosecutor", "assistant", "head", "prosecutor"):
        visitor = Visitor(desk)
        visitor.log_in(name, passwords[name])
        visitor.get(f"/clues/{ONE}/")
        visitors.append(visitor)
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda v: v.post(f"/clues/{ONE}/acts/keep/", version="1")[0], visitors))
    assert sorted(codes) == [200] + [409] * 7


def test_a_database_shared_by_many_readers_and_writers_is_never_locked(desk: str, passwords: dict[str, str]) -> None:
    visitors = []
    for _ in range(6):
        visitor = Visitor(desk)
        visitor.log_in("prosecutor", passwords["prosecutor"])
        visitor.get("/clues/")
        visitors.append(visitor)

    def work(visitor: Visitor) -> list[int]:
        one = sample.clue(4)["id"]
        return [visitor.post(f"/clues/{one}/notes/", text=f"批注 {n}")[0] for n in range(5)] + [
            visitor.get("/clues/")[0]
        ]

    with ThreadPoolExecutor(6) as pool:
        codes = {code for found in pool.map(work, visitors) for code in found}
    assert codes == {200}
    assert visitors[0].get(f"/clues/{sample.clue(4)['id']}/")[1].count("批注 ") >= 30


def test_static_files_and_errors_are_served(desk: str) -> None:
    visitor = Visitor(desk)
    assert visitor.get("/static/desk/tokens.css")[0] == 200
    assert visitor.get("/static/../../settings.py")[0] in (302, 400, 404)
    status, body = visitor.get("/nowhere/")
    assert status == 404 and "没有找到" in body
