"""What is hidden: enough of it, with enough that only looks like it, and found again in the files."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import province_reading as reading

from jianwei.sandbox import Summary
from jianwei.sandbox.scenarios import case_53, case_54, case_55

MODELS = {
    "administrative.practice_ban",
    "civil.bulk_lending",
    "civil.notarised_debts",
    "civil.payment_orders",
    "civil.professional_lender",
    "civil.sham_wage_claims",
    "civil.split_suits",
    "civil.traffic_claims",
    "conduct.handling_time",
    "criminal.missed_recidivist",
    "criminal.term_arithmetic",
    "enforcement.idle_enforcement",
    "public_interest.pension_after_death",
}


@cache
def _truth(out: Path) -> list[dict[str, Any]]:
    return reading.truth(out)


def test_every_model_has_anomalies_and_at_least_three_decoys_for_each_planting(province: Summary) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for told in _truth(province.folder):
        counts[told["model"]][told["kind"]] += 1
    assert set(counts) == MODELS
    for model, kinds in counts.items():
        # series of the bulk lender are, at the same time, anomalies of the professional lender: their decoys are counted there
        own = kinds["anomaly"] - (4 if model == "civil.professional_lender" else 0)
        assert own >= 2 and kinds["decoy"] >= 3 * own, (model, kinds)


def test_anomalies_are_three_to_eight_in_a_hundred_of_what_they_hide_among(province: Summary) -> None:
    found = Counter(t["model"] for t in _truth(province.folder) if t["kind"] == "anomaly")
    rows = province.rows
    assert 0.02 <= found["enforcement.idle_enforcement"] / rows["enf_case"] <= 0.08
    assert 0.03 <= found["public_interest.pension_after_death"] / rows["death"] <= 0.08
    assert 0.02 <= found["conduct.handling_time"] / rows["crim_case"] <= 0.08
    crimes = sum("刑初" in no or "刑初字" in no for no, _ in reading.documents(province.folder / "data"))
    assert 0.02 <= found["criminal.term_arithmetic"] / crimes <= 0.08


def test_no_one_is_anomaly_and_decoy_of_the_same_model(province: Summary) -> None:
    planted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for told in _truth(province.folder):
        for key in told["keys"]:
            planted[told["model"], key].add("decoy" if told["kind"] == "decoy" else "anomaly")
    assert not [k for k, kinds in planted.items() if len(kinds) > 1 and not k[1].isalpha()]


def test_case_numbers_of_the_truth_are_in_the_files(province: Summary) -> None:
    data = province.folder / "data"
    numbers = {no for no, _ in reading.documents(data)} | {p.stem for p in (data / "裁判文书").iterdir()}
    texts = " ".join(f.read_text(encoding="utf-8-sig") for f in (data / "数据表").glob("*.csv"))
    for told in _truth(province.folder):
        if told["model"].split(".")[0] in ("criminal", "civil"):
            for key in told["keys"]:
                if "初" in key:
                    assert key in numbers, told
        elif told["model"].startswith(("enforcement", "conduct")):
            assert all(key in texts for key in told["keys"]), told


def test_truth_is_kept_out_of_the_data(province: Summary) -> None:
    assert (province.folder / "truth.jsonl").exists()
    assert not list((province.folder / "data").rglob("truth*"))


def test_guiding_cases_are_all_there(province: Summary) -> None:
    told = [t for t in _truth(province.folder) if t["kind"] == "guiding"]
    assert sorted((t["ref"], t["model"]) for t in told) == [
        ("检例第52号", "civil.payment_orders"),
        ("检例第53号", "civil.split_suits"),
        ("检例第54号", "civil.notarised_debts"),
        ("检例第55号", "civil.sham_wage_claims"),
        ("检例第56号", "civil.traffic_claims"),
    ]


def _guiding(province: Summary, ref: str) -> dict[str, Any]:
    return next(t for t in _truth(province.folder) if t.get("ref") == ref)


def test_case_52_has_two_unopposed_orders_and_a_round_trip_within_five_days(province: Summary) -> None:
    told = _guiding(province, "检例第52号")
    data = province.folder / "data"
    orders = [
        r for r in reading.table(data, "支付令台账") if told["keys"][0] in r.values() or told["keys"][1] in r.values()
    ]
    assert [next(v for k, v in r.items() if k.startswith(("金额", "支付金额"))) for r in sorted(orders, key=str)] in (
        ["2518460", "16000000"],
        ["16000000", "2518460"],
    )
    assert all("否" in r.values() for r in orders)
    moves = [
        r for r in reading.table(data, "银行流水") if "杭州江岚置业有限公司" in r.values() and "往来款" in r.values()
    ]
    days = {dt.date.fromisoformat(v[:10]) for r in moves for v in r.values() if v.startswith("2005-")}
    assert days and max(days) - dt.date(2005, 2, 20) <= dt.timedelta(5)


def test_case_53_has_four_neighbouring_numbers_each_under_the_cap() -> None:
    assert sum(case_53.PARTS) == 29_500_000 and max(case_53.PARTS) <= 8_000_000


def test_case_54_has_seven_deeds_and_case_55_thirteen_people(province: Summary) -> None:
    assert len(case_54.SUMS) == 7
    assert len(case_55.WAGES) == 13 and sum(case_55.WAGES) == 414_700
    assert len(_guiding(province, "检例第54号")["keys"]) == 8
    assert len(_guiding(province, "检例第55号")["keys"]) == 14


def test_case_56_has_more_than_ten_suits_and_two_published_sums(province: Summary) -> None:
    told = _guiding(province, "检例第56号")
    assert len(told["keys"]) == 13
    texts = dict(reading.documents(province.folder / "data"))
    assert "118723.33元" in texts[told["keys"][0]]
    assert any("106723元" in text and "民事调解书" in text.replace(" ", "") for text in texts.values())


@pytest.mark.parametrize("word", ["初字", "民督", "执", "行审", "刑初"])
def test_every_kind_of_proceeding_occurs(province: Summary, word: str) -> None:
    assert any(word in no for no, _ in reading.documents(province.folder / "data"))
