"""How long a page takes on the desk's side, without the network."""

from __future__ import annotations

import statistics
import time
from typing import Any

from django.db import connection
from django.test import Client

TRIES = 15
HEAD = "页面　语句数　中位毫秒　最慢毫秒"


def measured(client: Client, address: str) -> str:
    """Statements of the page, median and slowest of ``TRIES`` calls after two that warm it up."""
    answer, said, times = client.get(address), 0, []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal said
        said += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        client.get(address)
    for _ in range(TRIES):
        began = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    if answer.status_code != 200:
        return f"状态 {answer.status_code}"
    return f"{said}　{statistics.median(times):.0f}　{max(times):.0f}"


def analysed() -> None:
    """Let the database count its rows, as it does by itself in daily use."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
