"""Where the words stand: FTS5 on SQLite, a tsvector on PostgreSQL. The only file that knows which.

``head`` is what a thing is called, ``body`` the rest. Pairs are made by ``grams``; neither database cuts Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        "CREATE TABLE IF NOT EXISTS search_words (entry_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS search_words_gin ON search_words USING gin (words)",
    ),
}
HOLDS = {
    "sqlite": "SELECT EXISTS (SELECT 1 FROM search_words_docsize WHERE id >= %s)",
    "postgresql": "SELECT EXISTS (SELECT 1 FROM search_words WHERE entry_id >= %s)",
}
DROP = "DROP TABLE IF EXISTS search_words"
_LAST_PLACE = 16383
"""PostgreSQL keeps no place beyond this in a text."""

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
        "INSERT INTO search_words (entry_id, words) VALUES (%s, CAST(%s AS tsvector))",
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
        rows = [(pk, _vector(head, body)) for pk, head, body in texts]
    else:
        rows = [(pk,) for pk, _, _ in texts]
    with connection.cursor() as cursor:
        cursor.executemany(on_sqlite if _sqlite() else on_postgresql, rows)


def _vector(head: str, body: str) -> str:
    """``'甲乙':1A '乙':2A … '丙丁':4``: pairs with their places. No parser of the server is asked."""
    heads = list(grams(head))
    placed = [f"'{gram}':{n}A" for n, gram in enumerate(heads, 1)]
    placed += [f"'{gram}':{min(n, _LAST_PLACE)}" for n, gram in enumerate(grams(body), len(heads) + 2)]
    return " ".join(placed)


def matching(asked: str, *, head: bool = False) -> RawSQL:
    """The ids of the entries in which every word asked for occurs, for ``pk__in``; with ``head`` in what they are called."""
    found = phrases(asked)
    if _sqlite():
        said = " AND ".join(f'"{" ".join(phrase)}"{" *" if len(phrase[0]) == 1 else ""}' for phrase in found)
        query = f"head : ({said})" if head else said
        return RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [query], BigIntegerField())
    mark = "A" if head else ""
    query = " & ".join("(" + " <-> ".join(_lexeme(gram, mark) for gram in phrase) + ")" for phrase in found)
    return RawSQL("SELECT entry_id FROM search_words WHERE words @@ CAST(%s AS tsquery)", [query], BigIntegerField())


def _lexeme(gram: str, mark: str) -> str:
    labels = mark + ("*" if len(gram) == 1 else "")
    return f"'{gram}'" + (f":{labels}" if labels else "")


def _sqlite() -> bool:
    return connection.vendor == "sqlite"
