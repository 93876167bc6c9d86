"""Records get into the log once each, whenever and however often the writer is killed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_offices import NOW, drain, filled, found, material, put

from jianwei.seal.disk import LogBusy
from jianwei.seal.leaf import LEAF_SIZE
from jianwei.seal.writer import LogBehind, VaultBehind, Writer


class Killed(BaseException):
    pass


def test_records_come_in_the_order_of_their_arrival(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 5)
    assert [each.index for each in log.entries()] == [0, 1, 2, 3, 4]
    assert [each.fixed_at for each in log.entries()] == [NOW] * 5


def test_there_is_one_writer(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    with log.writer(NOW), pytest.raises(LogBusy), log.writer(NOW):
        pass
    with log.writer(NOW):
        pass


def test_leaves_a_killed_writer_left_unmarked_are_matched_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = filled(tmp_path / "log", 3)
    for number in range(10, 14):
        put(log, material(number))

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed), log.writer(NOW) as writer:
        patched.setattr(Writer, "_mark", killed)
        writer.drain(NOW)
    put(log, material(20))
    assert [each.index for each in log.entries()][3:] == [None] * 5
    assert drain(log) == 1
    assert [each.index for each in log.entries()] == list(range(8))
    assert not list(log.check())


def test_a_log_older_than_its_vault_is_not_written(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 3)
    shutil.copytree(log.folder.log, tmp_path / "copy")
    put(log, material(5))
    drain(log)
    shutil.rmtree(log.folder.log)
    (tmp_path / "copy").rename(log.folder.log)
    put(log, material(6))
    with pytest.raises(LogBehind), log.writer(NOW):
        pass
    assert any("没有这一条" in each.problem for each in log.check())
    assert (log.folder.log / "leaves").stat().st_size == 3 * LEAF_SIZE


def test_a_vault_older_than_its_log_is_not_written_over(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 3)
    log.close()
    shutil.copy(tmp_path / "log/secrets.db", tmp_path / "copy")
    put(log, material(5))
    drain(log)
    log.close()
    shutil.copy(tmp_path / "copy", tmp_path / "log/secrets.db")
    with pytest.raises(VaultBehind, match="第 3 条"), log.writer(NOW):
        pass
    assert any("第 3 条在保密库中没有记录" in each.problem for each in log.check())
