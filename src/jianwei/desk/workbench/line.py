"""One line of the workbench."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line: what to do, where, and why today. ``colour`` is late, soon or calm; ``word`` says the same."""

    what: str
    url: str
    about: str
    why: str
    word: str
    colour: str
    due_on: dt.date | None = None
    stamp: str = ""
