"""A recording that is being made in a browser: its parts come while it runs; when it stops, the whole goes into the log.

What was received is never lost: when nothing was heard for a while, the worker puts what there is into the log as a
broken recording, and keeps the file for a page that comes back. What the page completes then is a recording of its own.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger
from jianwei.desk.evidence.errors import Conflict, NotFound, Refused, TooLarge
from jianwei.desk.evidence.receiving import Receiving, Source, compare
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import label
from jianwei.desk.recordings import keeping, purposes, queries
from jianwei.desk.recordings.errors import PartTooLarge
from jianwei.desk.recordings.forms import BeginForm
from jianwei.desk.recordings.models import Door, Recording, Session

SILENCE = dt.timedelta(minutes=2)
"""After which a recording counts as broken off (chosen: longer than a network takes to come back)."""
KEPT = dt.timedelta(hours=24)
"""How long what was broken off is kept for a page that comes back (chosen: a lid closed over night)."""
LARGEST_PART = 64 << 20
"""Bytes; a browser sends a few seconds at a time, some hundred KB."""
_ENDINGS = {"video/webm": "webm", "audio/webm": "weba", "video/mp4": "mp4", "audio/mp4": "m4a"}


def receiving(one: Session) -> Receiving:
    """The file of a session, of which ``received`` bytes count."""
    return Receiving(_folder(), one.pk, one.received)


def begin(who: Acting, matter_id: int, form: BeginForm) -> Session:
    """Begin a recording of a matter; the form must have been found valid. The server's moment is its beginning."""
    matter = matters.matter(who, matter_id)
    if matter is None:
        raise NotFound
    if not matters.writable(who, matter):
        raise Refused(f"本事项由{matter.office.name}办理，您（{label(who.role)}）可以查看，不能录制。")
    ledger.needed(matter.office)
    said = form.cleaned_data
    one = Session(
        id=ledger.new_id(who.at), office=matter.office, matter=matter, by_id=who.user.pk, at=who.at.replace(microsecond=0), heard_at=who.at,
        purpose=said["purpose"], officers=said["officers"], present=said["present"], place=said["place"],
        device=f"{said['device'] or '浏览器'}（{who.ip}）"[:200], media_type=said["media_type"],
    )  # fmt: skip
    with transaction.atomic():
        one.save(force_insert=True)
        receiving(one).begin()
        audit.record(who, "开始录音录像", kind="事项", object_id=matter.number, recording=one.pk, use=one.purpose)
    return one


def take(who: Acting, session_id: str, offset: int, length: int, source: Source) -> Session:
    """Take one part, whatever its length; one that comes again is compared. Returns how far it is.

    Raise ``NotFound``, ``Conflict``, ``PartTooLarge``, ``TooLarge`` and ``DiskFull``.
    """
    one = _own(who, session_id)
    if not 0 < length <= LARGEST_PART:
        raise PartTooLarge(LARGEST_PART)
    if offset + length > settings.JIANWEI_LARGEST_EVIDENCE:
        raise TooLarge(settings.JIANWEI_LARGEST_EVIDENCE)
    with _locked(one) as file:
        there = one.received
        if offset < there:
            if offset + length > there:
                raise Conflict(f"这一段与已收到的交叉，请从第 {there} 字节继续。")
            file.seek(offset)
            compare(file, source, length)
        elif offset > there:
            raise Conflict(f"前面的内容还没有收到，请从第 {there} 字节继续。")
        else:
            file.seek(there)
            receiving(one).write(file, source, there, length)
            one.received = there + length
        one.heard_at = who.at
        one.save(update_fields=["received", "heard_at"])
    return one


def finish(who: Acting, session_id: str, size: int, seconds: int) -> Recording | Session:
    """It has stopped, ``size`` bytes and ``seconds`` long. The recording once all of it is in the log; until then the session.

    The moment of the first call is its end. Asked again, it gives the same answer.
    """
    one = queries.session(who, session_id)
    if one is None:
        if done := queries.made_of(who, session_id):
            return done
        raise NotFound
    try:
        with _locked(one) as file:
            if one.ended_at is None:
                one.ended_at, one.size = who.at.replace(microsecond=0), size
                one.seconds = min(seconds, int((one.ended_at - one.at).total_seconds()) + 5)
                one.save(update_fields=["ended_at", "size", "seconds"])
            if not size and not one.received:
                _forget(one)
                raise Refused("没有录到任何内容，没有存入。")
            if one.size != size or one.received > size:
                raise Conflict("停止时的长度与先前所说的不一致。已收到的内容会自行存入日志。")
            if one.received < size:
                return one
            made = _into_the_log(one, file, who.at, broken=False)
            _forget(one)
    except NotFound:
        if done := queries.made_of(who, session_id):
            return done
        raise
    return made


def rescue(day: dt.date, at: dt.datetime) -> int:
    """For the background worker: put into the log what was broken off. Returns how many recordings that makes.

    One that cannot be taken now, because there is no room, stays and holds up no other; raise why when all were tried.
    """
    made, wrong = 0, list[DeskError]()
    for one in queries.silent(at - SILENCE):
        try:
            made += _rescued(one, at)
        except NotFound:  # finished by its page at this moment
            continue
        except DeskError as problem:
            wrong.append(problem)
    _sweep(at)
    if wrong:
        raise wrong[0]
    return made


def _rescued(one: Session, at: dt.datetime) -> int:
    with _locked(one) as file:
        if at - one.heard_at < SILENCE:
            return 0
        whole = one.size is not None and one.received == one.size
        new = one.received > one.fixed
        if new:
            _into_the_log(one, file, at, broken=not whole)
            Session.objects.filter(pk=one.pk).update(fixed=one.received)
        if whole or at - one.heard_at >= KEPT:
            _forget(one)
    return int(new)


def _into_the_log(one: Session, file: BinaryIO, at: dt.datetime, *, broken: bool) -> Recording:
    """What was received so far; what a killed server wrote beyond it does not count. What the log is told depends on the session alone, so that a second try says the same."""
    file.truncate(one.received)
    file.flush()
    os.fsync(file.fileno())
    known = receiving(one).digests_of(file)
    file.seek(0)
    ended_at = one.ended_at if one.ended_at and not broken else one.heard_at.replace(microsecond=0)
    before = queries.broken_off(one.pk, besides=known.sha256 if broken else "")
    seconds = one.seconds if one.seconds is not None and not broken else int((ended_at - one.at).total_seconds())
    warnings = [few] if (few := purposes.too_few(one.purpose, one.officers)) else []
    if broken:
        warnings.append(
            f"录制中断：最后一次收到内容是 {_clock(one.heard_at)}，此后超过 {int(SILENCE.total_seconds()) // 60} 分钟没有收到，也没有正常停止。这是已经收到的部分。"
        )
    started = timezone.localtime(one.at)
    material = keeping.material(
        known, id=ledger.new_id(at), office=one.office, matter=one.matter, source_id=Door.BROWSER, media_type=one.media_type,
        name=f"{one.purpose}录音录像 {started:%Y-%m-%d %H%M}{'（中断）' if broken else ''} {one.matter.title}"[:190] + f".{_ENDINGS[one.media_type]}",
        case_ref=str(one.matter)[:200], collected_at=one.at, place=one.place, collectors=one.officers, device=one.device,
        note=_note(one, ended_at, before), warnings=warnings, by=one.by, at=at, updated_at=at,
    )  # fmt: skip
    return keeping.keep(
        material, file, door=Door.BROWSER, purpose=one.purpose, present=one.present, ended_at=ended_at, seconds=seconds, broken=broken,
        completes=None if broken else before, session=one.pk,
    )  # fmt: skip


def _note(one: Session, ended_at: dt.datetime, before: Recording | None) -> str:
    lines = [
        f"用途：{one.purpose}",
        f"其他在场人员：{'、'.join(one.present) or '没有'}",
        f"服务器记录的开始时间 {_clock(one.at)}，结束时间 {_clock(ended_at)}",
    ]
    if before:
        lines.append(f"录制曾中断，中断前的部分先存为 {before.pk}。")
    return "\n".join(lines)[:1000]


def _clock(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def _own(who: Acting, session_id: str) -> Session:
    one = queries.session(who, session_id)
    if one is None:
        raise NotFound
    return one


@contextmanager
def _locked(one: Session) -> Iterator[BinaryIO]:
    """The file of a session for oneself alone, and the row as it is now. Raise ``NotFound`` once it is over."""
    try:
        with receiving(one).alone() as file:
            try:
                one.refresh_from_db(fields=["received", "heard_at", "size", "ended_at", "seconds", "fixed"])
            except Session.DoesNotExist as error:
                raise NotFound from error
            yield file
    except FileNotFoundError as error:
        if not Session.objects.filter(pk=one.pk).exists():
            raise NotFound from error
        raise Conflict(f"录制 {one.pk} 的文件不在服务器上了，请联系系统管理员。") from error


def _forget(one: Session) -> None:
    """The row first: a file without a row is swept away."""
    file = receiving(one)
    one.delete()
    file.discard()


def _sweep(at: dt.datetime) -> None:
    for path in _folder().glob("*.part"):
        if at.timestamp() - path.stat().st_mtime > KEPT.total_seconds() and not queries.is_running(path.stem):
            path.unlink()


def _folder() -> Path:
    return Path(settings.JIANWEI_HOME) / "recordings" / ".running"
