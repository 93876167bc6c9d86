"""A procedure that became stricter has a new version, says what changed, and strands no matter begun under the old one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from jianwei.procedures import Act, check, standing
from jianwei.procedures.shelf import procedures

SHELF = procedures()
STRICTER = {key: found for key, found in SHELF.items() if found.version != "1"}


def act(kind: str, on: str, **facts: object) -> Act:
    return Act(kind, dt.date.fromisoformat(on), facts, version="1")


CHARGED = [
    act("accept", "2026-03-02", suspects=("甲某",), charge="受贿罪", in_custody=False, source="commission"),
    act("prosecute", "2026-03-25", court="甲县人民法院", charge="受贿罪"),
    act("withdraw", "2026-05-11", reason="证据发生变化"),
]
BEGUN = {
    "criminal/prosecution_review": (
        [*CHARGED, act("not_prosecute", "2026-06-05", ground="doubtful")],
        "办结",
    ),
    "criminal/arrest_review": (
        [
            act("accept", "2026-03-02", suspects=("甲某",), detained=True),
            act("approve", "2026-03-06"),
            act("execute", "2026-03-07", suspects=("甲某",)),
            act("ask_extension", "2026-04-28", level="first"),
            act("refuse_extension", "2026-05-02", reason="未有效开展侦查"),
            act("extend_first", "2026-05-06"),
        ],
        "决定以后",
    ),
    "juvenile/conditional_non_prosecution": (
        [
            act("begin", "2026-03-02", person="小周", chapter="6", age=15, under_one_year=True, remorse=True),
            act("prosecute", "2026-03-10"),
        ],
        "办结",
    ),
    "public_interest/administrative_suit": (
        [
            act("file", "2026-03-02", agency="水务局", field="生态环境和资源保护", damage="非法采砂"),
            act("serve_filing", "2026-03-04"),
            act("decide_letter", "2026-03-10", demand="制止", urgency="normal"),
            act("serve_letter", "2026-03-11"),
            act("receive_reply", "2026-04-01", attitude="不予整改"),
            act("expire_replied", "2026-04-20", expired_on=dt.date(2026, 4, 20)),
        ],
        "审查起诉",
    ),
    "management/weak_office": (
        [
            act("identify", "2026-01-05", office="甲县人民检察院"),
            act("standard", "2026-01-12", aspect="基础保障", indicator="网络", target="接入"),
            act("compare", "2026-01-12", indicator="网络", met="met", evidence="现状"),
            act(
                "plan",
                "2026-02-10",
                measures="接入",
                interim_on=dt.date(2026, 4, 30),
                finish_by_on=dt.date(2026, 6, 30),
            ),
            act("assess", "2026-04-20", assessors=("孙某",), unmet=0, advice="可以"),
            act("apply", "2026-04-21", report="达到"),
            act("accept", "2026-04-28", unmet=0, accepted="leave", keep_until_on=dt.date(2026, 10, 30)),
            act("check_again", "2026-05-06", finding="保持"),
            act("close", "2026-05-08"),
        ],
        "办结",
    ),
}
"""Matters that the version they were done under admitted and that of today would not."""


@pytest.mark.parametrize("key", STRICTER)
def test_a_new_version_says_what_it_changed(key: str) -> None:
    found = STRICTER[key]
    assert all(found.earlier[str(one)].note for one in range(1, int(found.version)))


@pytest.mark.parametrize("key", BEGUN)
def test_a_matter_begun_under_the_old_version_goes_on(key: str) -> None:
    found, (acts, stage) = SHELF[key], BEGUN[key]
    stands = standing(found, acts, acts[-1].day)
    assert not stands.refused
    assert not stands.state.unread
    assert stands.stage == stage


@pytest.mark.parametrize("key", BEGUN)
def test_the_same_act_done_today_is_refused(key: str) -> None:
    found, (acts, _) = SHELF[key], BEGUN[key]
    assert check(found, acts[:-1], replace(acts[-1], version="")) is not None


def test_a_matter_begun_under_the_old_version_is_counted_by_the_new_one() -> None:
    review = SHELF["criminal/prosecution_review"]
    acts = [replace(CHARGED[0], facts={**CHARGED[0].facts, "in_custody": True}), *CHARGED[1:]]
    clocks = {clock.clock: clock for clock in standing(review, acts, dt.date(2026, 5, 12)).clocks}
    assert clocks["held_withdrawn"].due_on == dt.date(2026, 6, 10)
