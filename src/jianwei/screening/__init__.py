"""Find models, run them, merge and rank their clues, explain, back-test a threshold."""

from jianwei.screening.backtest import BackTest, backtest
from jianwei.screening.clue import Clue, Evidence, Seen, clue_id
from jianwei.screening.coverage import Skipped
from jianwei.screening.manifest import Manifest
from jianwei.screening.merging import Link, grouped, unmerged
from jianwei.screening.runner import UnfoundedClue, UnknownThreshold, screen
from jianwei.screening.runs import Run, runs, stored_clues, write
from jianwei.screening.shelf import UnknownModel, choose, models

__all__ = [
    "BackTest",
    "Clue",
    "Evidence",
    "Link",
    "Manifest",
    "Run",
    "Seen",
    "Skipped",
    "UnfoundedClue",
    "UnknownModel",
    "UnknownThreshold",
    "backtest",
    "choose",
    "clue_id",
    "grouped",
    "models",
    "runs",
    "screen",
    "stored_clues",
    "unmerged",
    "write",
]
