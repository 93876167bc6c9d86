"""Once a day everything is computed again: each log, its records and originals, and what the desk says of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from itertools import islice

from jianwei.desk.evidence import ledger
from jianwei.desk.evidence.models import Inspection, Material, Stage
from jianwei.desk.people.models import Office
from jianwei.seal.evidence_log import EvidenceLog, UnknownEntry

MOST_KEPT = 100
"""Findings of one office that are kept; whoever changed more has changed everything."""


def inspect(day: dt.date, at: dt.datetime) -> int:
    """Inspect the log of every office that has one. Returns how much was found wrong."""
    found = 0
    for office in Office.objects.order_by("path"):
        if not ledger.has_log(office):
            continue
        with ledger.opened(office) as log:
            wrong = list(islice(_wrong(office, log), MOST_KEPT))
        Inspection.objects.create(office=office, at=at, findings=wrong)
        found += len(wrong)
    return found


def newest(office: Office) -> Inspection | None:
    return Inspection.objects.filter(office=office).order_by("-at", "-pk").first()


def _wrong(office: Office, log: EvidenceLog) -> Iterator[str]:
    for finding in log.check():
        yield f"{finding.file}：{finding.problem}"
    for one in Material.objects.filter(office=office).exclude(stage=Stage.ERASED).iterator(chunk_size=500):
        try:
            entry = log.entry(one.pk)
        except UnknownEntry:
            yield f"工作台的材料 {one.pk}：存证库没有这一条"
            continue
        if entry.manifest and not ledger.says(one, json.loads(entry.manifest.encode())):
            yield f"工作台的材料 {one.pk}：名称、摘要或者采集记录与存入日志的不符"
