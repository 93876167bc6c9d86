"""`jianwei seal` as an office, a witness and an outsider call it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jianwei import cli
from jianwei.seal.verifier import verify

Seal = Callable[..., object]


@pytest.fixture
def seal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Seal:
    """Run an action on the log in ``tmp_path``; what it printed as JSON. ``code``: how it must end."""

    def run(action: str, *words: object, code: int = 0) -> object:
        given = [str(word) for word in words]
        assert cli.main(["seal", action, *given, "--home", str(tmp_path / "home"), "--json"]) == code
        printed = capsys.readouterr().out
        return json.loads(printed) if printed else None

    return run


@pytest.fixture
def office(seal: Seal) -> dict[str, str]:
    """By suite the public keys of a new log."""
    made = seal("init", "--office", "110105", "--domain", "bj.example")
    assert isinstance(made, dict)
    return dict(made["keys"])


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = []
    for name, content in (("讯问笔录.pdf", b"%PDF"), ("监控.mp4", bytes(3_000_000))):
        (tmp_path / name).write_bytes(content)
        found.append(tmp_path / name)
    return found


def witness(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, keys: dict[str, str]) -> list[str]:
    words = [word for vkey in keys.values() for word in ("--log", vkey)]
    assert cli.main(["seal", "witness", str(tmp_path / name), "--new", f"{name}.example/w", *words, "--json"]) == 0
    return list(json.loads(capsys.readouterr().out)["keys"])


def by_disc(tmp_path: Path, capsys: pytest.CaptureFixture[str], seal: Seal, names: dict[str, str]) -> None:
    for title, name in names.items():
        requests = seal("request", title, "-o", tmp_path / "disc")
        assert isinstance(requests, list)
        assert cli.main(["seal", "witness", str(tmp_path / name), "--sign", *requests, "--json"]) == 0
        seal("import", *(each["answer"] for each in json.loads(capsys.readouterr().out)))
        assert cli.main(["seal", "witness", str(tmp_path / name), "--json"]) == 0
        assert {each["size"] for each in json.loads(capsys.readouterr().out)["logs"]} == {4}


def test_from_a_new_log_to_a_bundle_that_an_outsider_verifies_by_disc_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seal: Seal, office: dict[str, str], files: list[Path]
) -> None:
    words = ["--case", "京朝检刑诉受〔2026〕1号", "--category", "电子数据", "--by", "甲某", "--by", "乙某"]
    words += ["--place", "朝阳", "--method", "扣押", "--holder", "丙某", "--witness", "丁某", "--device", "记录仪"]
    fixed = seal("fix", *files, *words, "--at", "2026-03-01T09:30")
    assert isinstance(fixed, list)
    assert [(each["index"], each["name"], each["state"]) for each in fixed] == [
        (0, "讯问笔录.pdf", "fixed"),
        (1, "监控.mp4", "fixed"),
    ]
    parties = {"公安局": "police", "法院": "court"}
    for action in ("proof", "bundle"):
        refused = seal(action, fixed[0]["id"], code=1)
        assert isinstance(refused, dict)
        assert refused["error"] == "NotYetWitnessed"
    appointed = [
        word
        for title, name in parties.items()
        for word in ("--witness", title, *witness(tmp_path, capsys, name, office))
    ]
    policies = seal("policy", *appointed)
    assert isinstance(policies, list)
    by_disc(tmp_path, capsys, seal, parties)
    [bundle] = seal("bundle", fixed[1]["id"], "-o", tmp_path / "a.evb")  # type: ignore[misc]
    assert bundle["bytes"] > 3_000_000
    given = [
        word
        for suite, each in zip(("--policy", "--policy-sm"), policies, strict=True)
        for word in (suite, each["file"])
    ]
    verdict = seal("verify", tmp_path / "a.evb", *given)
    alone = [sys.executable, verify.__file__, str(tmp_path / "a.evb"), *given, "--json"]
    said = json.loads(subprocess.run(alone, capture_output=True, text=True, check=True).stdout)
    assert isinstance(verdict, dict)
    assert (verdict["ok"], verdict["facts"]) == (True, said["facts"])
    assert verdict["facts"]["manifest"]["collected"]["by"] == ["甲某", "乙某"]
    asked = seal("verify", tmp_path / "a.evb", *given, "--tsa-roots", given[1], code=1)
    assert isinstance(asked, dict)
    assert (asked["step"], asked["facts"]) == ("token", {})
    again = seal("import", *(tmp_path / "disc").glob("*.tlcos"))
    assert isinstance(again, list)
    assert all(each["published"] for each in again)
    status = seal("status", fixed[1]["id"])
    assert isinstance(status, list)
    assert status[0]["state"] == "witnessed"
    with (tmp_path / "a.evb").open("r+b") as changed:
        changed.seek(2_000_000)
        changed.write(b"x")
    verdict = seal("verify", tmp_path / "a.evb", *given, code=1)
    assert isinstance(verdict, dict)
    assert verdict["step"] in ("zip", "original")


def test_a_log_that_went_back_is_not_written_by_hand_either(
    tmp_path: Path,
    seal: Seal,
    office: dict[str, str],
    files: list[Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    keys = witness(tmp_path, capsys, "court", office)
    seal("policy", "--witness", "法院", *keys)
    folder, copy = tmp_path / "home/seal/110105", tmp_path / "copy"
    shutil.copytree(folder, copy)
    seal("fix", *files)
    by_disc(tmp_path, capsys, seal, {"法院": "court"})
    for name in ("log", "originals"):
        shutil.rmtree(folder / name)
    for name in ("secrets.db-wal", "secrets.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copytree(copy / "log", folder / "log")
    shutil.copytree(copy / "originals", folder / "originals")
    shutil.copy(copy / "secrets.db", folder / "secrets.db")
    before = (folder / "log/checkpoint").read_bytes()
    (tmp_path / "another.txt").write_text("另一份")
    assert cli.main(["seal", "fix", str(tmp_path / "another.txt"), "--home", str(tmp_path / "home")]) != 0
    assert "分叉" in capsys.readouterr().err
    assert (folder / "log/checkpoint").read_bytes() == before


def test_what_is_erased_is_gone_and_the_log_is_whole(seal: Seal, office: dict[str, str], files: list[Path]) -> None:
    [fixed] = seal("fix", files[0])  # type: ignore[misc]
    order = ["--order", "京朝检封〔2026〕1号", "--reason", "犯罪记录封存", "--by", "甲某"]
    assert seal("erase", fixed["id"], *order, code=1)["error"] == "NotConfirmed"  # type: ignore[index]
    done = seal("erase", fixed["id"], *order, "--yes")
    assert isinstance(done, dict)
    assert (done["index"], done["scrubbed"]) == (1, True)
    assert seal("bundle", fixed["id"], code=1)["error"] == "Erased"  # type: ignore[index]
    assert seal("fsck") == {"ok": True, "sizes": {"sha256": 2, "sm3": 2}, "findings": []}


def test_a_correction_names_what_it_corrects_and_fsck_names_what_is_changed(
    tmp_path: Path, seal: Seal, office: dict[str, str], files: list[Path]
) -> None:
    [fixed] = seal("fix", files[0])  # type: ignore[misc]
    corrected = seal("correct", fixed["id"], "--note", "页码有误")
    assert isinstance(corrected, dict)
    assert corrected["index"] == 1
    [original] = (tmp_path / "home/seal/110105/originals").glob("??/*")
    original.write_bytes(original.read_bytes()[:-1])
    found = seal("fsck", code=1)
    assert isinstance(found, dict)
    assert [each["entry"] for each in found["findings"]] == [fixed["id"]]


def test_the_same_file_twice_is_one_record(seal: Seal, office: dict[str, str], files: list[Path]) -> None:
    words = ["--case", "1号", "--at", "2026-03-01T09:30"]
    assert seal("fix", files[0], *words) == seal("fix", files[0], *words)
    assert seal("status")["sizes"] == {"sha256": 1, "sm3": 1}  # type: ignore[index]


def test_a_key_is_changed_while_both_sign(seal: Seal, office: dict[str, str], files: list[Path]) -> None:
    assert seal("keys", "--begin", "sha256", code=1)["error"] == "ReasonMissing"  # type: ignore[index]
    both = seal("keys", "--begin", "sha256", "--reason", "到期")
    assert isinstance(both, list)
    assert [each["suite"] for each in both] == ["sha256", "sha256", "sm3"]
    seal("fix", files[0])
    alone = seal("keys", "--finish", "sha256", "--reason", "到期")
    assert isinstance(alone, list)
    assert alone[0]["vkey"] == both[1]["vkey"]
    seal("fix", files[1])
    assert seal("fsck")["ok"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fix", "没有的文件"], "没有这个文件"),
        (["status", "01HF7YAT007SW7BYXPE44VSN4F"], "没有编号为"),
        (["verify", "没有的.evb"], "没有这个文件"),
        (["anchor"], "没有配置 anchor"),
        (["import", "没有的.tlcos"], "没有这个文件"),
        (["request", "检察院"], "没有见证方"),
        (["policy", "--witness", "公安局"], "--witness 应为"),
        (["init", "--office", "110105"], "已有存证日志"),
        (["init", "--office", "110106", "--suites", "md5"], "sha256"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    words: list[str], said: str, tmp_path: Path, office: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["seal", *words, "--home", str(tmp_path / "home")]) == 1
    assert said in capsys.readouterr().err


def test_which_log_is_meant_must_be_clear(tmp_path: Path, seal: Seal, capsys: pytest.CaptureFixture[str]) -> None:
    assert seal("status", code=1)["error"] == "NoSuchLog"  # type: ignore[index]
    for office in ("110105", "110106"):
        seal("init", "--office", office, "--suites", "sha256")
    assert "110105、110106" in seal("status", code=1)["message"]  # type: ignore[index]
    assert seal("status", "--office", "110106")["office"] == "110106"  # type: ignore[index]
    assert "110107" in seal("status", "--office", "110107", code=1)["message"]  # type: ignore[index]


def test_a_locked_log_is_waited_for_and_then_named(
    tmp_path: Path, seal: Seal, office: dict[str, str], files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianwei.seal.evidence_log import EvidenceLog
    from jianwei.verbs.seal import _log

    monkeypatch.setattr(_log, "FIXED_SECONDS", 0.2)
    with EvidenceLog.open(tmp_path / "home/seal/110105") as log, log.writer(0):
        assert seal("fix", files[0], code=1)["error"] == "NotFixed"  # type: ignore[index]
    assert seal("fix", files[1])[0]["index"] == 1  # type: ignore[index]


def test_the_service_takes_what_others_put_in_and_ends_with_its_holder(
    tmp_path: Path, seal: Seal, office: dict[str, str], files: list[Path]
) -> None:
    words = [sys.executable, "-m", "jianwei.cli", "seal", "run", "--attached", "--home", str(tmp_path / "home")]
    service = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert service.stdin
    assert service.stdout
    assert "存证服务已启动" in service.stdout.readline()
    assert [each["index"] for each in seal("fix", *files)] == [0, 1]  # type: ignore[attr-defined]
    assert seal("status")["service"]["state"] == "running"  # type: ignore[index]
    service.stdin.close()
    assert service.wait(timeout=30) == 0
    service.stdout.close()
    assert seal("status")["service"]["state"] == "stopped"  # type: ignore[index]


def test_every_action_has_a_chinese_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["seal", "--help"])
    listed = capsys.readouterr().out
    for action in ("init", "fix", "status", "proof", "bundle", "verify", "witness", "fsck", "erase", "anchor", "run"):
        assert f"  {action} " in listed
        with pytest.raises(SystemExit):
            cli.main(["seal", action, "--help"])
        assert "用法" in capsys.readouterr().out
