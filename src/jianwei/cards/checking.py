"""Run the rules over the cards."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, columns
from jianwei.cards.finding import Considered, Finding, Report, Skipped
from jianwei.cards.linking import Links, link
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Look, Rule
from jianwei.cards.sheet import Reading, Sheet
from jianwei.cards.shelf import rules as the_shelf
from jianwei.cards.wording import sentence

Progress = Callable[[int, int], None]


def check(
    reading: Reading,
    as_of: dt.date,
    *,
    rules: Sequence[Rule[Any]] | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Every finding of ``rules`` (default: the whole shelf) in the order of the files, looked at from ``as_of``."""
    shelf = the_shelf() if rules is None else rules
    report = Report(
        as_of, {sheet.kind.title: len(sheet.cards) for sheet in reading.sheets}, problems=list(reading.problems)
    )
    links = link(reading)
    jobs = [(rule, sheet) for rule in shelf for sheet in _sheets(rule, reading, report)]
    for done, (rule, sheet) in enumerate(jobs):
        _check(rule, sheet, reading, links, report)
        progress(done + 1, len(jobs))
    report.findings.sort(key=lambda f: (f.export, f.row, f.ref))
    return report


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


def _check(rule: Rule[Any], sheet: Sheet, reading: Reading, links: Links, report: Report) -> None:
    reads, reads_other = frozenset(rule.reads), frozenset(rule.reads_other)
    others: Any = links.prosecutions if sheet.kind is ArrestCard else links.arrests
    for card in sheet.cards:
        peers = links.around(card)
        if rule.once_a_case and peers[0] is not card:
            continue
        other = others.get(card.row) if reads_other or rule.other else None
        if card.broken & reads or (other is not None and other.broken & reads_other):
            report.unread[rule.ref] += 1
            continue
        prosecution, arrest = (other, None) if sheet.kind is ArrestCard else (None, other)
        look = Look(report.as_of, peers, arrest, prosecution, links.elsewhere(card))
        facts = rule.find(card, look)
        if facts is None:
            continue
        considered = _considered(rule, card, look, sheet, reading, report)
        if considered is None:
            continue
        there = (reading.of(type(other)), other) if other is not None else None
        text, cells = sentence(rule, facts, (sheet, card), there)  # type: ignore[arg-type]
        report.findings.append(
            Finding(
                ref=rule.ref,
                rule=rule.key,
                title=rule.title,
                group=rule.group.value,
                severity=rule.severity.value,
                export=sheet.kind.title,
                file=sheet.file,
                sheet=sheet.entry,
                row=card.row,
                cells=cells,
                sentence=text,
                basis=tuple(map(str, rule.basis)),
                exceptions=considered,
                case_no=card.case_no,
                case_name=card.case_name or "",
                person=card.known_as,
                digest=_digest(rule, card, other, peers),
            )  # fmt: skip
        )


def _considered(
    rule: Rule[Any], card: Card, look: Look, sheet: Sheet, reading: Reading, report: Report
) -> tuple[Considered, ...] | None:
    """Each exception and how it stands; None when one holds, for then nothing is found."""
    found = []
    for exception in rule.exceptions:
        known = all(
            any(s.has(name[6:]) for s in reading.sheets if s is not sheet)
            if name.startswith("other.")
            else sheet.has(name)
            for name in exception.reads
        )
        holds = exception.holds(card, look) if exception.holds and known else None
        if holds:
            report.excused[rule.ref, exception.name] += 1
            return None
        standing = "需人判断" if holds is None else "不成立"
        found.append(Considered(exception.key, exception.name, str(exception.cite), standing))
    return tuple(found)


def _digest(rule: Rule[Any], card: Card, other: Card | None, peers: Sequence[Card]) -> str:
    """Over the cells that the rule and its exceptions look at, here and in the other export."""
    held = [f"{name}={card.said.get(name, '')}" for name in rule.reads]
    if rule.peers:
        held += [f"{name}={peer.said.get(name, '')}" for peer in peers for name in rule.reads]
    if other is not None:
        held += [f"other.{name}={other.said.get(name, '')}" for name in rule.reads_other]
    return hashlib.sha256("\x1f".join(held).encode()).hexdigest()[:16]
