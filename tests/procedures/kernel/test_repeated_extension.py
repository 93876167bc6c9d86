"""An extension the law lets be granted again and again (技术侦查), and one it lets be granted once."""

from __future__ import annotations

import datetime as dt

from jianwei.kit import Cite, Line
from jianwei.procedures import Act, Procedure, act, case_clock, check, number, standing

MARCH = dt.date(2025, 3, 10)


class Watch(Procedure):
    title, line = "技术侦查", Line.CRIMINAL
    stages, ends = ("进行", "终止"), ("终止",)
    basis = (Cite("中华人民共和国刑事诉讼法", "第一百五十一条"),)

    lasts = case_clock("criminal/technical_investigation")
    review = case_clock("criminal/prosecution_review")

    begin = act("批准", opens=True, to="进行", does=(lasts.start(), review.start()))
    renew = act(
        "延长", facts=(number("months", "批准的月数").optional(),), does=(lasts.extend("renewed", granted="months"),)
    )
    once = act("延长审查", does=(review.extend("complex"),))
    end = act("解除", to="终止", does=(lasts.meet(),))


def done(*later: Act) -> list[Act]:
    return [Act("begin", MARCH), *later]


def last(*later: Act) -> dt.date | None:
    stands = standing(Watch, done(*later), later[-1].day)
    assert not stands.refused
    return next(clock.due_on for clock in stands.clocks if clock.clock == "lasts")


def test_it_may_be_extended_again_each_time_before_expiry() -> None:
    first, second = Act("renew", dt.date(2025, 6, 5)), Act("renew", dt.date(2025, 9, 5))
    assert last(first) == dt.date(2025, 9, 10)
    assert last(first, second) == dt.date(2025, 12, 10)


def test_each_time_may_be_granted_for_less_and_none_for_more() -> None:
    first, second = Act("renew", dt.date(2025, 6, 5), {"months": 1}), Act("renew", dt.date(2025, 7, 5), {"months": 2})
    assert last(first) == dt.date(2025, 7, 10)
    assert last(first, second) == dt.date(2025, 9, 10)
    more = check(Watch, done(first), Act("renew", dt.date(2025, 7, 5), {"months": 4}))
    assert more is not None
    assert "不得超过3个月" in more.says


def test_after_expiry_it_is_refused_again_too() -> None:
    late = check(Watch, done(Act("renew", dt.date(2025, 6, 5))), Act("renew", dt.date(2025, 9, 11)))
    assert late is not None
    assert "届满后不得延长" in late.says


def test_an_extension_the_law_grants_once_is_refused_the_second_time() -> None:
    again = check(Watch, done(Act("once", dt.date(2025, 4, 1))), Act("once", dt.date(2025, 4, 5)))
    assert again is not None
    assert "延长过" in again.says
