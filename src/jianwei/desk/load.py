"""Load a run of the lake into the desk."""

from __future__ import annotations

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
