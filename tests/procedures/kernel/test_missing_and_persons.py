"""What nobody said is missing, never safe; what was said of one person is not taken for another."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.kit import Cite, Line
from jianwei.procedures import (
    Act,
    Clock,
    ClockStanding,
    ClockState,
    Procedure,
    act,
    case_clock,
    check,
    choice,
    custody_clock,
    day,
    hold,
    must_name,
    only_after,
    only_of_the_matter,
    only_past,
    only_running,
    people,
    standing,
    yes_no,
)

MONDAY = dt.date(2026, 3, 2)
WHO = people("suspects", "犯罪嫌疑人")
LENGTH = {"detained": {True: "", False: "not_detained"}}


class Toy(Procedure):
    title, line = "样例", Line.CRIMINAL
    stages, ends = ("办理", "办结"), ("办结",)
    basis = (Cite("中华人民共和国刑事诉讼法", "第九十一条"),)

    review = Clock("criminal/arrest_review", each="suspects")
    held = custody_clock("criminal/investigation_custody", each="suspects")
    served = case_clock("criminal/non_arrest_reconsideration")

    accept = act(
        "受理",
        opens=True,
        to="办理",
        facts=(WHO, yes_no("detained", "已被拘留").optional(), day("served_on", "送达日期").optional()),
        does=(hold("detained", each="suspects"), review.start(length=LENGTH), held.start(), served.start("served_on")),
        guards=(only_past("served_on", says="送达不能在将来"),),
    )
    tell = act(
        "补明",
        facts=(WHO, yes_no("detained", "已被拘留")),
        does=(hold("detained", each="suspects"), review.vary(LENGTH)),
        guards=(only_of_the_matter("suspects"),),
    )
    serve = act("送达", does=(served.fix(),))
    decide = act(
        "决定",
        facts=(WHO.optional(), choice("kind", "种类", ("捕", "不捕"))),
        does=(review.meet(when={"kind": "捕"}),),
        guards=(only_running(review, says="没有待决的"), must_name(review)),
    )
    end = act("办结", to="办结", guards=(only_after("serve", "decide", says="须先送达并决定"),))


def stands(acts: list[Act]) -> dict[str, ClockStanding]:
    for place, new in enumerate(acts):
        assert check(Toy, acts[:place], new) is None
    return {f"{c.clock}/{c.person}".rstrip("/"): c for c in standing(Toy, acts, acts[-1].on).clocks}


def accepted(**facts: object) -> Act:
    return Act("accept", MONDAY, {"suspects": ("赵某", "钱某"), **facts})


def test_a_length_that_rests_on_an_unknown_fact_is_missing() -> None:
    found = stands([accepted()])
    for name in ("review/赵某", "held/赵某"):
        assert (found[name].state, found[name].due, found[name].missing) == (ClockState.MISSING, None, "detained")
    assert found["served"].missing == "served_on"
    asked = {m.fact: m.label for m in standing(Toy, [accepted()], MONDAY).missing}
    assert asked == {"detained": "已被拘留", "served_on": "送达日期"}


def test_what_is_then_given_counts_from_the_first_day_and_for_that_person_alone() -> None:
    told = Act("tell", MONDAY + dt.timedelta(days=1), {"suspects": ("赵某",), "detained": True})
    other = Act("tell", MONDAY + dt.timedelta(days=2), {"suspects": ("钱某",), "detained": False})
    found = stands([accepted(), told])
    assert found["review/赵某"].due_on == dt.date(2026, 3, 9)
    assert found["held/赵某"].due_on == dt.date(2026, 5, 2)
    assert found["review/钱某"].state is ClockState.MISSING
    found = stands([accepted(), told, other])
    assert found["review/赵某"].due_on == dt.date(2026, 3, 9)
    assert found["review/钱某"].due_on == dt.date(2026, 3, 17)
    assert found["held/钱某"].state is ClockState.STOPPED, "nobody in custody has a custody clock"


def test_the_first_day_is_fixed_once() -> None:
    first, again = (Act("serve", MONDAY + dt.timedelta(days=days)) for days in (1, 5))
    assert stands([accepted(detained=True), first, again])["served"].start == first.on


def test_an_act_that_names_nobody_means_everybody_ever_named() -> None:
    named = Act("tell", MONDAY, {"suspects": ("钱某",), "detained": True})
    found = stands([accepted(detained=True), named, Act("decide", MONDAY, {"kind": "捕"})])
    assert {found[f"review/{who}"].state for who in ("赵某", "钱某")} == {ClockState.DONE_IN_TIME}


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"suspects": ("孙某",), "detained": True}, "不是本案人员"),
        ({"detained": True}, "必填"),
    ],
)
def test_a_person_the_matter_does_not_know_is_refused(facts: dict[str, object], says: str) -> None:
    refused = check(Toy, [accepted()], Act("tell", MONDAY, facts))
    assert refused is not None
    assert says in refused.says


def test_who_is_meant_may_be_left_out_only_while_all_are_alike() -> None:
    one = Act("decide", MONDAY, {"suspects": ("赵某",), "kind": "捕"})
    before = [accepted(detained=True), one]
    unnamed = check(Toy, before, Act("decide", MONDAY, {"kind": "捕"}))
    assert unnamed is not None
    assert "写明" in unnamed.says
    twice = check(Toy, before, replace_suspects(one, "赵某"))
    assert twice is not None
    assert "没有待决的" in twice.says
    assert check(Toy, before, replace_suspects(one, "钱某")) is None


def replace_suspects(done: Act, who: str) -> Act:
    return Act(done.kind, done.on, {**done.facts, "suspects": (who,)})


def test_guards_on_what_was_done_and_on_days_to_come() -> None:
    early = check(Toy, [accepted(detained=True)], Act("end", MONDAY))
    assert early is not None
    assert "须先送达并决定" in early.says
    future = check(Toy, [], accepted(served_on=MONDAY + dt.timedelta(days=1)))
    assert future is not None
    assert "将来" in future.says


def test_a_name_that_belongs_to_every_matter_is_not_taken() -> None:
    with pytest.raises(TypeError):
        type("Taken", (Procedure,), {"correct": act("纠正"), "__module__": "a.b"})
