"""A clock whose last day an authority sets for the matter, alone or within a limit of the law."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.kit import Cite, Line
from jianwei.procedures import (
    Act,
    ClockKind,
    ClockStanding,
    ClockState,
    Procedure,
    act,
    check,
    day,
    others_clock,
    set_clock,
    standing,
    yes_no,
)

MARCH = dt.date(2026, 3, 2)
SATURDAY = dt.date(2026, 3, 28)


class Task(Procedure):
    title, line = "督办", Line.MANAGEMENT
    stages, ends = ("办理", "办结"), ("办结",)
    basis = (Cite("中华人民共和国人民检察院组织法", "第二十九条"),)

    finish = set_clock("完成期限", "承办部门")
    reply = others_clock("conduct/suggestion_reply")

    begin = act(
        "交办",
        opens=True,
        to="办理",
        facts=(
            day("due_on", "完成期限").optional(),
            yes_no("urgent", "紧急").optional(),
            day("reply_by_on", "回复期限").optional(),
        ),
        does=(finish.start(until="due_on"), reply.start(until="reply_by_on", when={"urgent": True})),
    )
    name = act("确定完成期限", facts=(day("due_on", "完成期限"),), does=(finish.move("due_on"),))
    end = act("办结", to="办结", does=(finish.meet(),))


def begun(**facts: object) -> Act:
    return Act("begin", MARCH, facts)


def named(on: dt.date, due_on: dt.date) -> Act:
    return Act("name", on, {"due_on": due_on})


def clock(name: str, acts: list[Act], as_of: dt.date) -> ClockStanding:
    return next(clock for clock in standing(Task, acts, as_of).clocks if clock.clock == name)


def test_the_last_day_is_the_day_that_was_set_holiday_or_not_and_says_that_no_law_gives_it() -> None:
    shown = clock("finish", [begun(due_on=SATURDAY)], MARCH)
    assert shown.due is not None
    assert shown.due.on == SATURDAY
    assert "不是法定期限" in shown.due.reasoning
    assert (shown.binds, shown.kind, shown.start) == ("承办部门", ClockKind.CASE, MARCH)
    assert clock("finish", [begun(due_on=SATURDAY)], SATURDAY).state is ClockState.DUE_TODAY
    assert clock("finish", [begun(due_on=SATURDAY)], SATURDAY + dt.timedelta(days=1)).state is ClockState.OVERDUE


def test_without_the_day_it_is_a_missing_input_until_the_day_is_named() -> None:
    stands = standing(Task, [begun()], MARCH)
    assert [missing.fact for missing in stands.missing] == ["due_on"]
    shown = clock("finish", [begun(), named(dt.date(2026, 3, 5), SATURDAY)], dt.date(2026, 3, 5))
    assert shown.due_on == SATURDAY


def test_a_day_moved_keeps_the_first_in_its_reasoning() -> None:
    shown = clock("finish", [begun(due_on=SATURDAY), named(dt.date(2026, 3, 20), dt.date(2026, 4, 10))], SATURDAY)
    assert shown.due is not None
    assert [step.on for step in shown.due.steps] == [SATURDAY, dt.date(2026, 4, 10)]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (named(dt.date(2026, 3, 29), dt.date(2026, 4, 10)), "届满后不得改定"),
        (named(dt.date(2026, 3, 20), dt.date(2026, 3, 19)), "早于确定完成期限的2026-03-20"),
    ],
)
def test_it_is_not_moved_after_its_end_nor_into_the_past(act: Act, says: str) -> None:
    refused = check(Task, [begun(due_on=SATURDAY)], act)
    assert refused is not None
    assert says in refused.says


def test_a_day_set_within_a_limit_of_the_law_stands_and_one_beyond_it_is_refused() -> None:
    lawful, beyond = dt.date(2026, 3, 17), dt.date(2026, 5, 7)
    shown = clock("reply", [begun(due_on=SATURDAY, urgent=True, reply_by_on=lawful)], MARCH)
    assert shown.due_on == lawful
    assert "第十九条" in shown.cite
    refused = check(Task, [], begun(due_on=SATURDAY, urgent=True, reply_by_on=beyond))
    assert refused is not None
    assert "依法至迟为2026-05-06" in refused.says
    assert check(Task, [], begun(due_on=SATURDAY, urgent=False, reply_by_on=beyond)) is None


def test_a_limit_of_the_law_keeps_its_own_last_day_where_none_was_set() -> None:
    assert clock("reply", [begun(due_on=SATURDAY, urgent=True)], MARCH).due_on == dt.date(2026, 5, 6)
