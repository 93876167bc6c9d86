"""A synthetic province: judgments as text, the tables beside them, hidden anomalies, and the truth about them.

Shares no code with extraction or models. Every person and company is invented; courts and regions are public facts.
"""

from jianwei.sandbox.generate import LAST_DAY, NotASandbox, Summary, generate
from jianwei.sandbox.truth import CAUTION, Score, report, score

__all__ = ["CAUTION", "LAST_DAY", "NotASandbox", "Score", "Summary", "generate", "report", "score"]
