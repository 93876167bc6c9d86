"""Load a run of the lake, and made-up matters, into the desk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.desk.boot import boot

if TYPE_CHECKING:
    from jianwei.desk.clues.load import Loaded


def load_run(home: Path, run_dir: Path) -> Loaded:
    """Load the run in ``run_dir`` into the desk of ``home``. Loading the same run again changes nothing."""
    boot(home)
    from django.utils import timezone

    from jianwei.desk.clues.load import load

    return load(run_dir, timezone.now())


def load_demo(home: Path, today: dt.date) -> int:
    """Put made-up matters into the desk of ``home``, unless it has matters already. Returns how many were made."""
    boot(home)
    from django.utils import timezone

    from jianwei.desk.matters.demo import found

    return found(today, timezone.now())
