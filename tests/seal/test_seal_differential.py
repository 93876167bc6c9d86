"""The short form of ``python -m jianwei.seal.verifier.differential``, and that it would see what it looks for."""

from __future__ import annotations

import copy
import functools
import io
import json
import types
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
from jianwei.seal.verifier.differential.subjects import Case

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


FAULTS = {
    "policy: a key under another id": ("the_policy", "self.key_id.hex() == parts[1]", "True"),
    "policy: a group of which fewer suffice": (
        "signatures_shuffled",
        "if len(reached) >= threshold else None",
        "if reached else None",
    ),
    "policy: any quorum line": ("the_policy_s_grammar", "need(not self.quorum,", "need(True,"),
    "policy: other ways to write a number": ("the_policy", "0|[1-9][0-9]{0,18}", "[0-9]{1,19}"),
    "policy: any key": ("the_policy_s_grammar", "need(sound(self.material)", "need(True"),
    "zip: bytes after the end": (
        "some_bytes_of_the_file",
        "read(file, offset, len(end) + 1) == end",
        "read(file, offset, len(end)) == end",
    ),
    "zip: other headers": ("a_bit_of_the_file", "found.startswith(header)", "found[30:].startswith(raw)"),
    "sizes: any salt": ("some_bytes_of_a_member", 'members["salt"][1] == 32', "True"),
    "manifest: other ways to write it": ("another_manifest", "again.encode() == content", "True"),
    "manifest: signs that mislead": ("another_manifest", "not NOT_IN_TEXT.search(value)", "True"),
    "manifest: true is a number": ("another_manifest", "type(value) is int", "isinstance(value, int)"),
    "original: none is the same as one": (
        "members_of_another",
        '("original" in members) == ("size" in manifest)',
        "True",
    ),
    "original: any bytes": ("a_bit_of_a_member", "need(same,", "need(True,"),
    "commitment: any kind": ("a_member_stripped", 'bytes([manifest["kind"]])', "bytes([1])"),
    "inclusion: any root": ("path_changed", "root == checkpoint.root", "True"),
    "inclusion: any way": ("path_changed", 'need(not path, "包含证明过长。")', "pass"),
    "inclusion: other base64": ("a_line_of_a_proof", "base64.b64encode(content).decode() == text", "True"),
    "origin: any name": (
        "signed_anew",
        "(key.name, key.algorithm) == (checkpoint.origin, signed_by)",
        "key.algorithm == signed_by",
    ),
    "log-signature: any": (
        "signatures_shuffled",
        "all(key.accepts(content, checkpoint.text) for key, content in signatures)",
        "True",
    ),
    "signatures: any": ("signatures_shuffled", "at < 1 << 63 and key.accepts(content[8:], message)", "True"),
    "signatures: the last time counts": ("signed_again", "min(at, times.get(name, at))", "at"),
    "quorum: none": ("signatures_shuffled", 'policy.quorum == "none" or quorum_at is not None', "True"),
    "times: the future": (
        "the_clock",
        "at <= now + AHEAD for at in times.values()",
        "True for at in times.values()",
    ),
    "token: of another checkpoint": ("another_token", "token.imprint == digest(token.imprint_of, note)", "True"),
    "token: any signature": ("the_token", "need(key_accepts(key, hash_oid, message, signer[5].content)", "need(True"),
    "token: any certificate": ("the_certificate", "purposes == [EXTENDED_USE + ONLY_TIMESTAMPS]", "True"),
    "token: of another text": (
        "the_token",
        "(content_type, message_digest) ==",
        "(TST_INFO, digest(HASHES[hash_oid], token.info)) ==",
    ),
    "token: a long form of lengths": ("the_token", "content[2] and length >= 0x80", "True"),
    "token: asked for in vain": ("a_member_stripped", '"checkpoint.tsr" in held or tsa_cert is None', "True"),
    "sm: asked for in vain": (
        "a_member_stripped",
        "if trusted_sm:",
        'if trusted_sm and "proof-sm.tlog-proof" in held:',
    ),
    "sm: another place": ("path_changed", "proof_sm.place == proof.place", "True"),
    "sm: any signature": ("signatures_shuffled", "return x is not None and (e + x) % SM2.n == r", "return True"),
}
"""By its step what is wrong with a verifier: the mutation that shows it, the text in verify.py, what stands there instead."""


@functools.cache
def answered(mutation: str, number: int) -> list[tuple[Case, dict[str, Any]]]:
    """The ``number``-th batch of what verify.html says of a mutation."""
    around, made = World(office(), sound(), stranger()), {each.__name__: each for each in MUTATIONS}[mutation]
    rngs = [Random(f"{mutation} {number} {place}") for place in range(differential.BATCH)]
    cases = [made(rng, around, rng.choice(around.subjects)).case for rng in rngs]
    node().send_cases(cases)
    return [(case, each["answer"]) for case, each in zip(cases, node().fetch(len(cases)), strict=True)]


def program(text: str) -> Any:
    """verify.py from this text; a signature that was checked is not checked again."""
    made = types.ModuleType("verify")
    exec(compile(text, "verify.py", "exec"), made.__dict__)
    for name in ("ed25519_key", "ed25519_accepts", "sm2_holds"):
        setattr(made, name, functools.cache(getattr(made, name)))
    return made


def differs(made: Any, case: Case, answer: dict[str, Any]) -> bool:
    given = (io.BytesIO(case.bundle), case.policy, case.policy_sm, case.tsa_cert)
    return bool(made.verify(*given, now=case.now) != answer)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_one_verifier_is_seen(fault: str) -> None:
    """The control, step by step: with a fault in it the one program no longer agrees with the other. The rarest takes some
    hundred mutations to be seen; there are as many thousands."""
    text, (mutation, right, wrong) = Path(verify.__file__).read_text(encoding="utf-8"), FAULTS[fault]
    assert text.count(right) == 1
    made = program(text.replace(right, wrong))
    assert any(differs(made, *each) for number in range(80) for each in answered(mutation, number))


def test_a_fault_is_a_problem_of_the_whole_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "ed25519_accepts", lambda *given: True)
    assert differential.run(400, seed=3).problems


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
