"""A full disk refuses cleanly: nothing acknowledged is lost, nothing is broken, and with room again all goes on."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_offices import chance, drain, found, material, put

from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import PIECE
from jianwei.seal.vault.room import NoRoom


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """16 MB in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("不能挂载小磁盘（需要 root）")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take all the room there is."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def whole(log: EvidenceLog, acknowledged: list[str]) -> None:
    drain(log)
    assert all(log.entry(each).index is not None for each in acknowledged)
    assert not list(log.check())


def test_uploads_until_the_disk_is_full(small_disk: Path) -> None:
    log = found(small_disk / "log")
    acknowledged: list[str] = []
    with pytest.raises(NoRoom):
        for number in range(100):
            acknowledged.append(put(log, material(number), chance(number)(PIECE // 2 * (number % 3 + 1))).id)
    assert acknowledged
    drafts = list((small_disk / "log/originals/drafts").iterdir())
    assert drafts == []
    whole(log, acknowledged)
    log.close()


def test_a_disk_that_is_full_to_the_last_byte(small_disk: Path) -> None:
    """Neither a record nor the log can be written; with room again, nothing is missing."""
    log = found(small_disk / "log")
    acknowledged = [put(log, material(number)).id for number in range(20)]
    drain(log)
    waiting = [put(log, material(number)).id for number in range(20, 400)]
    filler = fill(small_disk)
    for number in range(400, 430):
        with pytest.raises(NoRoom):
            put(log, material(number), bytes(PIECE))
    try:
        for number in range(500, 600):
            record = replace(material(number), kind=Kind.VERIFICATION, name=None, note="长" * 1000)
            acknowledged.append(put(log, record).id)
    except NoRoom:
        pass
    with pytest.raises((OSError, NoRoom)):
        for _ in range(3):
            drain(log)
    filler.unlink()
    whole(log, acknowledged + waiting)
    assert put(log, material(999), bytes(PIECE)).has_original
    whole(log, acknowledged + waiting)
    log.close()


def test_a_commit_cut_off_by_a_full_disk_is_made_again(small_disk: Path) -> None:
    """The log's own folder runs out while many wait: the writer stops, and a new one puts each in once."""
    log = found(small_disk / "log")
    waiting = [put(log, material(number)).id for number in range(700)]
    filler = small_disk / "filler"
    room = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(room - 60_000))
    with pytest.raises((OSError, NoRoom)):
        drain(log)
    with pytest.raises((OSError, NoRoom)):
        drain(log)
    filler.unlink()
    whole(log, waiting)
    assert sorted(log.entry(each).index or 0 for each in waiting) == list(range(700))
    log.close()


def test_a_file_beyond_the_largest_allowed_is_refused_like_a_full_disk(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        f"sys.path[:0] = {[str(Path(__file__).parent)]!r}\n"
        "from pathlib import Path\n"
        "from small_offices import filled, material, put\n"
        "from jianwei.seal.vault.room import NoRoom\n"
        f"log = filled(Path({str(tmp_path / 'log')!r}), 1)\n"
        "try:\n    put(log, material(7), bytes(4 << 20))\nexcept NoRoom as problem:\n    print(problem.status)\n"
        "assert put(log, material(8)).has_original\n"
    )

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, 2 << 20))

    run = subprocess.run(
        [sys.executable, "-c", program], preexec_fn=limited, capture_output=True, text=True, check=True
    )
    assert run.stdout == "507\n"
    with EvidenceLog.open(tmp_path / "log") as log:
        whole(log, [each.id for each in log.entries()])
        assert len(log.entries()) == 2
