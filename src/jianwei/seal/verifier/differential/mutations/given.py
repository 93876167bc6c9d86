"""What the verifier is given from outside: the policy, the certificate, the clock."""

from __future__ import annotations

import base64
import hashlib
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


def the_policy_s_grammar(rng: Random, world: World, subject: Subject) -> Mutant:
    """Lines that a policy must not have, or may have, beside the sound ones: twice, undefined, none, too many, unsound."""
    case = subject.case()
    head, _, _ = case.policy.partition(b"group")
    name, key = rng.choice(list(world.office.side.witnesses.items()))
    sound, low = key.verifier.vkey, vkey(key.verifier.name, b"\x04" + rng.choice((b"\x01", b"\x00")) + bytes(31))
    count = rng.choice(("0", "00", "1", "01", "2", "3", "-1", "+1", "1.0", "９", "all", "any", "ALL", "1000000"))
    lines = rng.choice(
        (
            f"quorum {name}\nquorum {name}\n",
            "quorum none\nquorum none\n",
            f"group g {count} police court\nquorum g\n",
            f"group g {count} {name} {name}\nquorum g\n",
            f"group g {count} g\nquorum g\n",
            f"group g {count} h\ngroup h all {name}\nquorum g\n",
            f"group g {count} police\ngroup h any police court\nquorum h\n",
            f"group {rng.choice(('none', 'police', 'g'))} {count} court none\nquorum g\n",
            f"witness again {sound}\nquorum {name}\n",
            f"witness low {low}\nquorum {name}\n",
            f"witness {name} {vkey('x.example/w1', bytes(33))}\nquorum {name}\n",
            f"#: sizes {rng.choice(('0..', '00..', '..0', '1..99', '9..1', '..', '1-9', '1'))}\n"
            f"witness more {world.stranger.side.witnesses[name].verifier.vkey}\nquorum {name}\n",
            f"#: sizes 0..\nquorum {name}\n",
            f"quorum {name.upper()}\n",
            f"quorum {name}\n#: sizes 0..\n",
        )
    )
    return Mutant(replace(case, policy=head + lines.encode()), forged=False)


def vkey(name: str, content: bytes) -> str:
    """A key of that content, sound or not, under its own id."""
    key_id = hashlib.sha256(name.encode() + b"\n" + content).hexdigest()[:8]
    return f"{name}+{key_id}+{base64.b64encode(content).decode()}"


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
            known.replace(b"\x01\x01\xff\x04\x0c", b"\x01\x01\x00\x04\x0c"),
            known.replace(bytes.fromhex("2b06010505070308"), bytes.fromhex("2b06010505070301")),
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
