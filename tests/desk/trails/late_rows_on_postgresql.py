"""Rows that are written late: only PostgreSQL has them, so ``test_on_postgresql.py`` alone names this file to pytest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from jianwei.desk.trails import sealing
from jianwei.desk.trails.models import Segment

TABLE = "people_auditentry"


def test_a_row_whose_transaction_has_not_ended_is_waited_for(
    log: Any, trail: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "PATIENCE", "50ms")
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [TABLE])
            cursor.execute(f"LOCK TABLE {TABLE} IN ROW EXCLUSIVE MODE")  # as the INSERT of that key would
        trail(3)
        assert log.seal(timezone.now()) == 0
    finally:
        other.rollback()
        other.close()
    assert log.seal(timezone.now()) == 1
    assert Segment.objects.get().rows == 3
