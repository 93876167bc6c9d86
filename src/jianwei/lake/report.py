"""What an ingest did, and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from jianwei.sources import ERROR, File, Problem


@dataclass
class IngestReport:
    """Counts of one ingest. ``rows`` is by table and holds what entered now; ``problems`` are what did not, or with a
    doubt, each of which is one Chinese sentence.
    """

    batch: str = ""
    files: int = 0
    """Files read now, wholly or the rest of them."""
    known: int = 0
    """Files whose content was in the lake already."""
    replaced: int = 0
    """Files that took the place of an earlier content of the same path."""
    documents: int = 0
    repeated: int = 0
    """Documents whose text was in the lake already."""
    rows: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many of the problems kept something out."""
        return sum(1 for p in self.problems if p.kind == ERROR)


@dataclass(frozen=True)
class Progress:
    """How far an ingest is."""

    files: int
    files_total: int
    read_bytes: int
    total_bytes: int
    documents: int
    rows: int
    problems: int

    @property
    def share(self) -> float:
        return self.read_bytes / self.total_bytes if self.total_bytes else 1.0


def progress_of(
    files: list[File], report: IngestReport, tell: Callable[[Progress], None] | None
) -> Callable[[int, int], None]:
    """A function (files done, bytes of the present file) → tells how far things are."""
    sizes = [f.size for f in files]
    total = sum(sizes)

    def advance(done: int, within: int) -> None:
        if tell:
            read = sum(sizes[:done]) + min(within, sizes[done] if done < len(sizes) else 0)
            tell(
                Progress(
                    done,
                    len(files),
                    read,
                    total,
                    report.documents + report.repeated,
                    report.rows.total(),
                    len(report.problems),
                )
            )

    return advance
