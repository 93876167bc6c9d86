"""A synthetic province: judgments as text, the tables beside them, hidden anomalies, and the truth about them.

Shares no code with extraction or models. Every person and company is invented; courts and regions are public facts.
"""

from jianwei.sandbox.generate import LAST_DAY, Summary, generate

__all__ = ["LAST_DAY", "Summary", "generate"]
