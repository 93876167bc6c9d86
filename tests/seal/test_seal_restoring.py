"""A restored backup is filled up with exactly what was witnessed, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import NAMES, Neighbour, Office, grow

from jianwei.seal import note
from jianwei.seal.copying import CopiedTree, Fetch, NotThere, NotTheSameLog, catch_up, from_folder
from jianwei.seal.disk import Folder, LogBusy
from jianwei.seal.fsck import examine
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.mirror import Mirror
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.restoring import restore
from jianwei.seal.witnessing.rounds import Witnessing

SUITES = ("sha256", "sm3")


class Story:
    """A log of 300 entries that was witnessed at 5, 290 and 300, and the backup of its folder made at 5."""

    def __init__(self, place: Path) -> None:
        self.office = Office(place)
        self.path, self.backup = self.office.path, place / "backup"
        self.neighbours = [Neighbour(place / name) for name in NAMES]
        self.office.joined({name: each.url for name, each in zip(NAMES, self.neighbours, strict=True)})
        log = Witnessing(self.path, 3)
        for size in (5, 290, 300):
            grow(self.path, size)
            assert len(log.step(NOW + size).published) == 2
            if size == 5:
                shutil.copytree(self.path, self.backup)
        log.close()

    def files(self, path: Path) -> dict[str, bytes]:
        """Those that have content; the lock has none."""
        files = {
            each.relative_to(path).as_posix(): each.read_bytes() for each in (path / "log").rglob("*") if each.is_file()
        }
        return {name: content for name, content in files.items() if content}

    def examined(self, path: Path) -> list[object]:
        office = LogFolder(path)
        keys = [(TREES[suite], office.checkpoint(suite), office.verifier(suite)) for suite in SUITES]
        return list(examine(Folder(office.log), keys))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    story = Story(tmp_path_factory.mktemp("story"))
    yield story
    for each in story.neighbours:
        each.stop()


@pytest.fixture
def lost(told: Story, tmp_path: Path) -> Path:
    """The backup as it was put back."""
    shutil.copytree(told.backup, tmp_path / "office")
    return tmp_path / "office"


def test_a_backup_is_filled_up_from_another_copy_and_goes_on(told: Story, lost: Path) -> None:
    log = Witnessing(lost, 3)
    with pytest.raises(Forked, match="jianwei seal restore"):
        log.startup_check(NOW)
    log.close()
    assert restore(lost, from_folder(told.path), NOW, 3) == range(5, 300)
    assert told.examined(lost) == []
    assert told.files(lost) == told.files(told.path)
    log = Witnessing(lost, 3)
    assert log.startup_check(NOW) == {}
    grow(lost, 310)
    assert [tree for tree, _ in log.step(NOW + 400).published] == ["sha256", "sm3"]
    log.close()
    untouched = (lost / "log/checkpoint").stat().st_mtime_ns
    assert restore(lost, from_folder(lost), NOW, 3) == range(310, 310)
    assert (lost / "log/checkpoint").stat().st_mtime_ns == untouched
    shutil.rmtree(told.path)  # the true copy is now behind, too
    shutil.copytree(lost, told.path)


def refused(told: Story, lost: Path, fetch: Fetch, problem: str, error: type[Exception] = NotTheSameLog) -> None:
    before = told.files(lost)
    with pytest.raises(error, match=problem):
        restore(lost, fetch, NOW, 3)
    assert told.files(lost) == before and told.examined(lost) == []


def test_a_mirror_that_ends_before_what_was_witnessed_is_refused(told: Story, lost: Path, tmp_path: Path) -> None:
    shutil.copytree(told.backup, tmp_path / "shorter")
    grow(tmp_path / "shorter", 290)
    refused(told, lost, from_folder(tmp_path / "shorter"), "仍不完整")


def test_a_mirror_of_another_history_is_refused(told: Story, lost: Path, tmp_path: Path) -> None:
    """Signed by the true key throughout."""
    shutil.copytree(told.backup, tmp_path / "other")
    grow(tmp_path / "other", 400, history=3)
    refused(told, lost, from_folder(tmp_path / "other"), "见证的第 .* 条处的根不一致")


def changed(fetch: Fetch, path: str, change: object) -> Fetch:
    def get(place: str) -> bytes:
        content = fetch(place)
        return change(content) if place == path else content  # type: ignore[operator]

    return get


def test_entries_altered_on_the_way_are_refused(told: Story, lost: Path) -> None:
    true = from_folder(told.path)
    for path, change, problem, error in (
        (
            "tile/entries/000",
            lambda raw: raw[:500] + bytes((raw[500] ^ 1,)) + raw[501:],
            "与其签名的根不一致",
            NotTheSameLog,
        ),
        ("tile/entries/000", lambda raw: raw[:-1], "内容不是存证记录", NotThere),
        ("tile/entries/000", lambda raw: b"\0\x4d" + raw[2:], "内容不是存证记录", NotThere),
        ("checkpoint", lambda raw: raw.replace(b"\n3", b"\n4", 1), "签名验证不通过", Exception),
        ("sm/checkpoint", lambda raw: true("checkpoint"), "没有一个已知密钥", Exception),
    ):
        refused(told, lost, changed(true, path, change), problem, error)


def test_what_is_different_and_not_missing_is_never_filled_up(told: Story, lost: Path) -> None:
    grow(lost, 320, history=4)
    refused(told, lost, from_folder(told.path), "这不是缺少记录")


def test_a_log_that_is_being_written_is_not_filled_up(told: Story, lost: Path) -> None:
    writer = Folder(lost / "log")
    writer.lock()
    with pytest.raises(LogBusy):
        restore(lost, from_folder(told.path), NOW, 3)
    writer.close()


def test_a_copy_kept_by_others_shows_the_same(told: Story, tmp_path: Path) -> None:
    """The police copy the log for themselves, with public keys alone, and again when it has grown."""
    keys = [told.office.folder.verifier(suite) for suite in SUITES]
    trees = [
        CopiedTree(TREES["sha256"], keys[0].name, lambda _: keys[:1], "checkpoint"),
        CopiedTree(TREES["sm3"], keys[1].name, lambda _: keys[1:], "checkpoint.sm", "sm/"),
    ]
    disk = Folder(tmp_path / "copy/log")
    disk.lock()
    assert catch_up(disk, trees, from_folder(told.backup)) == range(5)
    added = catch_up(disk, trees, from_folder(told.path))
    assert added.start == 5 and added.stop >= 300
    ours, theirs = Mirror(lambda: {"a": told.path}), Mirror(lambda: {"a": tmp_path / "copy"})
    for path in ("a/tile/entries/000", "a/sm/tile/0/001.p/44", "a/tile/1/000.p/1"):
        assert theirs.get(path) == ours.get(path) and theirs.get(path).status == 200
    kept = theirs.get("a/checkpoint")
    shutil.copytree(told.backup, tmp_path / "rewritten")
    grow(tmp_path / "rewritten", 400, history=5)  # the operator cut the log and signed another continuation: attack 21
    for source, problem in ((told.backup, "少于本机"), (tmp_path / "rewritten", "与其签名的根不一致")):
        with pytest.raises(NotTheSameLog, match=problem) as found:
            catch_up(disk, trees, from_folder(source))
        assert [note.check(each, [key])[0][0] for each, key in zip(found.value.shown, keys, strict=True)] == keys
        assert theirs.get("a/checkpoint") == kept
    disk.close()


def test_a_head_that_was_read_too_early_is_made_up_for(told: Story, tmp_path: Path) -> None:
    """The log grew between the two: the next time no entry is new, and yet one head is."""
    keys = [told.office.folder.verifier(suite) for suite in SUITES]
    trees = [
        CopiedTree(TREES["sha256"], keys[0].name, lambda _: keys[:1], "checkpoint"),
        CopiedTree(TREES["sm3"], keys[1].name, lambda _: keys[1:], "checkpoint.sm", "sm/"),
    ]
    earlier, now = from_folder(told.backup), from_folder(told.path)
    disk = Folder(tmp_path / "copy/log")
    disk.lock()
    catch_up(disk, trees, lambda path: earlier(path) if path == "checkpoint" else now(path))
    assert disk.read("checkpoint", 0, 1000).split(b"\n")[1] == b"5"
    size = catch_up(disk, trees, now).stop
    assert [disk.read(each.checkpoint, 0, 1000).split(b"\n")[1] for each in trees] == [b"%d" % size] * 2
    disk.close()
