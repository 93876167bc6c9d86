"""A rebuild of what is right changes nothing; of what was spoilt or is counted otherwise now, everything and only that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from jianwei.desk.matters import casebook, derive, keeping, rebuild
from jianwei.desk.matters.models import ActRow, Matter, MatterClock, Party, Rebuild
from jianwei.desk.matters.planting import Seedling, plant
from jianwei.desk.matters.walk import walk
from jianwei.procedures import Renamed
from jianwei.procedures.shelf import procedures

TODAY = dt.date(2026, 11, 20)
AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
SHELF = procedures()


def kept() -> tuple[Any, ...]:
    """Everything derived, as the database has it, without row numbers."""
    matters = list(Matter.objects.order_by("pk").values())
    clocks = list(MatterClock.objects.order_by("matter", "place").values("matter", *derive.CLOCK_COLUMNS))
    parties = list(Party.objects.order_by("matter", "place").values("matter", *derive.PARTY_COLUMNS))
    return matters, clocks, parties


@pytest.fixture
def planted(person: Callable[..., Any]) -> int:
    rng, handler = Random(7), person()
    seedlings = []
    for key, procedure in SHELF.items():
        for _ in range(3):
            acts = walk(procedure, rng, TODAY - dt.timedelta(days=rng.randrange(10, 200)), TODAY, 8)
            assert acts, key
            seedlings.append(Seedling(handler.office, handler, procedure, tuple(acts)))
    return plant(seedlings, AT)


def test_a_rebuild_changes_nothing(planted: int) -> None:
    before = kept()
    assert MatterClock.objects.count() > planted and Party.objects.exists()
    report = rebuild.rebuild(AT + dt.timedelta(days=400))
    assert (report.seen, report.changed, report.changes) == (planted, 0, ())
    assert kept() == before


def test_what_was_spoilt_is_told_by_the_preview_and_repaired_by_the_rebuild(planted: int) -> None:
    before = kept()
    one = Matter.objects.filter(closed=False).exclude(due_on=derive.NEVER).first()
    assert one
    Matter.objects.filter(pk=one.pk).update(stage="别的阶段", due_on=dt.date(2020, 1, 1))
    MatterClock.objects.filter(matter=one, place=0).update(due_on=dt.date(2020, 1, 1))
    Party.objects.all().delete()
    spoilt = kept()
    preview = rebuild.rebuild(AT, preview=True)
    assert kept() == spoilt
    told = next(change for change in preview.changes if change.procedure == one.procedure)
    assert told.stages == {("别的阶段", one.stage): 1} and sum(told.clocks.values()) == 1
    done = rebuild.rebuild(AT)
    assert done.changed == preview.changed == len({row["matter"] for row in before[2]} | {one.pk})
    for was, now in zip(before, kept(), strict=True):
        assert [{**row, "updated_at": 0} for row in was] == [{**row, "updated_at": 0} for row in now]


def test_a_rebuild_cut_short_goes_on_behind_its_last_batch(planted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "BATCH", 5)
    Matter.objects.update(stage="别的阶段")
    seen = []

    def pull_the_plug(done: int, total: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(AT, progress=pull_the_plug)
    mark = Rebuild.objects.get()
    assert (mark.seen, mark.changed, mark.finished_at) == (15, 15, None)
    assert Matter.objects.filter(stage="别的阶段").count() == planted - 15
    report = rebuild.rebuild(AT, progress=lambda done, total: seen.append(done))
    assert seen[3] == 20, "it does not begin anew"
    assert (report.seen, report.changed) == (planted, planted)
    assert not Matter.objects.filter(stage="别的阶段").exists()
    assert rebuild.rebuild(AT).changed == 0


def test_a_changed_procedure_strands_no_matter_and_its_preview_says_which_move(
    new_matter: Callable[..., Matter], do: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version calls the stage 退回补充侦查 otherwise: acts of the old one are read, not judged again."""
    matter, other = new_matter(), new_matter()
    do(matter, "send_back", "2026-11-10")
    review = SHELF["criminal/prosecution_review"]
    old = review.acts["send_back"]
    new = replace(old, to="补充侦查中", key="return_once")
    acts = {key: kind for key, kind in review.acts.items() if key != "send_back"} | {"return_once": new}
    monkeypatch.setattr(review, "acts", acts)
    monkeypatch.setattr(review, "stages", (*review.stages, "补充侦查中"))
    monkeypatch.setattr(review, "earlier", {review.version: Renamed(acts={"send_back": "return_once"})})
    monkeypatch.setattr(review, "version", "next")
    preview = rebuild.rebuild(AT, preview=True)
    assert [(c.procedure, c.matters, dict(c.stages)) for c in preview.changes] == [
        (review.key, 1, {("退回补充侦查", "补充侦查中"): 1})
    ]
    rebuild.rebuild(AT)
    matter.refresh_from_db()
    assert (matter.stage, matter.others_due_on) == ("补充侦查中", dt.date(2026, 12, 10))
    assert Matter.objects.get(pk=other.pk).stage == "审查"


def test_a_matter_whose_procedure_is_gone_is_left_and_counted(
    new_matter: Callable[..., Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = new_matter()
    Matter.objects.filter(pk=matter.pk).update(procedure="criminal/no_more")
    report = rebuild.rebuild(AT)
    assert report.gone == (("criminal/no_more", 1),) and report.changed == 0


@pytest.mark.parametrize("key", SHELF)
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(seed=some.integers(0, 10_000), days=some.integers(0, 500))
def test_of_any_lawful_walk_what_is_kept_is_what_is_recomputed(
    key: str, seed: int, days: int, person: Callable[..., Any]
) -> None:
    procedure, handler = SHELF[key], person()
    acts = walk(procedure, Random(seed), TODAY - dt.timedelta(days=days), TODAY, 10)
    plant([Seedling(handler.office, handler, procedure, tuple(acts))], AT)
    matter = Matter.objects.latest("pk")
    rows = list(ActRow.objects.filter(matter=matter))
    again = derive.derive(procedure, casebook.acts(procedure, rows))
    assert again.matter == derive.row_of(matter)
    assert again.clocks == keeping.clocks_of(MatterClock.objects.filter(matter=matter))
    assert again.parties == keeping.parties_of(Party.objects.filter(matter=matter))
    assert matter.seq == len(rows) == len(acts) + 1
