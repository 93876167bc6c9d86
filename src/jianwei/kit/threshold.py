"""A threshold: a number in a rule, with its unit, its source and, where provinces differ, their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis


@dataclass(frozen=True)
class Threshold:
    """A number of a model.

    ``by_province`` maps the first two digits of a region code to that province's own number (only where its source was
    read). ``verified`` is false for a number that nobody has legislated or that we could not re-read; the clue then
    says 建议值 beside it. As a class attribute of a model it reads as itself; ``.value`` is the national default.
    """

    value: float
    unit: str
    source: str
    by_province: Mapping[str, float] = field(default_factory=dict)
    verified: bool = False

    def at(self, region: Any) -> Any:
        """The number for each row, by its region code column (an Ibis string expression)."""
        if not self.by_province:
            return ibis.literal(self.value)
        branches = [(region.substr(0, 2) == prefix, ibis.literal(v)) for prefix, v in sorted(self.by_province.items())]
        return ibis.cases(*branches, else_=ibis.literal(self.value))
