"""What is taken away: the commented copy of an export."""

from __future__ import annotations

from typing import IO

from jianwei import cards
from jianwei.cards.annotation import annotate
from jianwei.cards.finding import from_json
from jianwei.desk.cards import checking
from jianwei.desk.cards.models import Acceptance, Check, Finding
from jianwei.sources import Problem


def commented(check: Check, file: dict[str, str], out: IO[bytes]) -> None:
    """The copy of one uploaded file with its comments. Raises ``annotation.NotWritable``."""
    report = cards.Report(check.as_of, rows=check.rows)
    stored = Finding.objects.filter(check_run=check).select_related("acceptance__by")
    report.findings = [told(one) for one in stored.iterator(2000)]
    report.problems = [Problem("", "", None, None, text) for text in (*check.skipped, *check.problems)]
    annotate(checking.folder(check.pk) / file["kept"], file["name"], report, out)


def told(stored: Finding) -> cards.Finding:
    """A finding as the check told it, with what was accepted since."""
    return from_json(stored.content, _acceptance(stored.acceptance))


def _acceptance(stored: Acceptance | None) -> cards.Acceptance | None:
    return cards.Acceptance(stored.reason, stored.by.name, stored.at.date(), stored.listed) if stored else None
