"""A run: what it finds, what it leaves out and says so, and that it is the same run again tomorrow and elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sample_lake import AS_OF, idno, rows

from jianwei.lake import Lake
from jianwei.records import PensionPayment
from jianwei.screening import UnknownModel, UnknownThreshold, backtest, clue_id, runs, screen, stored_clues, write
from jianwei.screening.window import Window

MODELS = ["M20", "M60", "M54"]


def test_clues_are_explained_and_carry_their_sources(lake: Lake) -> None:
    (clue,) = screen(lake, as_of=AS_OF, models=["M60"]).clues
    shown = clue.as_json()
    assert shown["model"] == "public_interest.pension_after_death"
    assert shown["ref"] == "M60"
    assert shown["rank"] == 1
    assert shown["reasons"][0].startswith("郝春和登记于2025年2月10日死亡")
    assert {e["table"] for e in shown["evidence"]} == {"death", "pension_pay"}
    assert all(e["source"] == "rows" and e["row_no"] for e in shown["evidence"])
    assert shown["law"] and shown["asks"]
    assert idno("11010119500101551") not in json.dumps(shown)


def test_the_identity_of_a_clue_is_model_subject_and_period(lake: Lake) -> None:
    (clue,) = screen(lake, as_of=AS_OF, models=["M60"]).clues
    assert clue.id == clue_id("public_interest.pension_after_death", clue.subject_key, "")
    assert len(clue.id) == 20


def test_a_second_run_adds_nothing(lake: Lake) -> None:
    first, second = (screen(lake, as_of=AS_OF, models=MODELS) for _ in range(2))
    assert first.id == second.id
    assert write(first, lake.path) == write(second, lake.path)
    assert len(runs(lake.path)) == 1
    assert [c["id"] for c in stored_clues(lake.path, first.id)] == [c.id for c in first.clues]


def test_a_later_run_on_more_data_keeps_the_identities(lake: Lake) -> None:
    before = screen(lake, as_of=AS_OF, models=["M60"])
    number = idno("11010119500101551")
    lake.write(
        {
            "pension_pay": [
                {"name": "郝春和", "person_idno": number, "month": dt.date(2025, 12, 1), "amount_fen": 300_000}
            ]
        }
    )
    after = screen(lake, as_of=AS_OF, models=["M60"])
    assert [c.id for c in after.clues] == [c.id for c in before.clues]
    assert after.clues[0].reasons() != before.clues[0].reasons()
    assert after.id != before.id


def test_another_number_another_day_or_another_model_is_another_run(lake: Lake) -> None:
    def run(**changes: Any) -> str:
        return screen(lake, **({"as_of": AS_OF, "models": ["M60"]} | changes)).id

    ids = {
        run(),
        run(as_of=AS_OF - dt.timedelta(days=1)),
        run(models=MODELS),
        run(thresholds={"public_interest.pension_after_death": {"grace_months": 3}}),
        run(since=dt.date(2020, 1, 1)),
    }
    assert len(ids) == 5


@pytest.mark.spark
def test_both_engines_write_the_same_bytes(lake: Lake, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("没有 Java 运行环境：未在 Spark 上核对运行清单")
    pytest.importorskip("pyspark")
    here = write(screen(lake, as_of=AS_OF, models=MODELS), lake.path)
    there = write(
        screen(lake, as_of=AS_OF, models=MODELS, engine="spark", options={"partitions": 1, "memory_gb": 1}), tmp_path
    )
    assert here.name == there.name
    for name in ("manifest.json", "clues.jsonl", "links.jsonl"):
        assert (here / name).read_bytes() == (there / name).read_bytes(), name
    assert (here / "clues.jsonl").stat().st_size > 0


def test_the_same_data_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    one = Lake.from_rows(tmp_path / "a", rows())
    two = Lake(tmp_path / "b", secret=b"for tests only, never for people")
    two.write(rows())
    files = [write(screen(x, as_of=AS_OF, models=MODELS), x.path) for x in (one, two)]
    assert (files[0] / "clues.jsonl").read_bytes() == (files[1] / "clues.jsonl").read_bytes()


def test_a_run_is_stored_whole_or_not_at_all(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    run = screen(lake, as_of=AS_OF, models=["M60"])

    def full(*_: object) -> None:
        raise OSError("disc full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="disc full"):
        write(run, lake.path)
    assert list((lake.path / "runs").iterdir()) == []


def test_a_model_without_its_data_is_not_evaluated_and_says_why(lake: Lake) -> None:
    run = screen(lake, as_of=AS_OF, models=MODELS)
    (skipped,) = run.skipped
    assert skipped.ref == "M54"
    assert skipped.reason == "未评价，因为缺少数据：刑事判决"


def test_a_sign_whose_table_is_missing_is_unknown_and_the_clue_says_so(lake: Lake) -> None:
    (clue,) = screen(lake, as_of=AS_OF, models=["M60"]).clues
    unknown = {s["key"]: s["text"] for s in clue.as_json()["signs"]["unknown"]}
    assert unknown == {"seen_alive": "未能核对，缺少数据：医保结算"}
    assert "有的迹象未评价，因为缺少数据：医保结算" in clue.notes


def test_names_that_are_not_on_the_shelf_are_refused(lake: Lake) -> None:
    with pytest.raises(UnknownModel, match="M00"):
        screen(lake, as_of=AS_OF, models=["M00"])
    with pytest.raises(UnknownThreshold, match="grace_years"):
        screen(
            lake, as_of=AS_OF, models=["M60"], thresholds={"public_interest.pension_after_death": {"grace_years": 1}}
        )


def test_a_back_test_shows_what_another_number_would_find_and_lose(lake: Lake) -> None:
    window = (dt.date(2025, 1, 1), AS_OF)
    tried = backtest(lake, "M20", {"payout_days": 15}, window=window)
    assert not tried.lost
    assert {c.subject for c in tried.gained} == {"（2026）浙0203执3号", "（2026）浙0203执7号"}
    assert all("20日后于2026年7月10日才发放" in "".join(c.reasons()) for c in tried.gained)
    assert all(c.evidence and c.law and c.asks for c in tried.gained)
    back = backtest(lake, "M20", {"payout_days": 200}, window=window)
    assert {c.subject for c in back.lost} == {"（2026）浙0203执1号", "（2026）浙0203执5号"}
    assert back.as_json()["kept"] == 0


def test_a_back_test_explains_as_a_live_run_does(lake: Lake) -> None:
    live = screen(lake, as_of=AS_OF, models=["M20"])
    tried = backtest(lake, "M20", {"payout_days": 30}, window=(dt.date(2020, 1, 1), AS_OF))
    assert [c.as_json() for c in tried.before.clues] == [c.as_json() for c in live.clues]


def test_a_window_hides_what_was_observed_outside_it(lake: Lake) -> None:
    with lake.connect("duckdb", threads=1) as session:
        inside = Window(session, dt.date(2025, 4, 1), dt.date(2025, 5, 31))[PensionPayment]
        months = set(session.execute(inside)["month"].dt.month)
    assert months == {4, 5}


def test_a_back_test_does_not_see_what_came_later(lake: Lake) -> None:
    tried = backtest(lake, "M60", {"grace_months": 1}, window=(dt.date(2024, 1, 1), dt.date(2025, 5, 31)))
    (clue,) = tried.before.clues
    assert "2025年04月至2025年05月" in clue.headline
