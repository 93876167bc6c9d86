"""Who searches indexes what is new before; several may at once. ``test_on_postgresql.py`` alone names this file to pytest."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from jianwei.desk.matters.models import Matter
from jianwei.desk.search import words
from jianwei.desk.search.models import Entry


@pytest.mark.django_db(transaction=True)
def test_those_who_index_at_once_write_each_line_once(
    new_matter: Callable[..., Matter], index: Callable[[], int]
) -> None:
    words.clear()
    for name in ("虞见山", "闻知秋", "容怀远"):
        new_matter(name)
    start = Barrier(6)

    def indexed(_: int) -> int:
        start.wait()
        try:
            return index()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(indexed, range(6))) == [0, 0, 0, 0, 0, 3]
    assert Entry.objects.count() == 3
