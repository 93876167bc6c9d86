"""A second run updates and never adds; what people decided stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk_sample as sample
import pytest
from django.utils import timezone

from jianwei.desk.clues.load import load
from jianwei.desk.clues.models import Clue, Run
from jianwei.desk.people.models import Office


def test_loading_a_run_twice_changes_nothing(tmp_path: Path, db: None) -> None:
    folder = sample.write_run(tmp_path / "a", [sample.clue(n) for n in range(7)])
    first = load(folder, timezone.now())
    before = list(Clue.objects.order_by("pk").values())
    second = load(folder, timezone.now())
    assert (first.added, first.updated, second.added, second.updated) == (7, 0, 0, 7)
    after = list(Clue.objects.order_by("pk").values())
    for row in before + after:
        row.pop("updated_at")
    assert before == after
    assert Run.objects.count() == 1


def test_a_later_run_updates_and_keeps_what_people_decided(run_of: Callable[..., Any]) -> None:
    one = sample.clue(1)
    run_of([one])
    Clue.objects.update(status="rejected", reason="lawful", version=4)
    run_of([one | {"score": 9, "grade": "高"}])
    clue = Clue.objects.get()
    assert (clue.score, clue.grade, clue.changed) == (9, 3, True)
    assert (clue.status, clue.reason, clue.version) == ("rejected", "lawful", 4)
    assert clue.first_run != clue.last_run


def test_a_sign_that_no_database_keeps_does_not_stop_a_run(run_of: Callable[..., Any]) -> None:
    one = sample.clue(1)
    run_of([one | {"subject": "甲\x00乙", "reasons": ["丙\x00", *one["reasons"]]}])
    clue = Clue.objects.get()
    assert (clue.subject, clue.headline, clue.body.content["reasons"][0]) == ("甲乙", "丙", "丙")


def test_a_clue_that_is_not_found_again_is_marked_and_stays(run_of: Callable[..., Any]) -> None:
    run_of([sample.clue(0), sample.clue(5)])
    loaded = run_of([sample.clue(0)])
    assert loaded.vanished == 1
    assert set(Clue.objects.values_list("subject_key", "vanished")) == {("nbp:0000", False), ("nbp:0005", True)}
    run_of([sample.clue(0), sample.clue(5)])
    assert not Clue.objects.filter(vanished=True).exists()


def test_a_model_that_was_not_evaluated_leaves_its_clues_alone(run_of: Callable[..., Any]) -> None:
    run_of([sample.clue(0), sample.clue(1)])
    skipped = [
        {
            "model": "civil.bulk_lending",
            "ref": "M01",
            "title": "民间借贷批量原告",
            "reason": "未评价，因为缺少数据：民事案件",
        }
    ]
    run_of([sample.clue(0)], skipped=skipped)
    assert not Clue.objects.filter(vanished=True).exists()


def test_a_broken_line_loads_nothing(tmp_path: Path, db: None) -> None:
    folder = sample.write_run(tmp_path / "b", [sample.clue(n) for n in range(3)])
    with (folder / "clues.jsonl").open("a") as lines:
        lines.write('{"id": "half')
    with pytest.raises(ValueError):
        load(folder, timezone.now())
    assert not Clue.objects.exists() and not Run.objects.exists()


def test_a_clue_without_a_known_region_goes_to_the_top(run_of: Callable[..., Any]) -> None:
    run_of([sample.clue(0, region=None), sample.clue(1, region="999999")])
    codes = dict(Clue.objects.values_list("subject_key", "office__code"))
    assert codes == {"nbp:0000": "100000", "nbp:0001": "999999"}
    assert Office.objects.get(code="999999").level == Office.Level.COUNTY


def test_offices_hang_under_their_city_and_province(run_of: Callable[..., Any]) -> None:
    run_of([sample.clue(0)])
    county = Office.objects.get(code="330602")
    assert county.path == "100000/330000/330600/330602/"
    assert county.name == "绍兴市越城区人民检察院"
