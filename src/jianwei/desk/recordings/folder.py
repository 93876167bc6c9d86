"""The drop folder of an office: what lies in it, opened without following links, and moved away when it is in the log.

``<home>/recordings/<office code>/`` and the folders in it, one for each device. ``已存证`` in each takes what is done.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from jianwei.desk.people.models import Office
from jianwei.desk.recordings import formats, sidecar
from jianwei.desk.recordings.errors import Changing, Left

DONE = "已存证"
NOT_YET, REMARK = ".未存证.txt", ".说明.txt"
_SIGNED = "见微：\n"
"""What a note of ours begins with: nothing else is ever removed."""
_LONGEST_BYTES = 255


@dataclass(frozen=True)
class Found:
    """One file as it lay there. ``looks`` changes with it and with what is said of it."""

    path: Path
    place: Path
    top: Path
    looks: str
    size: int | None

    @property
    def key(self) -> str:
        """Names it in the tables: also a name that is no text."""
        return hashlib.sha256(os.fsencode(self.path.relative_to(self.top))).hexdigest()

    @property
    def shown(self) -> str:
        """Its name with every hidden sign written out."""
        return shown(self.path.name)


def shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else f"‹{ord(sign):04X}›" for sign in name)[:300]


def root(office: Office) -> Path:
    return Path(settings.JIANWEI_HOME) / "recordings" / office.code


def places(top: Path) -> list[Path]:
    """The folder of an office, and those of its devices; links are not followed."""
    inside = (Path(one.path) for one in _entries(top) if one.is_dir(follow_symlinks=False) and _is_place(one.name))
    return [top, *sorted(inside)]


def _is_place(name: str) -> bool:
    return name != DONE and not name.startswith(".")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def files(top: Path, place: Path) -> Iterator[Found]:
    """Everything in a place that is, or might be, a recording; in order of names."""
    about = _looks(place / sidecar.DEVICE) + _looks(top / sidecar.DEVICE)
    for entry in sorted(_entries(place), key=lambda one: one.name):
        if _passed_over(top, place, entry):
            continue
        path = Path(entry.path)
        looks, size = _looks(path), None
        with suppress(OSError):
            size = entry.stat(follow_symlinks=False).st_size
        yield Found(path, place, top, f"{looks}{_looks(said_of(path))}{about}"[:200], size)


def _passed_over(top: Path, place: Path, entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if formats.ignored(name) or name == DONE or name.endswith((NOT_YET, REMARK)) or name == sidecar.DEVICE:
        return True
    if name.endswith(sidecar.ENDING):  # it belongs to the file that it names
        return os.path.lexists(place / name.removesuffix(sidecar.ENDING))
    return place == top and entry.is_dir(follow_symlinks=False)


def said_of(path: Path) -> Path:
    """The sidecar of a file."""
    return path.with_name(path.name + sidecar.ENDING)


def _looks(path: Path) -> str:
    """Size and time of change, so that another content looks other; "" for nothing."""
    try:
        state = path.lstat()
    except OSError:
        return ""
    return f"{state.st_size}@{state.st_mtime_ns};"


@contextmanager
def opened(one: Found) -> Iterator[BinaryIO]:
    """The file itself, for as long as it does not change. Raise ``Left`` with why it cannot be taken, and ``Changing``."""
    _sound_name(one)
    with _plain(one.path) as file:
        before = os.fstat(file.fileno())
        if f"{before.st_size}@{before.st_mtime_ns};" != _looks(one.path):
            raise Changing
        if not before.st_size:
            raise Left("文件是空的，没有内容可以存入。请在设备上重新导出。")
        yield file
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Changing


def _sound_name(one: Found) -> None:
    if not one.path.name.isprintable():
        raise Left(f"文件名里有看不见的、改变文字方向的或者不能显示的字符，显示为“{one.shown}”。请改名后再放入。"[:400])
    if one.path.name.endswith(sidecar.ENDING):
        raise Left("没有与它同名的录音录像文件。录音录像已经存证的，请在工作台上归入事项。")
    if one.path.is_dir() and not one.path.is_symlink():
        raise Left("设备的文件夹里不能再有文件夹，其中的文件没有存入。请把文件直接放在设备的文件夹里。")
    if not one.path.is_symlink() and not formats.media_type(one.path.name):
        raise Left("从文件名的结尾看不是录音录像，没有存入。要固证的其他材料，请在工作台上固证。")


@contextmanager
def _plain(path: Path) -> Iterator[BinaryIO]:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            raise Left("这是一个链接，不是文件本身。请放入文件本身。") from problem
        if problem.errno == errno.ENOENT:
            raise Changing from problem
        raise Left(f"文件不能读取（{problem.strerror}）。请检查文件的权限和存储设备。") from problem
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Left("这不是普通文件，没有存入。")
        yield file


def words(path: Path) -> bytes | None:
    """What a sidecar holds, one byte more than is allowed at most; None where there is none. Raise ``Left``."""
    if not os.path.lexists(path):
        return None
    with _plain(path) as file:
        return file.read(sidecar.MOST_BYTES + 1)


def place_for(one: Found) -> Path:
    """Where a file is to be put away: a name that nothing has yet. Raise ``OSError``."""
    done = one.place / DONE
    done.mkdir(exist_ok=True)
    if done.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, f"“{DONE}”是一个链接", str(done))
    return _free(done, one.path.name, with_sidecar=os.path.lexists(said_of(one.path)))


def put_away(one: Found, target: Path, remark: str) -> None:
    """Move a file and its sidecar, and lay a remark beside where there is one. Raise ``OSError``.

    The sidecar goes first: after a crash the file is still there to be moved.
    """
    _moved_with_it(one, target)
    one.path.rename(target)
    if remark:
        note(target, REMARK, remark)


def _moved_with_it(one: Found, target: Path) -> None:
    beside = said_of(one.path)
    if os.path.lexists(beside):
        beside.rename(said_of(target))


def _free(folder: Path, name: str, *, with_sidecar: bool) -> Path:
    """A name in ``folder`` that nothing has yet; nor its sidecar, where one is still to come: else it went there already."""
    stem, dot, ending = name.rpartition(".")
    for number in range(1, 10_000):
        tail = f"{'' if number == 1 else f' ({number})'}{dot}{ending}"
        room = _LONGEST_BYTES - len((tail + sidecar.ENDING).encode())
        free = folder / (stem.encode()[:room].decode(errors="ignore") + tail)
        if not os.path.lexists(free) and not (with_sidecar and os.path.lexists(said_of(free))):
            return free
    raise FileExistsError(errno.EEXIST, "同名文件过多", name)


def note(path: Path, ending: str, says: str) -> None:
    """Lay a sentence beside a file. A folder that takes none is said on the page alone."""
    beside = path.with_name(shown(path.name) + ending)
    text = _SIGNED + says + "\n"
    with suppress(OSError, UnicodeError):
        if not beside.is_symlink() and (not beside.exists() or beside.read_text("utf-8").startswith(_SIGNED)):
            beside.write_text(text, encoding="utf-8")


def clear_notes(place: Path, still: set[str]) -> None:
    """Remove the notes beside files that are in order or gone; ``still`` are the shown names of those that are not."""
    for entry in _entries(place):
        if entry.name.endswith(NOT_YET) and entry.name.removesuffix(NOT_YET) not in still:
            path = Path(entry.path)
            with suppress(OSError, UnicodeError):
                if not path.is_symlink() and path.read_text("utf-8").startswith(_SIGNED):
                    path.unlink()


def remove(office: Office, kept: str) -> None:
    """Remove a file that was put away, what was said of it and what we said of it."""
    path = root(office) / kept
    for each in (path, said_of(path), path.with_name(path.name + REMARK)):
        with suppress(FileNotFoundError):
            each.unlink()
