"""A clue: what somebody should check, and every reason for which they should."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from jianwei.kit import Kind

Grade = Literal["高", "中", "低"]


def clue_id(model: str, subject_key: str, period: str) -> str:
    """The identity of a clue: a second run finds the same matter under the same id."""
    return hashlib.sha256(f"{model}|{subject_key}|{period}".encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Seen:
    """A sign as it was evaluated for one clue: ``seen`` is None where it could not be evaluated."""

    key: str
    kind: Kind
    weight: int
    text: str
    seen: bool | None

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "text": self.text, "weight": self.weight}


@dataclass(frozen=True, order=True)
class Evidence:
    """One row, or one place in a document, that a clue was read from. ``span`` are offsets into the document's text."""

    table: str
    row: str
    column: str = ""
    document: str | None = None
    span: tuple[int, int] | None = None
    source: str | None = None
    entry: str | None = None
    row_no: int | None = None
    signs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "row": self.row,
            "document": self.document,
            "span": list(self.span) if self.span else None,
            "column": self.column or None,
            "source": self.source,
            "entry": self.entry,
            "row_no": self.row_no,
            "signs": list(self.signs),
        }


@dataclass(frozen=True, kw_only=True)
class Clue:
    """One clue. ``parts`` holds the clues it was merged from, whole, so that a merge can be undone."""

    model: str
    ref: str
    model_version: str
    subject: str
    subject_key: str
    period: str
    region: str | None
    headline: str
    signs: tuple[Seen, ...]
    evidence: tuple[Evidence, ...]
    strength: float
    law: tuple[str, ...]
    asks: tuple[str, ...]
    notes: tuple[str, ...] = ()
    provisional: bool = False
    searched: tuple[str, ...] = ()
    score: int = 0
    grade: Grade = "低"
    rank: int = 0
    group: str = ""
    cases: tuple[str, ...] = ()
    """Case numbers among the evidence: what ties clues of different models to one matter."""
    parts: tuple[Clue, ...] = ()

    @property
    def id(self) -> str:
        return clue_id(self.model, self.subject_key, self.period)

    @property
    def rows(self) -> frozenset[str]:
        return frozenset(e.row for e in self.evidence)

    def seen(self, kind: Kind | None = None) -> tuple[Seen, ...]:
        return tuple(s for s in self.signs if s.seen and (kind is None or s.kind is kind))

    def reasons(self) -> tuple[str, ...]:
        return (self.headline, *(s.text for s in self.seen()))

    def as_json(self) -> dict[str, Any]:
        """The clue as every reader gets it: the command line, the desk, the run on disc."""
        return {
            "id": self.id,
            "model": self.model,
            "ref": self.ref,
            "rank": self.rank,
            "score": self.score,
            "grade": self.grade,
            "subject": self.subject,
            "subject_key": self.subject_key,
            "period": self.period,
            "region": self.region,
            "reasons": list(self.reasons()),
            "signs": {
                "form": [s.as_json() for s in self.seen(Kind.FORM)],
                "substance": [s.as_json() for s in self.seen(Kind.SUBSTANCE)],
                "context": [s.as_json() for s in self.seen(Kind.CONTEXT)],
                "unknown": [s.as_json() for s in self.signs if s.seen is None],
            },
            "evidence": [e.as_json() for e in self.evidence],
            "law": list(self.law),
            "asks": list(self.asks),
            "notes": list(self.notes),
            "provisional": self.provisional,
            "searched": list(self.searched),
            "group": self.group,
            "model_version": self.model_version,
            "merged": [part.id for part in self.parts],
        }
