"""The office's own cases: 审查逮捕 and 审查起诉, handled in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.records import OfficeCase
from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents.charges import DRAW
from jianwei.sandbox.world import World


def numbers(w: World, court: Court, on: dt.date) -> tuple[str, str]:
    """(部门受案号, 统一受案号), unique across shards."""
    key = (f"office{court.region}", on.year, "")
    counter = w._numbers.get(key, 0) + 1
    w._numbers[key] = counter
    serial = counter * w.shards + w.shard
    return f"{court.old}检刑受[{on.year}]{serial:05d}号", f"{court.region}{on.year}{serial:08d}"


def record(w: World, court: Court, category: str, accepted: dt.date, **values: Any) -> str:
    dept_no, uni_no = numbers(w, court, accepted)
    person, charge = w.person(court), w.pick(DRAW)
    w.row(
        OfficeCase,
        **(
            {
                "dept_no": dept_no,
                "uni_no": uni_no,
                "case_name": f"{person.name}{charge}案",
                "category": category,
                "office": court.office,
                "region": court.region,
                "accepted_on": accepted,
                "source_unit": court.police,
                "charge_in": charge,
                "prosecutor": w.pick(w.bench(court).prosecutors),
                "dept": w.pick(("第一检察部", "第二检察部")),
                "custody": True,
            }
            | values
        ),
    )
    return dept_no


def ordinary(w: World) -> None:
    """In time by the simplest counting: no holiday, no doubt about custody."""
    court = w.court()
    accepted = w.day(dt.date(w.until.year - 3, 1, 3), w.until)
    held = w.chance(0.55)
    if w.chance(0.4):
        done = days(accepted, w.among(3, 7) if held else w.among(5, 14))
        open_ = done > w.until
        record(
            w,
            court,
            "审查逮捕",
            accepted,
            custody=held,
            finished_on=None if open_ else done,
            decision=None if open_ else w.pick(("批准逮捕", "批准逮捕", "不批准逮捕")),
        )
        return
    values: dict[str, Any] = {"custody": held}
    start = accepted
    r = w.rng.random()
    if r < 0.16:
        values["returned_1_on"] = days(start, w.among(12, 26))
        start = values["resubmitted_1_on"] = days(values["returned_1_on"], w.among(14, 27))
        if w.chance(0.25):
            values["returned_2_on"] = days(start, w.among(12, 26))
            start = values["resubmitted_2_on"] = days(values["returned_2_on"], w.among(14, 27))
    limit = add_months(start, 1)
    if w.chance(0.12):
        values["extended_on"] = days(limit, -w.among(2, 6))
        limit = days(limit, 15)
    done = days(start, max(4, (limit - start).days - w.among(2, 20)))
    if done <= w.until:
        values |= {"finished_on": done, "decision": w.pick(("起诉", "起诉", "起诉", "相对不起诉"))}
    values = {k: v for k, v in values.items() if not isinstance(v, dt.date) or v <= w.until}
    record(w, court, "审查起诉", accepted, **values)


def background(w: World, count: int) -> None:
    for _ in range(count):
        ordinary(w)
