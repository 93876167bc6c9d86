"""Counting hits: by case number, by name, never twice, and decoys against the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from jianwei.sandbox import CAUTION, Score, report, score

TOLD = [
    {
        "model": "m",
        "kind": "anomaly",
        "variant": "甲类",
        "subject": "张三",
        "keys": ["（2024）浙0602民初1号"],
        "why": "",
    },
    {
        "model": "m",
        "kind": "guiding",
        "variant": "乙类",
        "subject": "越江公司、江岚公司",
        "keys": ["（2004）杭西民督字第3号"],
        "why": "",
        "ref": "检例第52号",
    },
    {
        "model": "m",
        "kind": "decoy",
        "variant": "同名异人",
        "subject": "李四",
        "keys": ["（2024）浙0602民初9号"],
        "why": "",
    },
    {
        "model": "m",
        "kind": "either",
        "variant": "两可",
        "subject": "王五",
        "keys": ["（2024）浙0602民初5号"],
        "why": "",
    },
    {"model": "n", "kind": "anomaly", "variant": "丙类", "subject": "赵六", "keys": ["（2024）浙0602执7号"], "why": ""},
]


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    path = tmp_path / "truth.jsonl"
    path.write_bytes(b"".join(orjson.dumps(t) + b"\n" for t in TOLD))
    return path


def _of(scores: list[Score], model: str) -> Score:
    return next(s for s in scores if s.model == model)


def _clue(subject: str, rank: int = 1, **more: Any) -> dict[str, Any]:
    return {"model": "m", "subject": subject, "rank": rank, "reasons": [], "evidence": [], **more}


def test_nothing_raised_is_no_recall_and_no_precision(truth: Path) -> None:
    s = _of(score(truth, []), "m")
    assert (s.planted, s.found, s.recall, s.precision) == (2, 0, 0.0, None)
    assert s.missed == ("甲类：张三", "乙类：越江公司、江岚公司")


def test_a_clue_is_right_by_a_case_number_in_its_reasons_whatever_its_brackets(truth: Path) -> None:
    s = _of(score(truth, [_clue("某人", reasons=["见(2024)浙0602民初1号"])]), "m")
    assert (s.found, s.right, s.precision, s.recall) == (1, 1, 1.0, 0.5)


def test_a_clue_is_right_by_the_name_of_its_subject(truth: Path) -> None:
    assert _of(score(truth, [_clue("张三")]), "m").found == 1
    assert _of(score(truth, [_clue("张三丰")]), "m").found == 0


def test_two_clues_on_one_matter_find_it_once(truth: Path) -> None:
    s = _of(score(truth, [_clue("张三"), _clue("张三", 2)]), "m")
    assert (s.found, s.right) == (1, 2)


def test_a_clue_on_a_decoy_or_on_nobody_counts_against_the_model(truth: Path) -> None:
    s = _of(score(truth, [_clue("张三"), _clue("李四"), _clue("路人")]), "m")
    assert (s.right, s.on_decoys, s.unplanned) == (1, 1, 1)
    assert s.precision == pytest.approx(1 / 3)
    assert s.alarms == ("干扰项：同名异人", "背景：路人")


def test_what_may_go_either_way_is_not_counted(truth: Path) -> None:
    s = _of(score(truth, [_clue("王五")]), "m")
    assert (s.right, s.on_decoys, s.unplanned, s.precision) == (0, 0, 0, None)


def test_the_rank_of_a_guiding_case_is_its_best(truth: Path) -> None:
    s = _of(score(truth, [_clue("越江公司与江岚公司", 4), _clue("江岚公司", 2)]), "m")
    assert s.guiding == (("检例第52号", 2),)


def test_clues_of_another_model_do_not_count(truth: Path) -> None:
    assert _of(score(truth, [_clue("赵六")]), "n").found == 0


def test_the_report_says_first_that_it_speaks_of_synthetic_data(truth: Path) -> None:
    text = report(score(truth, [_clue("越江公司")]))
    assert text.startswith(CAUTION) and "合成数据" in CAUTION
    assert "检例第52号：排第 1 位" in text
