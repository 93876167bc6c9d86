"""A clock that ends does not hide that it was late, and says why it was counted anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import ClockStanding, casefile, standing

PROSECUTION = [
    {"act": "受理", "on": "2026-01-31", "suspects": "甲某", "charge": "盗窃罪", "in_custody": "是"},
]


def clocks(*acts: dict[str, Any], past: bool = False) -> dict[str, ClockStanding]:
    case = casefile.read({"procedure": "审查起诉", "acts": [*PROSECUTION, *acts]})
    stands = standing(case.procedure, case.acts, dt.date(2026, 4, 1))
    assert not case.unreadable
    assert not stands.refused
    return {clock.clock: clock for clock in (stands.past if past else stands.clocks)}


def test_a_clock_stopped_after_its_last_day_says_by_how_much() -> None:
    found = clocks({"act": "退回补充侦查", "on": "2026-03-05"})
    assert "此前2026-02-28已届满，超过5日" in found["held"].says
    assert "届满" not in clocks({"act": "退回补充侦查", "on": "2026-02-20"})["held"].says


def test_a_suspension_that_was_never_ended_ends_with_the_run() -> None:
    found = clocks(
        {"act": "精神病鉴定", "on": "2026-02-10", "person": "甲某"},
        {"act": "起诉", "on": "2026-03-10", "court": "甲县人民法院", "charge": "盗窃罪"},
    )
    assert found["review"].due_on == dt.date(2026, 3, 28)
    assert found["review"].state.value == "已按期"


def test_a_custody_clock_keeps_the_day_of_custody_after_release() -> None:
    release = {"act": "变更强制措施", "on": "2026-02-10", "suspects": "甲某", "measure": "取保候审"}
    assert clocks(release)["held"].due_on == dt.date(2026, 2, 28)


def test_a_clock_counted_anew_says_why() -> None:
    moved = {"act": "改变管辖", "on": "2026-02-20", "to_office": "乙院"}
    due = clocks(moved)["review"].due
    assert due is not None
    assert due.reasoning.startswith("改变管辖，自改变后的人民检察院收到案件之日重新计算；2026-02-20起算")
    assert "不再计算" not in clocks(moved, past=True)["review"].says
