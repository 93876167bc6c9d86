"""Members changed, swapped and taken from others, in a container that is as it must be."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from jianwei.seal.leaf import MANIFEST_LIMIT, Kind, Leaf
from jianwei.seal.verifier.differential.edits import flip, lines, scramble
from jianwei.seal.verifier.differential.mutations.world import Mutant, World
from jianwei.seal.verifier.differential.subjects import (
    ORDER,
    SEEN_AT,
    Case,
    Subject,
    encoded,
)


def a_bit_of_a_member(rng: Random, world: World, subject: Subject) -> Mutant:
    name = rng.choice(list(subject.members))
    return Mutant(subject.case({name: flip(rng, subject.members[name])}))


def some_bytes_of_a_member(rng: Random, world: World, subject: Subject) -> Mutant:
    name = rng.choice(list(subject.members))
    return Mutant(subject.case({name: scramble(rng, subject.members[name])}))


def a_line_of_a_proof(rng: Random, world: World, subject: Subject) -> Mutant:
    name = rng.choice([name for name in subject.members if name.startswith("proof")])
    return Mutant(subject.case({name: lines(rng, subject.members[name])}))


def a_line_of_the_manifest(rng: Random, world: World, subject: Subject) -> Mutant:
    return Mutant(subject.case({"manifest.json": lines(rng, subject.members["manifest.json"])}))


def members_of_another(rng: Random, world: World, subject: Subject) -> Mutant:
    other = rng.choice([each for each in world.subjects if each is not subject])
    chosen = {name: other.members.get(name) for name in ORDER if rng.random() < 0.3}
    return Mutant(
        subject.case(chosen),
        forged=chosen.keys() & {"manifest.json", "salt", "proof.tlog-proof"}
        != {"manifest.json", "salt", "proof.tlog-proof"},
    )


def a_member_stripped(rng: Random, world: World, subject: Subject) -> Mutant:
    """One that a bundle need not have, but that somebody may have asked for."""
    return Mutant(subject.case({rng.choice(ORDER[4:]): None}))


def two_members_swapped(rng: Random, world: World, subject: Subject) -> Mutant:
    first, second = rng.sample(list(subject.members), 2)
    return Mutant(subject.case({first: subject.members[second], second: subject.members[first]}))


def another_manifest(rng: Random, world: World, subject: Subject) -> Mutant:
    """Odd JSON, in the one form and in others; sometimes with the record truly in the log, so that only form is judged."""
    told = json.loads(subject.members["manifest.json"])
    key = rng.choice([*told, "v", "kind", "size", "note", "seal", "event", "1", "__proto__", "toString", ""])
    odd: tuple[object, ...] = (
        0,
        -1,
        1.5,
        1e300,
        1 << 53,
        (1 << 53) - 1,
        True,
        None,
        "",
        "\u202e",
        "\x7f",
        "\ufeff",
        "😀",
        [],
        {},
        ["一"],
        {"1": 1},
        {"by": 3},
    )
    if key in ("v", "kind", "size"):
        odd = (*odd, *(True, 1, 2, 1 << 53) * 4)
    told[key] = rng.choice((*odd, {"a": [[[[[[["deep"]]]]]]]}, {"by": ["王某"]}, "01ARZ3NDEKTSV4RRFFQ69G5FAV"))
    if rng.random() < 0.2:
        del told[rng.choice(list(told))]
    if rng.random() < 0.1:
        told = dict(reversed(told.items()))
    forms = (
        encoded(told),
        json.dumps(told).encode(),
        json.dumps(told, ensure_ascii=False).encode(),
        (json.dumps(told, indent=2) + "\n").encode(),
        encoded(told)[:-1],
        b"\xef\xbb\xbf" + encoded(told),
        encoded(told).replace(
            b": 1", rng.choice((b": 1.0", b": 01", b": 1e0", b": -0", b": NaN", b": 9007199254740993"))
        ),
        encoded(told).replace(
            "王".encode(), rng.choice((b"\\ud83d", b"\\u738b", b"\xed\xa0\x80", b"\xc0\x80", b"\\u0000"))
        ),
        encoded(told).replace(b"{", b'{\n  "v": 1,', 1),
        b"[" * 5000,
        b"",
        b"null\n",
        b"9" * 5000,
    )
    content = encoded(told) if rng.random() < 0.5 else rng.choice(forms)
    if rng.random() < 0.5 and told.get("kind") in (1, 2) and type(told["kind"]) is int:
        return Mutant(_logged(rng, world, subject, content, told["kind"]), forged=False)
    return Mutant(subject.case({"manifest.json": content}))


def _logged(rng: Random, world: World, subject: Subject, content: bytes, kind: int) -> Case:
    if len(content) > MANIFEST_LIMIT:
        return subject.case({"manifest.json": content})
    leaf = Leaf.of(Kind(kind), subject.members["salt"], content).encode()
    leaves = [*world.office.leaves[: rng.randrange(4)], leaf, *world.office.leaves[: rng.randrange(4)]]
    times = dict.fromkeys(world.office.side.witnesses, SEEN_AT)
    shown = world.office.side.proof(leaves, leaves.index(leaf), times)
    case = subject.case(
        {
            "manifest.json": content,
            "proof.tlog-proof": shown.encode(),
            "proof-sm.tlog-proof": None,
            "checkpoint.tsr": None,
        }
    )
    return replace(case, policy_sm=None, tsa_cert=None)
