"""One card before all rules of its export: what each finds, and which lawful exceptions stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card
from jianwei.cards.finding import Considered, Finding, Report
from jianwei.cards.linking import Links
from jianwei.cards.rule import Facts, Look, Rule
from jianwei.cards.sheet import Reading, Sheet
from jianwei.cards.shelf import UNIT
from jianwei.cards.wording import sentence
from jianwei.shelving import BrokenUnit

_SLIPS = (AttributeError, LookupError, NameError, TypeError, ValueError, ArithmeticError)
"""What a wrong word in a rule raises while a card is looked at."""


class Job:
    """A rule with its columns as sets, made once for all cards. ``broken``: why it was given up."""

    __slots__ = ("broken", "find", "once_a_case", "peers", "reads", "reads_other", "rule")

    def __init__(self, rule: Rule[Any]) -> None:
        self.rule, self.find = rule, rule.find
        self.broken: BrokenUnit | None = None
        self.peers, self.once_a_case = rule.peers, rule.once_a_case
        self.reads, self.reads_other = frozenset(rule.reads), frozenset(rule.reads_other)

    def give_up(self, slip: Exception) -> None:
        """The rule cannot be relied on: it finds nothing from here on."""
        file = f"{self.find.__module__.rpartition('.')[2]}.py"
        self.broken, self.find = BrokenUnit.by(slip, UNIT, file), lambda card, look: None


class Judge:
    """The judge of one sheet."""

    def __init__(self, sheet: Sheet, reading: Reading, links: Links, report: Report) -> None:
        self.sheet, self.links, self.report = sheet, links, report
        self.there = next((other for other in reading.sheets if other is not sheet), None)
        self._others: Any = links.prosecutions if sheet.kind is ArrestCard else links.arrests

    def card(self, card: Card, jobs: Iterable[Job]) -> None:
        """Ask every rule; what they find goes into the report."""
        peers, other = self.links.around(card), self._others.get(card.row)
        prosecution, arrest = (other, None) if self.sheet.kind is ArrestCard else (None, other)
        look = Look(self.report.as_of, peers, arrest, prosecution, self.links.elsewhere(card))
        first = peers[0] is card
        clean = not (card.broken or (other and other.broken) or any(peer.broken for peer in peers))
        for job in jobs:
            if job.once_a_case and not first:
                continue
            if not clean and _unreadable(job, card, other, peers):
                self.report.unread[job.rule.ref] += 1
                continue
            try:
                facts = job.find(card, look)
                if facts is not None:
                    self._found(job, card, look, facts, other if job.reads_other else None)
            except _SLIPS as slip:
                job.give_up(slip)

    def _found(self, job: Job, card: Card, look: Look, facts: Facts, other: Card | None) -> None:
        rule = job.rule
        considered = self._considered(rule, card, look)
        if considered is None:
            return
        there = (self.there, other) if self.there and other else None
        text, cells = sentence(rule, facts, (self.sheet, card), there)
        self.report.findings.append(
            Finding(
                ref=rule.ref, rule=rule.key, title=rule.title, group=rule.group.value, severity=rule.severity.value,
                export=self.sheet.kind.title, file=self.sheet.file, sheet=self.sheet.entry, row=card.row,
                cells=cells, sentence=text, basis=tuple(map(str, rule.basis)), exceptions=considered,
                case_no=card.case_no, case_name=card.case_name or "", person=card.known_as,
                digest=_digest(rule, card, other, look.peers),
            )
        )  # fmt: skip

    def _considered(self, rule: Rule[Any], card: Card, look: Look) -> tuple[Considered, ...] | None:
        """Each exception and how it stands; None when one holds, for then nothing is found."""
        found = []
        for exception in rule.exceptions:
            known = all(map(self._has, exception.reads))
            holds = exception.holds(card, look) if exception.holds and known else None
            if holds:
                self.report.excused[rule.ref, exception.name] += 1
                return None
            standing = "需人判断" if holds is None else "不成立"
            found.append(Considered(exception.key, exception.name, str(exception.cite), standing))
        return tuple(found)

    def _has(self, name: str) -> bool:
        if name.startswith("other."):
            return self.there is not None and self.there.has(name[6:])
        return self.sheet.has(name)


def _unreadable(job: Job, card: Card, other: Card | None, peers: Sequence[Card]) -> bool:
    """Whether a cell that the rule looks at could not be read."""
    if card.broken & job.reads or (other is not None and other.broken & job.reads_other):
        return True
    return job.peers and any(peer.broken & job.reads for peer in peers)


def _digest(rule: Rule[Any], card: Card, other: Card | None, peers: Sequence[Card]) -> str:
    """Over the cells that the rule and its exceptions look at, here and in the other export."""
    held = [f"{name}={card.said.get(name, '')}" for name in rule.reads]
    if rule.peers:
        held += [f"{name}={peer.said.get(name, '')}" for peer in peers for name in rule.reads]
    if other is not None:
        held += [f"other.{name}={other.said.get(name, '')}" for name in rule.reads_other]
    return hashlib.sha256("\x1f".join(held).encode()).hexdigest()[:16]
