"""Run the rules over the cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import columns
from jianwei.cards.finding import Report, Skipped
from jianwei.cards.judging import Job, Judge
from jianwei.cards.linking import link
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Rule
from jianwei.cards.sheet import Reading, Sheet
from jianwei.cards.shelf import shelf as the_shelf

Progress = Callable[[int, int], None]
"""Told how many cards are done of how many."""

_STEP = 500


def check(
    reading: Reading,
    as_of: dt.date,
    *,
    rules: Sequence[Rule[Any]] | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Every finding of ``rules`` (default: the whole shelf) in the order of the files, looked at from ``as_of``."""
    report = Report(as_of, problems=list(reading.problems))
    if rules is None:
        rules = the_shelf().rules
        report.skipped += [Skipped("", f"{b.file} 中的全部规则", f"因{b}", broken=True) for b in the_shelf().broken]
    for sheet in reading.sheets:
        report.rows[sheet.kind.title] = len(sheet.cards)
        report.files[sheet.file] = "-".join(filter(None, (report.files.get(sheet.file), sheet.kind.code)))
    links = link(reading)
    jobs: dict[str, list[Job]] = {sheet.kind.code: [] for sheet in reading.sheets}
    for rule in rules:
        for sheet in _sheets(rule, reading, report):
            jobs[sheet.kind.code].append(Job(rule))
    total, done = sum(len(sheet.cards) for sheet in reading.sheets), 0
    for sheet in reading.sheets:
        judge = Judge(sheet, reading, links, report)
        for card in sheet.cards:
            judge.card(card, jobs[sheet.kind.code])
            done += 1
            if done % _STEP == 0:
                progress(done, total)
    _give_up(report, [job for asked in jobs.values() for job in asked])
    order = {sheet.kind.title: sheet.kind.code for sheet in reading.sheets}
    report.findings.sort(key=lambda f: (order[f.export], f.row, f.ref))
    return report


def _give_up(report: Report, jobs: Iterable[Job]) -> None:
    """A rule that broke on some card is not checked at all: what it found before is left out."""
    failed = {job.rule.ref: (job.rule, job.broken) for job in jobs if job.broken}
    report.findings[:] = [found for found in report.findings if found.ref not in failed]
    report.skipped += [Skipped(ref, rule.title, f"因{why}", broken=True) for ref, (rule, why) in failed.items()]


def _sheets(rule: Rule[Any], reading: Reading, report: Report) -> Iterable[Sheet]:
    """The sheets that a rule can be checked on; why it cannot be is noted."""
    meant = [sheet for sheet in reading.sheets if issubclass(sheet.kind, rule.on)]
    if not meant:
        report.skipped.append(Skipped(rule.ref, rule.title, f"因没有 {rule.on.code} {rule.on.title}案卡"))
    for sheet in meant:
        if missing := _missing(rule, sheet, reading):
            report.skipped.append(Skipped(rule.ref, rule.title, missing))
        else:
            yield sheet


def _missing(rule: Rule[Any], sheet: Sheet, reading: Reading) -> str:
    lacking = [columns(sheet.kind)[name].title for name in rule.needs if not sheet.has(name)]
    if lacking:
        return f"因{sheet.kind.title}案卡缺列“{'”“'.join(lacking)}”"
    if not rule.other:
        return ""
    kind = ProsecutionCard if sheet.kind is ArrestCard else ArrestCard
    other = reading.of(kind)
    if other is None:
        return f"因没有 {kind.code} {kind.title}案卡"
    lacking = [columns(kind)[name].title for name in rule.other if not other.has(name)]
    return f"因{kind.title}案卡缺列“{'”“'.join(lacking)}”" if lacking else ""
