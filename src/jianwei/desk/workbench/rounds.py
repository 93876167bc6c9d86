"""What the background worker does, and how often. A task may be killed at any moment and run again.

A beat is kept of every task that ended: when, how much it made, or what stopped it. One that fails stops no other.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jianwei.desk.evidence import erasing, fixing, inspecting, sweeping, watching
from jianwei.desk.exchange import tasks as exchange
from jianwei.desk.recordings import dropping, forgetting, running
from jianwei.desk.search import indexing
from jianwei.desk.trails import tasks as trails
from jianwei.desk.workbench import tasks
from jianwei.desk.workbench.models import Beat

Now = Callable[[], dt.datetime]
Day = Callable[[], dt.date]


@dataclass(frozen=True)
class Task:
    title: str
    every: dt.timedelta
    """Chosen for each: so late may what it makes be."""
    run: Callable[[dt.date, dt.datetime], int]
    """Do everything there is to do; returns how much was made."""


SECONDS, MINUTES = (dt.timedelta(**{unit: 1}) for unit in ("seconds", "minutes"))

TASKS = (
    Task("到期提醒", 5 * MINUTES, tasks.warn),
    Task("检索索引", 5 * MINUTES, indexing.refresh),
    Task("文书存证", 15 * SECONDS, sweeping.documents),
    Task("录音录像存证", 15 * SECONDS, dropping.take),
    Task("中断的录音录像", 30 * SECONDS, running.rescue),
    Task("存证状态", MINUTES, watching.refresh),
    Task("移送包", 15 * SECONDS, exchange.sweep),
    Task("存证检查", dt.timedelta(days=1), inspecting.inspect),
    Task("随存证库删除", 60 * MINUTES, erasing.follow),
    Task("清空已删除的录音录像", 15 * MINUTES, forgetting.follow),
    Task("清理中断的上传", 60 * MINUTES, fixing.forget_abandoned),
    Task("留痕封存", 5 * MINUTES, trails.seal),
    Task("留痕检查", 15 * SECONDS, trails.check),
)


def run_due(today: Day, now: Now, *, everything: bool = False, all_tasks: Iterable[Task] = TASKS) -> dict[str, int]:
    """Run the tasks whose time has come, or ``everything``. Returns how much each made; those that failed are absent."""
    last = dict(Beat.objects.values_list("task", "at"))
    made: dict[str, int] = {}
    for task in all_tasks:
        if not everything and task.title in last and last[task.title] <= now() < last[task.title] + task.every:
            continue
        began, problem = time.perf_counter(), ""
        try:
            made[task.title] = task.run(today(), now())
        except Exception as error:  # whatever it is, the next task is not to blame
            logging.getLogger(__name__).exception("后台任务“%s”失败", task.title)
            problem = (str(error) or type(error).__name__)[:200]
        seconds, count = time.perf_counter() - began, made.get(task.title, 0)
        Beat.objects.update_or_create(
            task=task.title, defaults={"at": now(), "seconds": seconds, "made": count, "problem": problem}
        )
    return made
