"""What the verifier is given from outside: the policy, the certificate, the clock."""

from __future__ import annotations

import base64
from dataclasses import replace
from random import Random

from jianwei.seal.verifier.differential.edits import elements, flip, lines, scramble
from jianwei.seal.verifier.differential.mutations.world import Mutant, World
from jianwei.seal.verifier.differential.subjects import (
    QUORUMS,
    SEEN_AT,
    STAMPED_AT,
    Subject,
)


def the_policy(rng: Random, world: World, subject: Subject) -> Mutant:
    case = subject.case()
    rules = rng.choice(
        (
            lambda: lines(rng, case.policy),
            lambda: lines(rng, case.policy),
            lambda: flip(rng, case.policy),
            lambda: scramble(rng, case.policy),
            lambda: world.stranger.side.policy(rng.choice(QUORUMS)),
            lambda: world.office.side.policy(
                rng.choice((*QUORUMS, "quorum none\n", "quorum upper", "group g 3 court\nquorum g\n"))
            ),
            lambda: world.office.side_sm.policy(rng.choice(QUORUMS)),
            lambda: case.policy.replace(
                b"log ", b"#: sizes %d..%b\nlog " % (rng.randrange(30), rng.choice((b"", b"20", b"5", b"x", b"00"))), 1
            ),
            lambda: case.policy.replace(b"\n", rng.choice((b"\r\n", b"\n\n", b" \n", b"\t\n", b"\n#: x\n"))),
        )
    )()
    if case.policy_sm is not None and rng.random() < 0.2:
        return Mutant(replace(case, policy_sm=rules), forged=False)
    return Mutant(replace(case, policy=rules), forged=False)


def the_certificate(rng: Random, world: World, subject: Subject) -> Mutant:
    case = subject.case()
    known = case.tsa_cert or rng.choice(world.office.authorities).certificate
    pem = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(known) + b"-----END CERTIFICATE-----\n"
    change = rng.choice((flip, elements, scramble, lambda rng, content: content))
    certificate = rng.choice(
        (
            change(rng, known),
            change(rng, known),
            rng.choice(world.stranger.authorities).certificate,
            pem,
            flip(rng, pem),
        )
    )
    return Mutant(replace(case, tsa_cert=certificate), forged=False)


def the_clock(rng: Random, world: World, subject: Subject) -> Mutant:
    case = subject.case()
    return Mutant(
        replace(
            case, now=rng.choice((0, SEEN_AT - 601, SEEN_AT - 600, SEEN_AT - 520, STAMPED_AT - 600, STAMPED_AT - 601))
        ),
        forged=False,
    )
