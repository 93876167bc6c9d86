"""The short form of ``python -m jianwei.seal.verifier.differential``, and that it would see what it looks for."""

from __future__ import annotations

import base64
import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from both_verifiers import judged, node, office, sound, stranger

from jianwei.seal.verifier import verify
from jianwei.seal.verifier.differential import __main__ as differential
from jianwei.seal.verifier.differential.mutations import MUTATIONS, World
from jianwei.seal.verifier.differential.opinions import of_python, of_the_log

MUTANTS = 2000


@pytest.fixture(autouse=True)
def with_node() -> None:
    node()


@pytest.fixture(scope="module")
def outcome() -> differential.Outcome:
    node()
    return differential.run(MUTANTS, seed=1)


def test_thousands_of_mutations_and_no_difference_of_opinion(outcome: differential.Outcome) -> None:
    assert outcome.problems == [] and outcome.mutations == MUTANTS


def test_every_step_and_every_mutation_had_its_turn(outcome: differential.Outcome) -> None:
    """A step that no mutation reaches is a step that nobody tried."""
    assert set(outcome.verdicts) == set(verify.STEPS) - {"commitment"} | {"done"}
    assert set(outcome.by_mutation) == {each.__name__ for each in MUTATIONS}
    assert outcome.asked_of_the_log > MUTANTS / 2
    assert outcome.verdicts["done"] < MUTANTS / 2


def test_the_seed_decides() -> None:
    around = World(office(), sound(), stranger())

    def names(seed: int) -> list[str]:
        return [name for batch in differential._batches(Random(seed), around, 50) for name, _, _ in batch]

    assert names(1) == names(1) != names(2)


def careless(name: str, answer: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(verify, name, answer)


@pytest.mark.parametrize(
    "flaw",
    [
        careless("ed25519_accepts", lambda *given: True),
        careless("sm2_accepts", lambda *given: True),
        careless("unbase64", lambda text: base64.b64decode(text + "===")),
        careless("NOT_IN_TEXT", re.compile("never")),
        careless("root_of", lambda suite, leaf, index, size, path: verify.digest(suite, b"")),
        careless("SIGNED_BY", {"sha256": "sm2", "sm3": "ed25519"}),
        careless("rsa_accepts", lambda *given: True),
        careless("moment", lambda element: 1_790_000_121),
    ],
)
def test_a_flaw_in_one_verifier_is_seen(
    flaw: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with a wrong step in it, the Python verifier no longer agrees with the others."""
    monkeypatch.setattr(differential, "remember_signatures", lambda: None)
    flaw(monkeypatch)
    assert differential.run(200, seed=3).problems


def test_a_meaning_that_is_not_the_truth_s_is_seen() -> None:
    truth = judged(sound()[0].case())["facts"]
    assert differential.implied(truth, truth)
    for path, value in (
        (("manifest", "name"), "另一份"),
        (("manifest_sha256",), "0" * 64),
        (("log", "index"), 1),
        (("log", "root"), "0" * 64),
        (("log", "quorum_at"), truth["log"]["quorum_at"] - 1),
        (("log", "witnesses"), [{"name": "police", "key": "x", "at": 1}]),
        (("token", "at"), 1),
        (("sm", "index"), 1),
        (("original",), None),
    ):
        found = copy.deepcopy(truth)
        place = found
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        assert not differential.implied(truth, found), path
    for less in ({"token": None}, {"sm": None}, {"log": truth["log"] | {"witnesses": truth["log"]["witnesses"][:1]}}):
        assert differential.implied(truth, truth | less)
    bare = truth | {"sm": None, "token": None}
    assert not differential.implied(bare, truth)


def test_the_log_s_own_modules_contradict_a_verdict_that_is_wrong() -> None:
    case = sound()[1].case()
    verdict = of_python(case)
    own = of_the_log(case, verdict)
    assert own.agrees(verdict) and not own.agrees(verdict | {"ok": False, "step": "quorum"})
    refused = replace(case, policy=case.policy.replace(b"quorum", b"Quorum"))
    assert not of_the_log(refused, verdict).agrees(verdict)


def test_a_difference_is_kept_with_all_it_takes_to_see_it_again(tmp_path: Path) -> None:
    case = sound()[0].case()
    found = differential.Outcome(problems=[("不一致", "the_token", case, [of_python(case), {"ok": False}])])
    differential._kept(found, tmp_path)
    (place,) = tmp_path.iterdir()
    assert {each.name for each in place.iterdir()} == {
        "case.evb",
        "policy.txt",
        "policy-sm.txt",
        "tsa",
        "verdicts.json",
    }
    assert (place / "case.evb").read_bytes() == case.bundle
    assert json.loads((place / "verdicts.json").read_text())["now"] == case.now
