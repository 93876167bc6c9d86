"""The one runner of the shelf of models: every model, every case of its data file, on both engines."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import Any

import pytest
from shelf_cases import EXPECTED_KEYS, KINDS, Case, Lakes, cases, data_file

import jianwei.models
from jianwei.kit import Kind, Model
from jianwei.records import tables
from jianwei.screening import Run, choose
from jianwei.screening.manifest import dumps
from jianwei.screening.shelf import by_key
from jianwei.screening.wording import MISSING, fields

SHELF = by_key()
CASES = [case for key in SHELF for case in cases(key)]
FILES = sorted(Path(jianwei.models.__path__[0]).rglob("*.py"))

NOT_PORTABLE = {
    "levenshtein", "split", "re_replace", "round", "group_concat", "mode", "asof_join", "bit_or", "sample",
    "kurtosis", "sql", "approx_median", "approx_nunique", "quantile", "first", "last", "arbitrary", "now", "today",
}  # fmt: skip
"""Words of Ibis that DuckDB and Spark read differently, or one of them not at all, and those without a settled answer."""
HOUSE_ROOMS = {"kit", "records", "law"}
"""What a model may import of the house."""
NOBODY = re.compile(r"(?<![0-9.])0[人名件笔项次起]")
"""A sign that is seen and counts nobody contradicts itself."""


@pytest.fixture(params=list(SHELF), ids=list(SHELF))
def model(request: pytest.FixtureRequest) -> type[Model]:
    return SHELF[request.param]


def test_a_model_comes_with_a_hit_a_near_miss_and_a_lawful_exception(model: type[Model]) -> None:
    assert data_file(model.key()).exists(), f"{model.key()} has no data file {data_file(model.key())}"
    found = cases(model.key())
    assert {case.kind for case in found} == KINDS, f"{model.key()} lacks {KINDS - {case.kind for case in found}}"
    assert len({case.name for case in found}) == len(found)
    for case in found:
        assert case.why, case.id
        assert bool(case.expect) == (case.kind == "hit") or case.kind != "near_miss" or not case.expect, case.id
        assert set(case.tables) <= set(tables()), case.id
        assert all(set(expected) <= EXPECTED_KEYS for expected in case.expect), case.id


def test_a_model_states_its_law_its_questions_and_its_numbers(model: type[Model]) -> None:
    assert model.ref and model.title and model.__module__
    assert model.basis, "no legal basis"
    assert model.asks, "nothing is left to a person"
    assert model.reads or model.one_of
    assert model.signs
    assert len({s.key for s in model.signs}) == len(model.signs)
    assert all(sign.weight > 0 for sign in model.signs)
    assert all(t.source and t.unit for t in model.thresholds().values())
    assert any(sign.kind is Kind.SUBSTANCE for sign in model.signs), "without a substance sign nothing can rank 高"
    for absence in model.absences:
        assert set(absence.signs) <= {s.key for s in model.signs}
    module = __import__(model.__module__, fromlist=["__doc__"])
    assert module.__doc__, "a model's file begins by saying what it looks for"


def test_references_are_unique() -> None:
    refs = [model.ref for model in SHELF.values()]
    assert len(set(refs)) == len(refs)
    assert choose([refs[0]]) == (next(iter(SHELF.values())),)


def test_the_expression_has_every_column_that_signs_and_sentences_mention(model: type[Model], lakes: Lakes) -> None:
    case = cases(model.key())[0]
    with lakes.of(case).connect("duckdb", threads=1) as session:
        columns = set(model().find(session, case.as_of).columns)
    missing = {"subject_key", "subject", "period", "region", "rows"} - columns
    assert not missing, f"find() lacks {missing}"
    mentioned = {name for text in (model.headline, *(s.text for s in model.signs)) for name in fields(text)}
    assert mentioned <= columns | set(model.thresholds())
    assert {sign.key for sign in model.signs} <= columns


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_on_duckdb(case: Case, lakes: Lakes) -> None:
    _agrees(lakes.run(case, "duckdb"), case)


@pytest.mark.spark
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_on_spark_gives_the_same_clues(case: Case, lakes: Lakes, spark: Any) -> None:
    here, there = lakes.run(case, "duckdb"), lakes.run(case, "spark")
    assert [dumps(c.as_json()) for c in there.clues] == [dumps(c.as_json()) for c in here.clues]
    assert there.id == here.id


def _agrees(run: Run, case: Case) -> None:
    assert not run.skipped or not case.expect, f"{case.why}：{[s.reason for s in run.skipped]}"
    assert len(run.clues) == len(case.expect), f"{case.why}：{[c.reasons() for c in run.clues]}"
    for expected in case.expect:
        (clue,) = [
            c
            for c in run.clues
            if expected.get("subject", c.subject) == c.subject
            and expected.get("subject_key", c.subject_key) == c.subject_key
            and str(expected.get("period", c.period)) == c.period
        ]
        seen = {s.key for s in clue.seen()}
        assert set(expected.get("signs", ())) <= seen, f"{case.why}：{clue.reasons()}"
        assert not set(expected.get("not_signs", ())) & seen, f"{case.why}：{clue.reasons()}"
        assert set(expected.get("unknown", ())) <= {s.key for s in clue.signs if s.seen is None}, clue.signs
        assert set(expected.get("evidence", ())) <= clue.rows
        assert clue.grade == expected.get("grade", clue.grade)
        assert clue.score == expected.get("score", clue.score)
        assert clue.provisional == expected.get("provisional", clue.provisional)
        assert expected.get("reason", "") in "".join(clue.reasons())
        assert not _has_identity_number(dumps(clue.as_json()))
    for clue in run.clues:
        empty = [text for sign in clue.seen() for text in [sign.text] if NOBODY.search(text)]
        assert not empty, f"{case.why}：{empty}"
        assert MISSING not in "".join(clue.reasons()), clue.reasons()


def _has_identity_number(text: str) -> bool:
    """18 characters on end of which 17 are digits, at the edge of a word."""
    run = 0
    for i, char in enumerate(text):
        if char in string.digits:
            run += 1
            continue
        whole = run == 18 or (run == 17 and char in "Xx")
        if whole and (i == run or not text[i - run - 1].isalnum()) and not text[i : i + 1].isalpha():
            return True
        run = 0
    return False


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_a_model_keeps_to_the_portable_words_and_to_its_rooms(file: Path) -> None:
    assert not list(crooked(file.read_text("utf-8")))


def crooked(source: str) -> list[str]:
    """What in a model's source would not run alike on both engines, or reaches into rooms that are not its own."""
    found = []
    tree = ast.parse(source)
    # first() and last() are settled where a window orders them
    ordered = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "over"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in NOT_PORTABLE and not (name in {"first", "last"} and id(node) in ordered):
                found.append(f"line {node.lineno}: .{name}() is not in the portable subset")
            if name == "over" and isinstance(node.func.value, ast.Call) and _called(node.func.value) == "nunique":
                found.append(f"line {node.lineno}: nunique() over a window is unknown to Spark")
            if name == "collect" and any(k.arg == "order_by" for k in node.keywords):
                found.append(f"line {node.lineno}: collect(order_by=…) is unknown to Spark")
            if name.startswith("re_"):
                patterns = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if any(bad in p for p in patterns for bad in ("(?=", "(?!", "(?<", "\\p{", "\\1", "\\2")):
                    found.append(f"line {node.lineno}: this pattern means different things to RE2 and to Java")
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            for name in names:
                if name.startswith("jianwei") and name.split(".")[1:2] and name.split(".")[1] not in HOUSE_ROOMS:
                    found.append(f"line {node.lineno}: a model does not import {name}")
    return found


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


@pytest.mark.parametrize(
    "source",
    [
        "x.nunique().over(w)",
        "x.levenshtein(y)",
        "x.split('|')",
        "x.collect(order_by=y)",
        "x.re_search('(?=甲)')",
        "from jianwei.lake import Lake",
        "import jianwei.extract",
    ],
)
def test_the_lint_refuses(source: str) -> None:
    assert crooked(source)
