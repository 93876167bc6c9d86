"""Where the words stand: FTS5 on SQLite, a tsvector on PostgreSQL. The only file that knows which.

``head`` is what a thing is called, ``body`` the rest. Pairs are made by ``grams``; neither database cuts Chinese.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from jianwei.desk.search.grams import grams, phrases

MAKE = {
    "sqlite": (
        # Contentless: the texts stand in Entry and are not kept twice. `ascii`: pairs are cut at blanks and nowhere else.
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(head, body, content='', tokenize='ascii')",
    ),
    "postgresql": (
        # One row holds a text, save those few that PostgreSQL cannot hold the places of in one: these stand in pieces.
        "CREATE TABLE IF NOT EXISTS search_words (entry_id bigint, piece int, words tsvector NOT NULL, PRIMARY KEY (entry_id, piece))",
        "CREATE INDEX IF NOT EXISTS search_words_gin ON search_words USING gin (words)",
        "CREATE INDEX IF NOT EXISTS search_words_pieces ON search_words USING gin (words) WHERE piece > 0",
    ),
}
HOLDS = {
    "sqlite": "SELECT EXISTS (SELECT 1 FROM search_words_docsize WHERE id >= %s)",
    "postgresql": "SELECT EXISTS (SELECT 1 FROM search_words WHERE entry_id >= %s)",
}
DROP = "DROP TABLE IF EXISTS search_words"
_LAST_PLACE = 16383
"""PostgreSQL keeps no place beyond this in a row."""
_MOST_PLACES = 255
"""PostgreSQL keeps no more places of one pair in a row."""
_SHARED = 200
"""Pairs that a piece begins with from the end of the one before (chosen: longer than any phrase that is asked for)."""

Texts = tuple[int, str, str]
"""Id of the entry, its head, its body."""


def make() -> None:
    """Make the table if it is not there."""
    with connection.cursor() as cursor:
        for statement in MAKE[connection.vendor]:
            cursor.execute(statement)


def clear() -> None:
    """Forget every word."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
    make()


def whole(newest: int | None) -> bool:
    """Whether the table is there and holds the newest entry, or nothing where there is none."""
    if "search_words" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(HOLDS[connection.vendor], [newest or 0])
        return bool(cursor.fetchone()[0]) == (newest is not None)


def alone() -> None:
    """Let nobody else write here until this transaction ends; SQLite has one writer at a time anyway."""
    if not _sqlite():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_words'))")


def add(texts: Iterable[Texts]) -> None:
    """Index these."""
    _many(
        "INSERT INTO search_words (rowid, head, body) VALUES (%s, %s, %s)",
        "INSERT INTO search_words (entry_id, piece, words) VALUES (%s, %s, CAST(%s AS tsvector))",
        texts,
    )


def remove(texts: Iterable[Texts]) -> None:
    """Forget these. The texts must be those they were indexed with."""
    _many(
        "INSERT INTO search_words (search_words, rowid, head, body) VALUES ('delete', %s, %s, %s)",
        "DELETE FROM search_words WHERE entry_id = %s",
        texts,
    )


def _many(on_sqlite: str, on_postgresql: str, texts: Iterable[Texts]) -> None:
    rows: list[Sequence[int | str]]
    if _sqlite():
        rows = [(pk, " ".join(grams(head)), " ".join(grams(body))) for pk, head, body in texts]
    elif "tsvector" in on_postgresql:
        rows = [(pk, n, piece) for pk, head, body in texts for n, piece in numbered(pieces(head, body))]
    else:
        rows = [(pk,) for pk, _, _ in texts]
    with connection.cursor() as cursor:
        cursor.executemany(on_sqlite if _sqlite() else on_postgresql, rows)


def pieces(head: str, body: str) -> Iterator[str]:
    """``'甲乙':1A '乙':2A … '丙丁':4``: pairs with their places. No parser of the server is asked.

    A new piece begins where a place would be lost, with the last pairs of the piece before: every phrase stands in one.
    """
    piece: list[tuple[str, str]] = []
    times: Counter[str] = Counter()
    marked = chain(((gram, "A") for gram in grams(head)), [_GAP], ((gram, "") for gram in grams(body)))
    for gram, mark in marked:
        if times[gram] == _MOST_PLACES or len(piece) == _LAST_PLACE:
            yield _placed(piece)
            piece = piece[-_SHARED:]
            times = Counter(gram for gram, _ in piece)
        piece.append((gram, mark))
        times[gram] += 1
    yield _placed(piece)


_GAP = ("", "")
"""What keeps the end of the head and the beginning of the body from being neighbours."""


def _placed(piece: list[tuple[str, str]]) -> str:
    return " ".join(f"'{gram}':{place}{mark}" for place, (gram, mark) in enumerate(piece, 1) if gram)


def numbered(found: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Pieces by number from 1; a text in one piece has number 0."""
    several = list(found)
    return enumerate(several, 1 if len(several) > 1 else 0)


def matching(asked: str, *, head: bool = False) -> RawSQL:
    """The ids of the entries in which every word asked for occurs, for ``pk__in``; with ``head`` in what they are called."""
    found = phrases(asked)
    if _sqlite():
        said = " AND ".join(f'"{" ".join(phrase)}"{" *" if len(phrase[0]) == 1 else ""}' for phrase in found)
        query = f"head : ({said})" if head else said
        return RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [query], BigIntegerField())
    mark = "A" if head else ""
    said_each = ["(" + " <-> ".join(_lexeme(gram, mark) for gram in phrase) + ")" for phrase in found]
    return RawSQL(*_anywhere(said_each), BigIntegerField())


def _anywhere(phrases: list[str]) -> tuple[str, list[str]]:
    """All the phrases in one row; or each in some piece of a text that stands in pieces."""
    row = "SELECT entry_id FROM search_words WHERE words @@ CAST(%s AS tsquery)"
    if len(phrases) < 2:
        return row, phrases
    scattered = " INTERSECT ".join([f"{row} AND piece > 0"] * len(phrases))
    return f"{row} UNION ({scattered})", [" & ".join(phrases), *phrases]


def _lexeme(gram: str, mark: str) -> str:
    labels = mark + ("*" if len(gram) == 1 else "")
    return f"'{gram}'" + (f":{labels}" if labels else "")


def _sqlite() -> bool:
    return connection.vendor == "sqlite"
