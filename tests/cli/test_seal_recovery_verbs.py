"""`jianwei seal restore`, `copy` and `close`, as whoever puts a log in order again uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jianwei import cli
from jianwei.seal.copying import Fetch, from_folder
from jianwei.seal.witnessing.rounds import Witnessing
from jianwei.verbs.seal import copy

OFFICE = "110105"


class Desk:
    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.place, self._capsys = place, capsys
        self.home = place / "home"
        self.log = self.home / "seal" / OFFICE

        self.keys: dict[str, str] = {}

    def copied(self, code: int = 0) -> str:
        keys = [word for vkey in self.keys.values() for word in ("--log", vkey)]
        return self.says("copy", "http://jcy.example/tlog/110105", self.place / "copy", *keys, code=code)

    def says(self, *words: object, code: int = 0) -> str:
        assert cli.main(["seal", *map(str, words)]) == code
        said = self._capsys.readouterr()
        return said.out if code == 0 else said.err

    def at(self, *words: object, code: int = 0) -> str:
        return self.says(*words, "--home", self.home, code=code)

    def fix(self, name: str) -> None:
        file = self.place / name
        file.write_text(name)
        self.at("fix", file)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.keys = json.loads(desk.at("init", "--office", OFFICE, "--json"))["keys"]
    for suite, policy in (("sha256", "policy.txt"), ("sm3", "policy-sm.txt")):
        (desk.log / policy).write_text(f"log {desk.keys[suite]}\nquorum none\n")
    desk.fix("一.txt")
    return desk


def test_a_log_is_copied_lost_and_filled_up_from_the_copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(url: str, seconds: float) -> Fetch:
        assert url == "http://jcy.example/tlog/110105" and seconds > 0
        return from_folder(desk.log)

    monkeypatch.setattr(copy, "over_http", shown)
    shutil.copytree(desk.log / "log", desk.place / "old")
    desk.fix("二.txt")
    kept = desk.place / "copy"
    assert "至第 2 条，新增 2 条" in desk.copied()
    assert "新增 0 条" in desk.copied()

    shutil.rmtree(desk.log / "log")
    shutil.copytree(desk.place / "old", desk.log / "log")
    assert "少于本机" in desk.copied(code=1) and len(list(kept.glob("contradiction-*.txt"))) == 2
    (desk.place / "新.txt").write_text("新")
    assert "旧备份" in desk.at("fix", desk.place / "新.txt", code=1)
    assert "已补齐第 1 至 1 条，共 1 条" in desk.at("restore", kept)
    assert "没有缺少记录" in desk.at("restore", kept)
    desk.fix("三.txt")
    assert "完好" in desk.at("fsck")


def test_a_lost_log_is_closed_and_followed_by_another(desk: Desk) -> None:
    assert "从未经过见证" in desk.at("close", "--reason", "存储损坏", code=1)
    log = Witnessing(desk.log)
    assert len(log.step(1_790_000_000).published) == 2
    log.close()
    assert not (desk.home / "seal" / f"{OFFICE}-2").exists()
    said = json.loads(desk.at("close", "--reason", "存储损坏", "--json"))
    assert (
        said["origin"].endswith(f"{OFFICE}-2")
        and Path(said["folder"]).name == f"{OFFICE}-2"
        and set(said["keys"]) == {"sha256", "sm3"}
    )
    assert said == json.loads(desk.at("close", "--reason", "存储损坏", "--json", "--office", OFFICE))
    assert (desk.log / "closed").read_bytes().startswith(b"jianwei/log-closed/v1\n")
