"""The law of sentences: custody, terms, ranges and recidivism. Pure functions of what a judgment says."""

from jianwei.law.sentencing.custody import Event, Timeline, timeline
from jianwei.law.sentencing.term import Sentence, lawful_ends
from jianwei.law.sentencing.verdict import Finding, Verdict

__all__ = ["Event", "Finding", "Sentence", "Timeline", "Verdict", "lawful_ends", "timeline"]
