"""One round over the drop folders: every file that has come to rest goes into the log and is put away.

The worker may be killed at any moment: what was put into the log is found again by its content, what was put away is no
longer there. A file that cannot be taken holds up no other.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger
from jianwei.desk.evidence.errors import DiskFull
from jianwei.desk.evidence.models import Material
from jianwei.desk.evidence.receiving import RESERVE
from jianwei.desk.people.models import Office
from jianwei.desk.recordings import folder, formats, keeping, purposes, queries, sidecar
from jianwei.desk.recordings.errors import Changing, Left
from jianwei.desk.recordings.folder import Found
from jianwei.desk.recordings.models import Arrival, Door, Recording
from jianwei.desk.recordings.sidecar import Said
from jianwei.seal.vault.hashing import digests

RESTS = dt.timedelta(seconds=20)
"""How long a file must not have changed (chosen: more than a share or a stick pauses between two pieces)."""
AGAIN = dt.timedelta(minutes=5)
"""After how long a file that could not be taken is tried again unchanged (chosen: to read it again costs its length)."""
AT_ONCE, MOST = 8 << 30, 200
"""Bytes and files of one round, so that the worker's other tasks get their turn (chosen: about a minute)."""


def take(day: dt.date, at: dt.datetime) -> int:
    """For the background worker: one round over every office. Returns how many recordings went into the log."""
    made = 0
    for office in Office.objects.order_by("path"):
        top = folder.root(office)
        if ledger.has_log(office):
            top.mkdir(parents=True, exist_ok=True)
        if top.is_dir():
            made += _round(office, top, at)
    return made


def _round(office: Office, top: Path, at: dt.datetime) -> int:
    with _alone(top) as first:
        if not first:
            return 0
        known = {one.key: one for one in Arrival.objects.filter(office=office).select_related("material")}
        there, made, read = set[str](), 0, 0
        for place in folder.places(top):
            waiting = set[str]()
            for found in list(folder.files(top, place)):  # all of them before any is moved
                there.add(found.key)
                arrival = _seen(office, found, known.get(found.key), at)
                if read < AT_ONCE and made < MOST and _due(arrival, at):
                    new = _try(office, found, arrival, at)
                    made, read = made + new, read + (found.size or 0)
                if arrival.problem and arrival.pk:
                    waiting.add(found.shown)
            folder.clear_notes(place, waiting)
        for gone in known.keys() - there:
            known[gone].delete()
        return made


@contextmanager
def _alone(top: Path) -> Iterator[bool]:
    """Whether no other worker is at it."""
    with (top.parent / f".{top.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _seen(office: Office, found: Found, known: Arrival | None, at: dt.datetime) -> Arrival:
    """The row of a file as it looks now; whatever was said of it when it looked otherwise is over."""
    if known and known.looks == found.looks:
        return known
    return Arrival.objects.update_or_create(
        office=office,
        key=found.key,
        defaults={
            "name": found.shown, "looks": found.looks, "size": found.size, "since": at, "tried_at": None, "problem": "", "material": None
        },
    )[0]  # fmt: skip


def _due(arrival: Arrival, at: dt.datetime) -> bool:
    rested = at - arrival.since >= RESTS
    return rested and (arrival.tried_at is None or at - arrival.tried_at >= AGAIN)


def _try(office: Office, found: Found, arrival: Arrival, at: dt.datetime) -> int:
    """Into the log, and away. Returns 1 where a recording is new in the log."""
    made = 0
    try:
        if arrival.material is None:
            made, arrival.material = _into_the_log(office, found, at)
            arrival.save(update_fields=["material"])
        _put_away(found, arrival.material)
    except Changing:
        arrival.since = at
        arrival.save(update_fields=["since"])
    except DeskError as problem:
        _left(found, arrival, str(problem), at)
    except OSError as problem:
        why = problem.strerror or str(problem)
        done = "已经存入日志，但" if arrival.material else ""
        _left(found, arrival, f"{done}不能从导出文件夹移走（{why}）。请检查文件夹的权限。", at)
    else:
        arrival.delete()
    return made


def _left(found: Found, arrival: Arrival, says: str, at: dt.datetime) -> None:
    arrival.problem, arrival.tried_at = says[:400], at
    arrival.save(update_fields=["problem", "tried_at"])
    folder.note(found.path, folder.NOT_YET, says)


def _into_the_log(office: Office, found: Found, at: dt.datetime) -> tuple[int, Material]:
    with folder.opened(found) as file:
        ledger.needed(office)
        if shutil.disk_usage(Path(settings.JIANWEI_HOME)).free < os.fstat(file.fileno()).st_size + RESERVE:
            raise DiskFull
        said = _said(found)
        one = _material(office, found, said, file, at)
        twin = queries.same_recording(office, one.sha256, one.sm3)
        about = _about(said, one)
        recording = keeping.row(twin, **about) if twin else keeping.keep(one, _from_the_start(file), **about)
    return int(twin is None), recording.material


def _from_the_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _said(found: Found) -> Said:
    """What the office's folder, the device's and the file's own sidecar say, the nearest one last."""
    said = Said()
    for path in dict.fromkeys((found.top / sidecar.DEVICE, found.place / sidecar.DEVICE, folder.said_of(found.path))):
        try:
            said = sidecar.read(folder.words(path), path.name, said)
        except Left as problem:
            said = sidecar.besides(said, f"说明文件“{path.name}”没有采用：{problem}")
    return said


def _material(office: Office, found: Found, said: Said, file: BinaryIO, at: dt.datetime) -> Material:
    """What the log is told: nothing of it depends on when it is told, so that a second try says the same."""
    known = digests(file)
    matter = queries.matter_of(office, said.matter)
    warnings = [*said.wrong]
    if said.matter and matter is None:
        warnings.append(f"设备所写的受案号“{said.matter}”在本院没有对应的事项。")
    if few := purposes.too_few(said.purpose, said.officers) if said.officers else "":
        warnings.append(few)
    warnings += _differences(said, known.sha256, known.sm3)
    return keeping.material(
        known, id=ledger.new_id(at), office=office, matter=matter, source_id=Door.FOLDER, name=found.path.name[:200],
        media_type=formats.media_type(found.path.name), case_ref=(str(matter) if matter else said.matter)[:200],
        collected_at=said.started_at, place=said.place, collectors=list(said.officers), device=said.device or _device(found),
        device_sig=_claimed(said), note=_note(said), warnings=warnings, at=at, updated_at=at,
    )  # fmt: skip


def _device(found: Found) -> str:
    """The folder of a device names it where nothing else does."""
    return "" if found.place == found.top else found.place.name[:200]


def _differences(said: Said, sha256: str, sm3: str) -> list[str]:
    pairs = (("SHA-256", said.sha256, sha256), ("SM3", said.sm3, sm3))
    return [
        f"收到的文件与设备端给出的 {name} 不一致：设备端 {claimed}，收到的文件 {found}。收到的文件照原样存入，请从设备上重新导出并核对。"
        for name, claimed, found in pairs
        if claimed and claimed != found
    ]


def _claimed(said: Said) -> str:
    return "\n".join(f"{name} {value}" for name, value in (("SHA-256", said.sha256), ("SM3", said.sm3)) if value)


def _note(said: Said) -> str:
    lines = (
        ("用途", said.purpose),
        ("其他在场人员", "、".join(said.persons)),
        ("设备所说的结束时间", ledger.local(said.ended_at) if said.ended_at else ""),
        ("设备所附说明", said.note),
    )
    return "\n".join(f"{title}：{value}" for title, value in lines if value)[:1000]


def _about(said: Said, one: Material) -> dict[str, Any]:
    return {
        "door": Door.FOLDER, "purpose": said.purpose, "present": list(said.persons), "ended_at": said.ended_at, "seconds": said.seconds,
        "differs": bool(_differences(said, one.sha256, one.sm3)),
    }  # fmt: skip


def _put_away(found: Found, kept: Material) -> None:
    """Where it is put is written down first: a lawful deletion must find it there."""
    recording = Recording.objects.get(pk=kept.pk)
    again = any((found.top / copy).exists() for copy in recording.copies)
    target = folder.place_for(found)
    recording.copies = [*recording.copies, str(target.relative_to(found.top))]
    recording.save(update_fields=["copies"])
    folder.put_away(found, target, _remark(kept, again=again))


def _remark(kept: Material, *, again: bool) -> str:
    """What lies beside a file that is done; "" where there is nothing to say."""
    says = [f"与已存证的“{kept.name}”（{kept.pk}）内容完全相同，没有重复存入。"] if again else []
    says += kept.warnings
    if kept.matter is None:
        says.append("没有归入事项，请在工作台“录音录像”的“待处理”中归入。")
    return "\n".join([f"存证编号：{kept.pk}", *says]) if says else ""
