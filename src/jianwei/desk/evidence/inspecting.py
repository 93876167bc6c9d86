"""Once a day everything is computed again: each log, its records and originals, and what the desk says of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger
from jianwei.desk.evidence.models import Inspection, Material, Stage
from jianwei.desk.people.models import Office
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import Entry, EvidenceLog, UnknownEntry

MOST_KEPT = 100
"""Findings of one office that are kept; whoever changed more has changed everything."""


def inspect(day: dt.date, at: dt.datetime) -> int:
    """Inspect the logs of every office that has one, also those that were closed. Returns how much was found wrong."""
    found = 0
    for office in Office.objects.order_by("path"):
        if not ledger.has_log(office):
            continue
        wrong = list(islice(_wrong(office), MOST_KEPT))
        Inspection.objects.create(office=office, at=at, findings=wrong)
        found += len(wrong)
    return found


def newest(office: Office) -> Inspection | None:
    return Inspection.objects.filter(office=office).order_by("-at", "-pk").first()


def _wrong(office: Office) -> Iterator[str]:
    """The newest log first, then what the desk says, last the closed ones: what is wrong there is often known already."""
    newest, *closed = reversed(ledger.folders(office))
    yield from _in_the_log(newest, "")
    yield from _on_the_desk(office)
    for place in closed:
        yield from _in_the_log(place, f"已终止的日志 {place.name} ")


def _in_the_log(place: Path, which: str) -> Iterator[str]:
    try:
        with ledger.at(place) as log:
            for finding in log.check():
                yield f"{which}{finding.file}：{finding.problem}"
    except DeskError as problem:
        yield f"{which or '日志 '}不能检查：{problem}"


def _on_the_desk(office: Office) -> Iterator[str]:
    """Of each material what the newest log that holds it was told."""
    with ExitStack() as kept:
        logs = [log for place in reversed(ledger.folders(office)) if (log := _readable(place, kept))]
        for one in Material.objects.filter(office=office).exclude(stage=Stage.ERASED).iterator(chunk_size=500):
            entry = next((found for log in logs if (found := _entry(log, one))), None)
            if entry is None:
                yield f"工作台的材料 {one.pk}：存证库没有这一条"
            elif entry.manifest and not ledger.says(one, json.loads(entry.manifest.encode())):
                yield f"工作台的材料 {one.pk}：名称、摘要或者采集记录与存入日志的不符"


def _readable(place: Path, kept: ExitStack) -> EvidenceLog | None:
    """One that is not is named where the logs themselves are inspected."""
    try:
        log = kept.enter_context(ledger.at(place))
        log.entries(limit=1)
    except (DeskError, SealError):
        return None
    return log


def _entry(log: EvidenceLog, one: Material) -> Entry | None:
    try:
        return log.entry(one.pk)
    except UnknownEntry:
        return None
