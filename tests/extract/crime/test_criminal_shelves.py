"""Rulings, headers and reasons are read as the files beside this one say."""

from __future__ import annotations

from typing import Any

import pytest
from criminal_judgment import compose, plain, shelf

from jianwei.extract import read

SENTENCE = (
    "charges", "penalty", "months", "extra_days", "life_or_death", "probation_months", "fine_fen",
    "confiscation", "deprivation", "term_start_on", "term_end_on", "ban", "custody_days",
)  # fmt: skip
PRIOR = (
    "charge",
    "penalty",
    "months",
    "probation_months",
    "decided_on",
    "released_on",
    "paroled_on",
    "parole_end_on",
    "court",
)


@pytest.mark.parametrize("case", shelf("rulings.yaml"))
def test_a_ruling_gives_each_defendant_the_sentence_its_file_says(case: dict[str, Any]) -> None:
    header = ""
    if "company" in case:
        header = f"被告单位{case['company']}，住所地清溪县。\n" + "\n".join(f"被告人{n}，男。" for n in case["names"])
    judgment = read(compose(header=header, ruling=case["ruling"], names=tuple(case["names"])))
    found = {d.name.value: d for d in judgment.defendants}
    assert set(found) == set(case["expect"])
    for name, expected in case["expect"].items():
        told = {key: plain(getattr(found[name], key)) for key in SENTENCE}
        want = {key: expected.get(key, [] if key == "charges" else None) for key in SENTENCE}
        assert told == want
        if "restitution" in expected:
            assert plain(found[name].restitution) == expected["restitution"]
    for name, items in case.get("items", {}).items():
        told = [
            ["".join(plain(s.charges)), plain(s.months), "total" if s.total else "earlier" if s.earlier else ""]
            for s in found[name].sentences
        ]
        assert told == items


@pytest.mark.parametrize("case", shelf("headers.yaml"))
def test_a_header_tells_measures_and_past_sentences_as_its_file_says(case: dict[str, Any]) -> None:
    judgment = read(compose(header=case["header"]))
    found = {d.name.value: d for d in judgment.defendants}
    assert list(found) == list(case["expect"])
    for name, expected in case["expect"].items():
        who = found[name]
        told = [[e.kind.value, plain(e.on), plain(e.until), e.same_act] for e in who.custody]
        assert told == expected.get("custody", [])
        priors = [{key: value for key in PRIOR if (value := plain(getattr(p, key))) is not None} for p in who.priors]
        assert priors == expected.get("priors", [])
        for key in ("born_on", "domicile", "address", "occupation", "held_at", "custody_days", "alias"):
            if key in expected:
                assert plain(getattr(who, key)) == expected[key]


@pytest.mark.parametrize("case", shelf("reasons.yaml"))
def test_only_circumstances_that_the_court_found_are_kept(case: dict[str, Any]) -> None:
    judgment = read(compose(reasons=case["reasons"], names=tuple(case["names"])))
    found = {d.name.value: set(plain(d.circumstances)) for d in judgment.defendants}
    assert {name: values for name, values in found.items() if values} == {k: set(v) for k, v in case["expect"].items()}
