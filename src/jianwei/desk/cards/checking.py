"""Uploaded exports to stored findings: the files are kept, read in the limited child, checked, and written in one go."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from jianwei import cards
from jianwei.cards.sheet import LARGEST
from jianwei.desk.cards import queries
from jianwei.desk.cards.models import Check, Finding, Severity
from jianwei.desk.errors import DeskError

MOST_FILES = 2
_ONE_AT_A_TIME = threading.Lock()
"""Two exports of 50,000 rows take most of a gigabyte while they are checked."""
_PATIENCE_SECONDS = 180
_SEVERITIES = {str(label): value for value, label in Severity.choices}


class BadUpload(DeskError):
    """The files cannot be checked; ``str(error)`` says which and why."""


def folder(check_id: int) -> Path:
    """Where the files of a check are kept."""
    return Path(settings.JIANWEI_HOME) / "cards" / str(check_id)


def checked(files: Sequence[UploadedFile[Any]], as_of: dt.date) -> tuple[Path, list[str], cards.Report]:
    """Put the files into a folder of their own and check them there. The caller keeps or removes the folder.
    Raises ``BadUpload``.
    """
    if not files:
        raise BadUpload("请选择导出的案卡文件（.xlsx 或 .csv）。")
    if len(files) > MOST_FILES:
        raise BadUpload(f"一次最多核查 {MOST_FILES} 个文件：010101（审查逮捕）和 020101（一审公诉）。")
    names = [Path(file.name or "").name[:120] or f"文件{n}" for n, file in enumerate(files, 1)]
    if len(set(names)) < len(names):
        raise BadUpload("两个文件同名，请改名后再上传，以免混淆。")
    root = Path(settings.JIANWEI_HOME) / "cards"
    root.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="new-", dir=root))
    try:
        paths = _kept(files, names, place)
        if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE_SECONDS):
            raise BadUpload("服务器正在核查别的案卡，请稍后再试。")
        try:
            return place, names, cards.check(cards.read(paths, names), as_of)
        finally:
            _ONE_AT_A_TIME.release()
    except BaseException as error:
        shutil.rmtree(place, ignore_errors=True)
        if isinstance(error, cards.NoCards):
            raise BadUpload(str(error)) from error
        raise


def _kept(files: Sequence[UploadedFile[Any]], names: Sequence[str], place: Path) -> list[Path]:
    paths = []
    for number, (file, name) in enumerate(zip(files, names, strict=True)):
        if (file.size or 0) > LARGEST:
            raise BadUpload(f"“{name}”超过 {LARGEST >> 20} MB，不能核查。")
        path = place / f"{number}{Path(name).suffix.lower()}"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        paths.append(path)
    return paths


def store(check: Check, names: Sequence[str], report: cards.Report) -> None:
    """Write what a report holds under ``check``; what the office accepted before is recognised."""
    known = {(a.case_no, a.person, a.rule, a.digest): a.pk for a in queries.in_force(check.office_id)}
    once = {key[:3] for key in known}
    Finding.objects.bulk_create(
        (_row(check, number, found, known, once) for number, found in enumerate(report.findings, 1)), batch_size=500
    )
    check.files = [
        {"name": name, "code": report.files.get(name, ""), "kept": f"{n}{Path(name).suffix.lower()}"}
        for n, name in enumerate(names)
    ]
    check.rows = dict(report.rows)
    check.found = len(report.findings)
    check.excused = sum(report.excused.values())
    check.skipped = [str(skipped) for skipped in report.skipped]
    unread = [f"{ref} 有 {count} 行因单元格不能识别而未检查。" for ref, count in sorted(report.unread.items())]
    check.problems = [*(str(problem) for problem in report.problems), *unread]
    check.save()


def _row(
    check: Check,
    number: int,
    found: cards.Finding,
    known: dict[tuple[str, str, str, str], int],
    once: set[tuple[str, str, str]],
) -> Finding:
    key = (found.case_no[:200], found.person[:200], found.rule, found.digest)
    return Finding(
        check_run=check, number=number, ref=found.ref, rule=found.rule, title=found.title[:80], group=found.group,
        severity=_SEVERITIES[found.severity], verdict=found.verdict, export=found.export, row=found.row,
        case_no=key[0], case_name=found.case_name[:300], person=key[1], sentence=found.sentence, digest=found.digest,
        content=cards.as_json(found), acceptance_id=known.get(key), lapsed=key not in known and key[:3] in once,
    )  # fmt: skip


def today() -> dt.date:
    """The desk's own day, on which a check is made."""
    return timezone.localdate()
