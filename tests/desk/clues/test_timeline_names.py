"""The names beside the lanes of a timeline: each fits in the space left for it."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.desk.clues import timeline


def name_shown(name: str) -> str:
    event = timeline.Event(dt.date(2026, 1, 5), "立案日期", name, "row", "court_case")
    (lane,) = timeline.drawn([event]).lanes
    return lane.short


@pytest.mark.parametrize("name", ["虞见山", "甲县岭峰供应链公司", "（2024）浙0602民初1234号"])
def test_a_name_that_fits_is_shown_whole(name: str) -> None:
    assert name_shown(name) == name.removeprefix("（2024）")


@pytest.mark.parametrize(
    "name", ["甲县岭峰工贸有限公司东", "甲县岭峰供应链管理有限责任公司", "（2024）浙0602民初1234号之一百二十三"]
)
def test_a_longer_name_is_cut_to_the_space_beside_its_lane(name: str) -> None:
    shown = name_shown(name)
    assert shown.endswith("…")
    assert name.removeprefix("（2024）").startswith(shown[:-1])
    assert sum(12 if sign > "\u2e80" else 7 for sign in shown[:-1]) + 12 <= timeline.Timeline.left
