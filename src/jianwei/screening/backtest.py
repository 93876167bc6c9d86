"""What another number would have found: a model over a window of the past, with its own thresholds and with others.

Both sides are ordinary runs, so every clue gained or lost keeps the whole explanation of a live run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.lake import Lake
from jianwei.screening.clue import Clue
from jianwei.screening.coverage import Skipped
from jianwei.screening.runner import Engine, screen
from jianwei.screening.runs import Run
from jianwei.screening.shelf import choose


@dataclass(frozen=True)
class BackTest:
    """``before`` ran with the model's own numbers, ``after`` with those tried."""

    before: Run
    after: Run

    @property
    def gained(self) -> tuple[Clue, ...]:
        return _without(self.after, self.before)

    @property
    def lost(self) -> tuple[Clue, ...]:
        return _without(self.before, self.after)

    @property
    def kept(self) -> tuple[tuple[Clue, Clue], ...]:
        """Clues found both ways, each as it was and as it would be: reasons, score and rank may differ."""
        later = {clue.id: clue for clue in self.after.clues}
        return tuple((clue, later[clue.id]) for clue in self.before.clues if clue.id in later)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return self.before.skipped

    def as_json(self) -> dict[str, Any]:
        return {
            "before": self.before.id,
            "after": self.after.id,
            "gained": [c.as_json() for c in self.gained],
            "lost": [c.as_json() for c in self.lost],
            "kept": len(self.kept),
            "skipped": [s.as_json() for s in self.skipped],
        }


def backtest(
    lake: Lake,
    model: str,
    thresholds: Mapping[str, float],
    *,
    window: tuple[dt.date, dt.date],
    engine: Engine = "duckdb",
) -> BackTest:
    """``model`` over ``window`` with ``thresholds`` in place of its own. The lake is read as it stood on the last day."""
    since, until = window
    (chosen,) = choose([model])
    before = screen(lake, as_of=until, since=since, engine=engine, models=[model])
    after = screen(lake, as_of=until, since=since, engine=engine, models=[model], thresholds={chosen.key(): thresholds})
    return BackTest(before, after)


def _without(run: Run, other: Run) -> tuple[Clue, ...]:
    known = {clue.id for clue in other.clues}
    return tuple(clue for clue in run.clues if clue.id not in known)
