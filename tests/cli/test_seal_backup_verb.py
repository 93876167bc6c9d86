"""`jianwei seal backup` and `restore` as an administrator uses them after a disk is gone; and writing by hand while witnesses are silent."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from jianwei import cli

OFFICE = "110105"


class Admin:
    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.place, self._capsys = place, capsys
        self.log = place / "home/seal" / OFFICE

    def says(self, *words: object, code: int = 0) -> str:
        assert cli.main(["seal", *map(str, words), "--home", str(self.place / "home")]) == code
        told = self._capsys.readouterr()
        return told.err if code == 1 else told.out

    def told(self, *words: object, code: int = 0) -> Any:
        assert cli.main(["seal", *map(str, words), "--home", str(self.place / "home"), "--json"]) == code
        return json.loads(self._capsys.readouterr().out)

    def fix(self, name: str) -> Any:
        file = self.place / name
        file.write_text(name)
        return self.told("fix", file)[0]


@pytest.fixture
def admin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    admin = Admin(tmp_path, capsys)
    keys = admin.told("init", "--office", OFFICE)["keys"]
    for suite, policy in (("sha256", "policy.txt"), ("sm3", "policy-sm.txt")):
        (admin.log / policy).write_text(f"log {keys[suite]}\nquorum none\n")
    return admin


def test_a_log_is_backed_up_lost_and_put_back(admin: Admin) -> None:
    first = admin.fix("一.txt")
    backup, keys = admin.place / "backup", admin.place / "keys"
    assert "不含密钥" in admin.says("backup", backup)
    second = admin.fix("二.txt")
    assert admin.told("backup", backup)["size"] == 2
    shutil.copytree(admin.log / "keys", keys)
    shutil.rmtree(admin.log)
    assert "--keys" in admin.says("restore", backup, code=1)
    assert "没有可经网络询问的见证方" in admin.says("restore", backup, "--keys", keys)
    assert "完好" in admin.says("fsck")
    assert [each["name"] for each in admin.told("status", first["id"], second["id"])] == ["一.txt", "二.txt"]
    assert admin.fix("三.txt")["index"] == 2


def test_what_is_found_wrong_after_putting_back_is_said(admin: Admin) -> None:
    admin.fix("一.txt")
    backup = admin.place / "backup"
    admin.says("backup", backup, "--with-keys")
    [original] = (backup / "originals").glob("??/*")
    original.write_bytes(original.read_bytes()[:-1])
    shutil.rmtree(admin.log)
    told = admin.told("restore", backup, code=1)
    assert len(told["findings"]) == 1 and "原件" in told["findings"][0]


def test_a_record_fixed_by_hand_waits_while_no_witness_answers(
    admin: Admin, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = [word for each in admin.told("keys") for word in ("--log", each["vkey"])]
    assert cli.main(["seal", "witness", str(admin.place / "w"), "--new", "ga.example/w", *keys, "--json"]) == 0
    vkeys = json.loads(capsys.readouterr().out)["keys"]
    assert "尚未写入日志" in admin.says("policy", "--witness", "公安局", *vkeys, "http://127.0.0.1:1")
    fixed = admin.fix("一.txt")
    assert (fixed["index"], fixed["state"]) == (None, "received")
    assert admin.told("status")["sizes"] == {"sha256": 0, "sm3": 0}


def test_to_write_without_witnesses_needs_a_name(admin: Admin) -> None:
    assert "--by" in admin.says("run", "--unconfirmed", "断网", code=1)
