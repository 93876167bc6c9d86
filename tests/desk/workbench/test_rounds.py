"""The worker runs each task at its time, keeps a beat of it, and lets no failure stop another."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.desk.workbench import rounds
from jianwei.desk.workbench.models import Beat
from jianwei.desk.workbench.rounds import Task, run_due

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def _failing(day: dt.date, at: dt.datetime) -> int:
    raise RuntimeError("数据库不可用")


def _run(at: dt.datetime, *tasks: Task, everything: bool = False) -> dict[str, int]:
    return run_due(at.date, lambda: at, everything=everything, all_tasks=tasks)


@pytest.mark.django_db
def test_a_task_runs_at_its_time() -> None:
    often, seldom = (Task(name, dt.timedelta(seconds=n), lambda day, at: 2) for name, n in (("常", 10), ("疏", 300)))
    assert _run(NOON, often, seldom) == {"常": 2, "疏": 2}
    assert _run(NOON + dt.timedelta(seconds=9), often, seldom) == {}
    assert _run(NOON + dt.timedelta(seconds=10), often, seldom) == {"常": 2}
    assert _run(NOON + dt.timedelta(seconds=11), often, seldom, everything=True) == {"常": 2, "疏": 2}
    assert Beat.objects.get(task="常").made == 2


@pytest.mark.django_db
def test_a_clock_that_was_ahead_for_a_while_stops_nothing() -> None:
    task = Task("常", dt.timedelta(seconds=10), lambda day, at: 1)
    _run(NOON + dt.timedelta(days=365), task)
    assert _run(NOON, task) == {"常": 1}


@pytest.mark.django_db
def test_one_that_fails_stops_no_other_and_says_why() -> None:
    bad, good = Task("坏", dt.timedelta(0), _failing), Task("好", dt.timedelta(0), lambda day, at: 1)
    assert _run(NOON, bad, good) == {"好": 1}
    assert Beat.objects.get(task="坏").problem == "数据库不可用"
    mended = Task("坏", dt.timedelta(0), lambda day, at: 0)
    _run(NOON, mended)
    assert Beat.objects.get(task="坏").problem == ""


@pytest.mark.django_db
def test_everything_the_worker_does_can_be_done_on_an_empty_desk() -> None:
    assert set(_run(NOON, *rounds.TASKS)) == {task.title for task in rounds.TASKS}
    assert not Beat.objects.exclude(problem="")
