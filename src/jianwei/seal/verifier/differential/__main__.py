"""``python -m jianwei.seal.verifier.differential --mutations 100000``: change sound bundles, ask all three, compare.

A difference of opinion, and a forged bundle that says something else than the truth, are written to a folder.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from jianwei.progress import Advance, step
from jianwei.seal.verifier.differential.mutations import Mutant, World, mutant
from jianwei.seal.verifier.differential.opinions import (
    Node,
    Verdict,
    imprint,
    of_python,
    of_the_log,
    remember_signatures,
)
from jianwei.seal.verifier.differential.subjects import Case, Office, Subject, subjects

BATCH = 64


@dataclass
class Outcome:
    mutations: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    by_mutation: dict[str, Counter[str]] = field(default_factory=dict)
    asked_of_the_log: int = 0
    problems: list[tuple[str, str, Case, list[Verdict]]] = field(default_factory=list)
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "mutations": self.mutations,
            "verdicts": dict(self.verdicts.most_common()),
            "by_mutation": {name: dict(count.most_common()) for name, count in self.by_mutation.items()},
            "asked_of_the_log": self.asked_of_the_log,
            "disagreements": len(self.problems),
            "minutes": round(self.seconds / 60, 1),
        }


def world() -> World:
    office = Office.founded()
    return World(office, subjects(office), Office.founded("999999"))


def run(count: int, seed: int, advance: Advance = lambda done, total=None: None) -> Outcome:
    """Compare the opinions of ``count`` mutations that ``seed`` decides (but for the signatures of SM2, RSA and P-256)."""
    remember_signatures()
    around, rng, outcome, began = world(), Random(seed), Outcome(), time.monotonic()
    truths = {id(subject): of_python(subject.case()) for subject in around.subjects}
    with Node() as node:
        for batch in _batches(rng, around, count):
            cases = [changed.case for _, _, changed in batch]
            node.send_cases(cases)
            pythons = [of_python(case) for case in cases]
            answers = node.fetch(len(cases))
            for (name, subject, changed), python, answer in zip(batch, pythons, answers, strict=True):
                _compare(outcome, name, changed, truths[id(subject)], python, answer)
            outcome.mutations += len(batch)
            advance(outcome.mutations, count)
    outcome.seconds = time.monotonic() - began
    return outcome


def _batches(rng: Random, around: World, count: int) -> Iterator[list[tuple[str, Subject, Mutant]]]:
    for start in range(0, count, BATCH):
        yield [mutant(rng, around) for _ in range(min(BATCH, count - start))]


def _compare(
    outcome: Outcome, name: str, changed: Mutant, truth: Verdict, python: Verdict, answer: dict[str, Any]
) -> None:
    outcome.verdicts[python["step"]] += 1
    outcome.by_mutation.setdefault(name, Counter())[python["step"]] += 1
    html = answer.get("answer", answer)
    own = of_the_log(changed.case, python)
    outcome.asked_of_the_log += own.holds is not None or not own.readable
    problem = None
    if html != python:
        problem = "网页版与 Python 版不一致"
    elif not own.agrees(python):
        problem = "与日志自身的模块不一致"
    elif changed.forged and python["ok"] and not implied(truth["facts"], python["facts"]):
        problem = "伪造的存证包被接受，而且含义不同"
    if problem:
        outcome.problems.append((problem, name, changed.case, [python, html]))


def implied(truth: Any, found: Any) -> bool:
    """Whether ``found`` states what the truth states, or less: without its timestamp, its second suite, or a witness."""
    same = all(found[key] == truth[key] for key in ("kind", "manifest", "manifest_sha256", "original"))
    token = found["token"] is None or found["token"] == truth["token"]
    return same and token and _log_implied(truth["log"], found["log"]) and _log_implied(truth["sm"], found["sm"])


def _log_implied(truth: Any, found: Any) -> bool:
    if found is None or truth is None:
        return found is None
    fixed = truth.keys() - {"witnesses", "quorum_at"}
    later = found["quorum_at"] == truth["quorum_at"] or (found["quorum_at"] or 0) > truth["quorum_at"]
    return (
        all(found[key] == truth[key] for key in fixed)
        and later
        and all(w in truth["witnesses"] for w in found["witnesses"])
    )


def _kept(outcome: Outcome, folder: Path) -> None:
    for problem, name, case, verdicts in outcome.problems:
        place = folder / f"{name}-{imprint(case)}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "case.evb").write_bytes(case.bundle)
        for file, content in (("policy.txt", case.policy), ("policy-sm.txt", case.policy_sm), ("tsa", case.tsa_cert)):
            if content is not None:
                (place / file).write_bytes(content)
        told = {"problem": problem, "now": case.now, "verdicts": verdicts}
        (place / "verdicts.json").write_text(json.dumps(told, ensure_ascii=False, indent=2))


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m jianwei.seal.verifier.differential", description="比对几种核验程序的结论"
    )
    parser.add_argument("--mutations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="不一致的存证包写到哪里")
    args = parser.parse_args()
    with step("比对核验程序") as advance:
        outcome = run(args.mutations, args.seed, advance)
    print(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
    if outcome.problems:
        folder = args.keep or Path(tempfile.mkdtemp(prefix="differential-"))
        _kept(outcome, folder)
        print(f"有 {len(outcome.problems)} 处不一致，见 {folder}", file=sys.stderr)
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
