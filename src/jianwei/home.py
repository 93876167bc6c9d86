"""Where an installation keeps what is its own: the lake, the desk's database, the keys."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """One installation's directory. ``JIANWEI_HOME`` names it; else ``.jianwei`` in the working directory."""

    path: Path

    @property
    def lake(self) -> Path:
        return self.path / "lake"

    @property
    def province(self) -> Path:
        """The synthetic province, if one was generated."""
        return self.path / "province"

    @classmethod
    def here(cls) -> Home:
        return cls(Path(os.environ.get("JIANWEI_HOME", ".jianwei")).absolute())
