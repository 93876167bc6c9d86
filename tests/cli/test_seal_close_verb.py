"""`jianwei seal close`, and what the other actions do with a closed log and the one that follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jianwei import cli
from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.witnessing.cosigs import FILE, Cosigs, Publication

OLD, NEW = "110105", "110105-2"
ORDER = ("--order", "京检封〔2026〕1号", "--reason", "封存", "--by", "甲某", "--yes")


@pytest.fixture
def seal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def run(action: str, *words: str, code: int = 0) -> Any:
        assert cli.main(["seal", action, *words, "--home", str(tmp_path / "home"), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def fix(seal: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    def fixed(name: str, *words: str, code: int = 0) -> Any:
        (tmp_path / name).write_bytes(name.encode())
        done = seal(
            "fix",
            str(tmp_path / name),
            "--case",
            "京朝检刑诉受〔2026〕1号",
            "--by",
            "甲某",
            "--by",
            "乙某",
            *words,
            code=code,
        )
        return done if code else done[0]

    return fixed  # fmt: skip


@pytest.fixture
def records(seal: Callable[..., Any], fix: Callable[..., Any], tmp_path: Path) -> list[str]:
    """Two in a log that is closed now: one was published, one not."""
    seal("init", "--office", OLD, "--domain", "bj.example")
    first = fix("a.pdf")["id"]
    folder = LogFolder(tmp_path / "home/seal" / OLD)
    with closing(Cosigs(folder.path / FILE)) as cosigs:
        for suite in folder.suites:
            raw = (folder.log / folder.checkpoint(suite)).read_bytes()
            head = Checkpoint.parse(note.parse(raw).text)
            cosigs.publish(suite, Publication(head.size, head.root, raw, 1))
    second = fix("b.pdf")["id"]
    done = seal("close", "--reason", "更换服务器")
    assert (done["origin"], done["carried"]) == (f"jcy.bj.example/evlog/{NEW}", 1)
    assert Path(done["folder"]).name == NEW
    return [first, second]


def test_without_a_name_the_open_log_is_meant(
    records: list[str], seal: Callable[..., Any], fix: Callable[..., Any]
) -> None:
    assert seal("status")["origin"].endswith(NEW)
    assert fix("c.pdf")["index"] == 2
    assert fix("d.pdf", "--office", OLD, code=1)["error"] == "LogClosed"
    assert [each["index"] for each in seal("status", *records[1:])] == [1]
    assert [each["index"] for each in seal("status", *records, "--office", OLD)] == [0, 1]


def test_a_record_of_a_closed_log_is_erased_and_certified_in_the_next(
    records: list[str], seal: Callable[..., Any]
) -> None:
    done = seal("erase", records[0], *ORDER, "--office", OLD)
    assert done["held_after"] == [] and done["index"] is not None
    assert [each["index"] for each in seal("status", done["certificate"])] == [done["index"]]
    for office in (OLD, NEW):
        assert seal("fsck", "--office", office)["ok"]


def test_who_erases_what_went_over_is_told_where_it_lies_too(records: list[str], seal: Callable[..., Any]) -> None:
    assert seal("erase", records[1], *ORDER, "--office", OLD)["held_after"] == [NEW]
    assert seal("erase", records[1], *ORDER, "--office", NEW)["held_after"] == []


def test_a_closed_log_is_served_no_more(
    records: list[str], seal: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert seal("status", "--office", OLD)["service"]["state"] == "closed"
    assert cli.main(["seal", "run", "--office", OLD, "--home", str(tmp_path / "home")]) == 1
    assert NEW in capsys.readouterr().out
    assert seal("status", "--office", OLD)["service"]["state"] == "closed"


def test_closing_again_changes_nothing(records: list[str], seal: Callable[..., Any]) -> None:
    again = seal("close", "--reason", "再来", "--office", OLD)
    assert again["origin"].endswith(NEW) and again["carried"] == 0
    assert seal("status", "--office", NEW)["sizes"]["sha256"] in (0, 2)
