"""M73 办案期限异常: the office's own cases past their limit, and those that lawfully took longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.tables.office_cases import record
from jianwei.sandbox.world import World

MODEL = "conduct.handling_time"
REVIEW = "审查起诉"
ARREST = "审查逮捕"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(14 * scale))):
        ANOMALIES[(w.shard + i) % len(ANOMALIES)](w)
        for k in range(3):
            DECOYS[(w.shard + 3 * i + k) % len(DECOYS)](w)


def _accepted(w: World) -> dt.date:
    return w.day(dt.date(w.until.year - 3, 1, 5), w.past(9))


def _write(w: World, kind: str, variant: str, why: str, category: str, accepted: dt.date, **values: Any) -> None:
    no = record(w, w.court(), category, accepted, **values)
    w.truth(MODEL, kind, variant, no, [no], why)


def _late_review(w: World) -> None:
    on = _accepted(w)
    _write(w, "anomaly", "审查起诉超期", "无延长、退查记录，受理四十五日以后才审结", REVIEW, on, custody=w.chance(0.7), finished_on=days(on, w.among(52, 80)), decision="起诉")


def _late_arrest(w: World) -> None:
    on = _accepted(w)
    _write(w, "anomaly", "审查逮捕超期", "在押人员审查逮捕超过七日", ARREST, on, custody=True, finished_on=days(on, w.among(11, 18)), decision="批准逮捕")


def _still_open(w: World) -> None:
    on = days(w.past(w.among(4, 10)), -w.among(0, 20))
    _write(w, "anomaly", "久拖未结", "受理数月仍未审结，亦无延长、退查、中止记录", REVIEW, on, custody=w.chance(0.5))


def _late_after_return(w: World) -> None:
    on = _accepted(w)
    back = days(on, w.among(14, 25))
    again = days(back, w.among(15, 28))
    _write(w, "anomaly", "重报后超期", "补查重报后重新计算仍超过期限", REVIEW, on, custody=True, returned_1_on=back, resubmitted_1_on=again, finished_on=days(again, w.among(52, 75)), decision="起诉")


def _long_return(w: World) -> None:
    on = _accepted(w)
    back = days(on, w.among(14, 25))
    again = days(back, w.among(48, 75))
    _write(w, "anomaly", "补充侦查超过一个月", "退回补充侦查后逾一个月才重报", REVIEW, on, custody=True, returned_1_on=back, resubmitted_1_on=again, finished_on=days(again, w.among(10, 24)), decision="起诉")


def _extended(w: World) -> None:
    on = _accepted(w)
    limit = add_months(on, 1)
    _write(w, "decoy", "依法延长十五日", "期限届满前批准延长十五日", REVIEW, on, custody=True, extended_on=days(limit, -w.among(2, 7)), finished_on=days(limit, w.among(5, 13)), decision="起诉")


def _returned_twice(w: World) -> None:
    on = _accepted(w)
    one = days(on, w.among(14, 26))
    two = days(one, w.among(15, 28))
    three = days(two, w.among(14, 26))
    four = days(three, w.among(15, 28))
    _write(w, "decoy", "两次退回补充侦查", "两次退查重报均在期限内，重新计算后按期审结", REVIEW, on, custody=True, returned_1_on=one, resubmitted_1_on=two, returned_2_on=three, resubmitted_2_on=four, finished_on=days(four, w.among(10, 26)), decision="起诉")


def _moved(w: World) -> None:
    on = _accepted(w)
    moved = days(on, w.among(15, 26))
    _write(w, "decoy", "改变管辖", "改变管辖后自收到案件之日起重新计算", REVIEW, on, custody=True, jurisdiction_changed_on=moved, finished_on=days(moved, w.among(15, 27)), decision="起诉")


def _appraised(w: World) -> None:
    on = _accepted(w)
    start = days(on, w.among(6, 15))
    end = days(start, w.among(40, 70))
    _write(w, "decoy", "精神病鉴定期间", "对犯罪嫌疑人作精神病鉴定的期间不计入", REVIEW, on, custody=True, appraisal_from_on=start, appraisal_to_on=end, finished_on=days(end, w.among(4, 10)), decision="起诉")


def _suspended(w: World) -> None:
    on = _accepted(w)
    start = days(on, w.among(8, 18))
    end = days(start, w.among(50, 120))
    _write(w, "decoy", "中止审查", "犯罪嫌疑人患病中止审查，恢复后按期审结", REVIEW, on, custody=False, suspended_on=start, resumed_on=end, finished_on=days(end, w.among(3, 9)), decision="相对不起诉")


def _not_held(w: World) -> None:
    on = _accepted(w)
    _write(w, "decoy", "未被羁押的审查逮捕", "未被羁押的，应在十五日以内作出决定", ARREST, on, custody=False, finished_on=days(on, w.among(9, 14)), decision="不批准逮捕")


def _last_day(w: World) -> None:
    on = _accepted(w)
    limit = add_months(on, 1)
    _write(w, "decoy", "届满当日审结", "期限届满前一日或当日审结", REVIEW, on, custody=True, finished_on=days(limit, -w.among(0, 1)), decision="起诉")


Plant = Callable[[World], None]
ANOMALIES: tuple[Plant, ...] = (_late_review, _late_arrest, _still_open, _late_after_return, _long_return)
DECOYS: tuple[Plant, ...] = (_extended, _returned_twice, _moved, _appraised, _suspended, _not_held, _last_day)
