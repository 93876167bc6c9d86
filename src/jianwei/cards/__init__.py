"""Contradictions in case cards: the exports of 审查逮捕 and 一审公诉 are read, linked and checked rule by rule."""

from jianwei.cards.checking import check
from jianwei.cards.finding import Acceptance, Finding, Report, Skipped, as_json
from jianwei.cards.rule import Group, Severity
from jianwei.cards.sheet import NoCards, Reading, read
from jianwei.cards.shelf import rules

__all__ = [
    "Acceptance",
    "Finding",
    "Group",
    "NoCards",
    "Reading",
    "Report",
    "Severity",
    "Skipped",
    "as_json",
    "check",
    "read",
    "rules",
]
