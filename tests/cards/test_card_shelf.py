"""The one runner of the shelf of card rules: every rule, every row of its data file."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from card_cases import AS_OF, SHELF, Case, cases, checked, kind_of, reading

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import columns
from jianwei.cards.linking import link
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Group, Look
from jianwei.cards.wording import mentioned
from jianwei.law import limits

CASES = cases()


def of(rule: str, *kinds: str) -> list[Case]:
    return [case for case in CASES if case.rule == rule and case.kind in kinds]


def test_there_are_at_least_as_many_rules_as_the_field_checks_by_hand() -> None:
    assert len(SHELF) >= 57
    assert {rule.group for rule in SHELF.values()} == set(Group)
    assert len({rule.ref for rule in SHELF.values()}) == len(SHELF)
    assert {case.rule for case in CASES} <= set(SHELF)


@pytest.mark.parametrize("key", SHELF)
def test_a_rule_comes_with_its_law_its_columns_and_its_rows(key: str) -> None:
    rule = SHELF[key]
    assert rule.basis and rule.title and rule.needs
    known, other = columns(kind_of(rule)), columns(ArrestCard if kind_of(rule) is ProsecutionCard else ProsecutionCard)
    assert set(rule.reads) <= set(known), set(rule.reads) - set(known)
    assert set(rule.reads_other) <= set(other)
    assert all(limits.limit(name) for name in rule.limits)
    assert len({e.key for e in rule.exceptions}) == len(rule.exceptions)
    assert of(key, "hit") and of(key, "near"), f"{key} lacks a hit or a near miss"
    for exception in rule.exceptions:
        assert exception.cite
        if exception.holds:
            shown = [case for case in of(key, "lawful", "open") if case.exception == exception.key]
            assert shown, f"{key}: no row shows the exception {exception.key}"
    named = {case.exception for case in of(key, "lawful", "open")}
    assert named <= {e.key for e in rule.exceptions if e.holds}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, tmp_path: Path) -> None:
    rule = SHELF[case.rule]
    report = checked(case, tmp_path)
    assert not report.skipped, report.skipped[0]
    assert not report.problems, report.problems[0]
    if case.kind == "near":
        assert not report.findings and not report.excused
        return
    if case.kind == "lawful":
        (name,) = (e.name for e in rule.exceptions if e.key == case.exception)
        assert not report.findings, report.findings[0].sentence
        assert report.excused[rule.ref, name]
        return
    finding = report.findings[0]
    standing = {e.key: e.standing for e in finding.exceptions}
    assert set(standing) == {e.key for e in rule.exceptions}
    assert all(standing[e.key] == "需人判断" for e in rule.exceptions if e.holds is None)
    if case.kind == "open":
        assert standing[case.exception] == "需人判断"
        assert finding.verdict == "请核对"
    for cell in finding.cells:
        assert f"“{cell.column}”（{cell.ref}）" in finding.sentence
    assert "{" not in finding.sentence and "None" not in finding.sentence
    assert finding.cells


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "hit"], ids=lambda case: case.rule)
def test_a_rule_without_a_needed_column_says_so(case: Case, tmp_path: Path) -> None:
    rule = SHELF[case.rule]
    kept = {"dept_no", "person", "person_no"}
    missing = next((name for name in rule.needs if name not in kept), rule.needs[0])
    if missing == "dept_no":
        return
    report = checked(case, tmp_path, without=frozenset({missing}))
    assert not report.findings
    assert [skipped.ref for skipped in report.skipped] == [rule.ref]
    assert columns(kind_of(rule))[missing].title in report.skipped[0].reason


class Watched:
    """A card that notes which columns are looked at; its properties look through it."""

    def __init__(self, card: Any) -> None:
        self.card, self.seen = card, set[str]()

    def __getattr__(self, name: str) -> Any:
        held = getattr(type(self.card), name, None)
        if isinstance(held, property):
            assert held.fget
            return held.fget(self)
        if name in {f.name for f in dataclasses.fields(self.card)}:
            self.seen.add(name)
        return getattr(self.card, name)


@pytest.mark.parametrize("key", SHELF)
def test_a_rule_looks_at_no_column_that_it_does_not_declare(key: str, tmp_path: Path) -> None:
    rule = SHELF[key]
    here, there = set[str](), set[str]()
    for number, case in enumerate(of(key, "hit", "near", "lawful", "open")):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = reading(case, folder)
        links = link(found)
        sheet = found.of(kind_of(rule))
        assert sheet
        for card in sheet.cards:
            other = (links.arrests if sheet.kind is ProsecutionCard else links.prosecutions).get(card.row)
            me, them = Watched(card), Watched(other) if other else None
            peers = [me if peer is card else Watched(peer) for peer in links.around(card)]
            arrest, prosecution = (them, None) if sheet.kind is ProsecutionCard else (None, them)
            look = Look(AS_OF, peers, arrest, prosecution, links.elsewhere(card))  # type: ignore[arg-type]
            if rule.find(me, look) is not None:
                for exception in rule.exceptions:
                    if exception.holds:
                        exception.holds(me, look)
            here |= {name for one in (me, *peers) if isinstance(one, Watched) for name in one.seen}
            there |= them.seen if them else set()
    always = {"row", "said", "broken", "person", "person_no", "dept_no", "uni_no", "case_name"}
    assert here - always <= set(rule.reads), here - always - set(rule.reads)
    assert there - always <= set(rule.reads_other)
    words = {name for name in mentioned(rule) if not name.startswith("other.") and name in columns(kind_of(rule))}
    assert words <= set(rule.reads)
