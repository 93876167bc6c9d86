"""The two verifiers that an outsider may run, asked the same; and the sound bundles the tests begin with."""

from __future__ import annotations

import atexit
import functools
import shutil
from dataclasses import replace
from typing import Any

import pytest

from jianwei.seal.verifier.differential.opinions import Node, Verdict, of_python, of_the_log
from jianwei.seal.verifier.differential.subjects import Case, Office, Subject, subjects


@functools.cache
def node() -> Node:
    """verify.html under node; without node the test is skipped, saying so."""
    if not shutil.which("node"):
        pytest.skip("no node command: verify.html cannot be run")
    started = Node()
    atexit.register(started.__exit__)
    return started


@functools.cache
def office() -> Office:
    return Office.founded()


@functools.cache
def stranger() -> Office:
    """Another office, whose keys nobody trusts."""
    return Office.founded("999999")


@functools.cache
def sound() -> list[Subject]:
    return subjects(office())


def judged(case: Case) -> Verdict:
    """What both verifiers say of it, and what the log's own modules do not contradict."""
    verdict = of_python(case)
    node().send_cases([case])
    (answer,) = node().fetch(1)
    assert answer == {"answer": verdict}
    assert of_the_log(case, verdict).agrees(verdict)
    return verdict


def unstamped(subject: Subject, proof: bytes) -> Case:
    """With another proof, which nobody has stamped."""
    return replace(subject.case({"proof.tlog-proof": proof, "checkpoint.tsr": None}), tsa_cert=None)


def failed(case: Case) -> str:
    """The step at which it is refused; a bundle that is refused states nothing."""
    verdict = judged(case)
    assert not verdict["ok"] and verdict["facts"] == {} and verdict["message"].endswith("。")
    return str(verdict["step"])


def asked(question: str, **given: Any) -> Any:
    """A part of verify.html: its answer, or None when it refuses."""
    return node().ask(question, **given).get("answer")
