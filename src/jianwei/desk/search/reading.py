"""Lines of the index from matters, clues and documents, as they stand now. Shows nothing to anybody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from jianwei.desk.clues.document import masked
from jianwei.desk.clues.models import Clue
from jianwei.desk.documents.models import Document
from jianwei.desk.documents.reading import text as text_of
from jianwei.desk.matters import casebook
from jianwei.desk.matters.models import Matter
from jianwei.desk.search.grams import fold
from jianwei.desk.search.models import Entry, Kind, Told
from jianwei.procedures import Fact, FactKind, Procedure
from jianwei.procedures.shelf import procedures

MOST_CHARACTERS = 12_000
"""Of one text; chosen: longer than any indictment, and within what PostgreSQL keeps the places of."""
LEFT_OUT = frozenset({"id_no", "username"})
"""Facts that are not indexed at all: identity numbers, and names that only the log-in page knows."""
_SPACE = re.compile(r"\s+")


@dataclass
class Line:
    """An entry not yet written, with the facts told in it."""

    entry: Entry
    told: list[Told] = field(default_factory=list)


def of_matter(matter: Matter) -> Line:
    """A matter with its parties and the facts of its acts; ``acts`` and ``parties`` are prefetched."""
    procedure = procedures().get(matter.procedure)
    told = [one for row in matter.acts.all() for one in _told(procedure, row)]
    said = [f"{t.title} {t.shown}" for t in told if t.shown]
    entry = _entry(
        Kind.MATTER, matter.seq, matter.updated_at, matter=matter, office_id=matter.office_id, unit=matter.procedure,
        unit_title=procedure.title if procedure else matter.procedure, stage=matter.stage, on=matter.opened_on,
        ref=matter.number, title=matter.title, names="、".join(f"{p.role} {p.name}" for p in matter.parties.all()),
        body=[matter.department, *said],
    )  # fmt: skip
    return Line(entry, [t.row for t in told])


@dataclass(frozen=True)
class _Fact:
    row: Told
    title: str
    shown: str


def _told(procedure: type[Procedure] | None, row: Any) -> Iterator[_Fact]:
    """The act itself, then each of its facts."""
    kind = casebook.kind_of(procedure, row.kind, row.version) if procedure else None
    if kind is None:
        return
    yield _Fact(Told(act=kind.key, on=row.on), "", kind.title)
    for name, value in casebook.typed(kind, row.facts).items():
        fact = kind.fact(name)
        if fact is None or name in LEFT_OUT or value is None:
            continue
        shown = masked(fact.show(value))
        one = Told(act=kind.key, fact=name, on=row.on, value=fold(shown)[:120].strip(), amount=amount(fact, value))
        yield _Fact(one, fact.label, shown)


def amount(fact: Fact, value: Any) -> int | None:
    """A number as it is, money in fen, a day as yyyymmdd; None for what has no order."""
    match fact.kind:
        case FactKind.NUMBER | FactKind.MONEY:
            return value if isinstance(value, int) else None
        case FactKind.DAY | FactKind.MOMENT if isinstance(value, dt.date):
            return int(f"{value:%Y%m%d}")
    return None


def of_clue(clue: Clue) -> Line:
    """A clue with its reasons and signs; ``body`` is joined."""
    content = clue.body.content if hasattr(clue, "body") and isinstance(clue.body.content, dict) else {}
    signs = [sign for group in dict(content.get("signs") or {}).values() for sign in group]
    said = [*map(str, content.get("reasons") or ()), *(str(sign.get("text", "")) for sign in signs)]
    entry = _entry(
        Kind.CLUE, clue.version, clue.updated_at, clue=clue, office_id=clue.office_id, unit=clue.model,
        unit_title=clue.title, stage=clue.get_status_display(), on=clue.last_run.as_of, ref=clue.clue_id,
        title=clue.subject, names=f"{clue.ref} {clue.title}",
        body=[clue.headline, clue.period, clue.matter_no, clue.outcome, *said],
    )  # fmt: skip
    return Line(entry)


def of_document(document: Document, blocks: list[Any]) -> Line:
    """A document with the text of its latest version."""
    entry = _entry(
        Kind.DOCUMENT, document.revision, document.updated_at, document=document, office_id=document.office_id,
        unit=document.kind, unit_title=document.title, stage=document.get_status_display(),
        on=document.issued_on or timezone.localtime(document.created_at).date(), ref=document.number,
        title=document.title, names=document.about, body=[text_of(blocks)],
    )  # fmt: skip
    return Line(entry)


def _entry(kind: Kind, version: int, at: dt.datetime, *, body: list[str], **rest: Any) -> Entry:
    text = _SPACE.sub(" ", " ".join(part for part in body if part)).strip()
    rest |= {name: masked(rest[name]) for name in ("title", "names")}
    rest |= {name: rest[name][:most] for name, most in (("ref", 80), ("unit_title", 80), ("stage", 40))}
    return Entry(kind=kind, source_version=version, source_at=at, body=masked(text)[:MOST_CHARACTERS], **rest)
