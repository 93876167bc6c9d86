"""Checkpoints signed again, signatures shuffled, other ways to the root, other timestamps."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.proof import LogProof
from jianwei.seal.verifier.differential.edits import elements, flip
from jianwei.seal.verifier.differential.mutations.containers import a_bit_of_the_file
from jianwei.seal.verifier.differential.mutations.world import Mutant, World
from jianwei.seal.verifier.differential.subjects import (
    NOW,
    SEEN_AT,
    STAMPED_AT,
    Subject,
)


def signed_anew(rng: Random, world: World, subject: Subject) -> Mutant:
    """A checkpoint changed and signed again: by the log alone, by strangers, by some of the witnesses."""
    sm = "proof-sm.tlog-proof" in subject.members and rng.random() < 0.3
    name, side = ("proof-sm.tlog-proof", world.office.side_sm) if sm else ("proof.tlog-proof", world.office.side)
    rogue = world.stranger.side_sm if sm else world.stranger.side
    shown = LogProof.parse(subject.members[name])
    told = Checkpoint.parse(shown.checkpoint.text)
    told = rng.choice(
        (
            told,
            replace(told, size=max(0, told.size + rng.choice((-1, 1, 1 << 60)))),
            replace(told, root=flip(rng, told.root)),
            replace(told, origin=rng.choice((told.origin + "6", rogue.origin, told.origin[:-1]))),
        )
    )
    unchanged = told.text() == shown.checkpoint.text
    by_log, by_police = rng.random() < 0.7, rng.random() < 0.3
    signer = side.log if by_log else note.NoteSigner(told.origin, rogue.keys["log"])
    whole = told.signed(signer)
    names = [each for each in side.witnesses if rng.random() < 0.6]
    genuine = by_log and (bool(names) and by_police)
    for witness in names:
        true = side.witnesses[witness]
        liar = WitnessSigner(true.verifier.name, rogue.keys[witness])
        at = SEEN_AT + rng.choice((0, 0, 1, 1000, NOW, -SEEN_AT, 1 << 62))
        whole = whole.with_signature((true if genuine else liar).cosign(whole.text, at))
    if unchanged and rng.random() < 0.5:
        whole = shown.checkpoint.with_signature(*whole.signatures[1:])
    return Mutant(subject.case({name: replace(shown, checkpoint=whole).encode()}), forged=not genuine)


def signed_again(rng: Random, world: World, subject: Subject) -> Mutant:
    """Witnesses signed the same checkpoint once more, at other times; or say nothing of a time."""
    sm = "proof-sm.tlog-proof" in subject.members and rng.random() < 0.3
    name, side = ("proof-sm.tlog-proof", world.office.side_sm) if sm else ("proof.tlog-proof", world.office.side)
    shown = LogProof.parse(subject.members[name])
    whole = shown.checkpoint
    for _ in range(rng.choice((1, 2))):
        witness = rng.choice(list(side.witnesses.values()))
        at = rng.choice((0, 1, SEEN_AT - 500, SEEN_AT + 1000, NOW + 600, NOW + 601, (1 << 63) - 1))
        whole = whole.with_signature(witness.cosign(whole.text, at))
    return Mutant(subject.case({name: replace(shown, checkpoint=whole).encode()}), forged=False)


def signatures_shuffled(rng: Random, world: World, subject: Subject) -> Mutant:
    """Lines of the checkpoint dropped, repeated, taken from another bundle, renamed, with bits of them changed."""
    name = rng.choice([name for name in subject.members if name.startswith("proof")])
    shown = LogProof.parse(subject.members[name])
    found = list(shown.checkpoint.signatures)
    other = LogProof.parse(rng.choice(world.subjects).members["proof.tlog-proof"])
    for _ in range(rng.choice((1, 1, 2, 70))):
        at = rng.randrange(len(found))
        kind = rng.randrange(7)
        if kind == 0 and len(found) > 1:
            del found[at]
        elif kind == 1:
            found.append(found[at])
        elif kind == 2:
            found.append(rng.choice(other.checkpoint.signatures))
        elif kind == 3:
            found[at] = replace(found[at], name=rng.choice(found).name)
        elif kind == 4:
            found[at] = replace(found[at], content=flip(rng, found[at].content))
        elif kind == 5:
            found[at] = replace(found[at], key_id=rng.choice(found).key_id)
        else:
            rng.shuffle(found)
    whole = replace(shown.checkpoint, signatures=tuple(found))
    return Mutant(subject.case({name: replace(shown, checkpoint=whole).encode()}))


def path_changed(rng: Random, world: World, subject: Subject) -> Mutant:
    name = rng.choice([name for name in subject.members if name.startswith("proof")])
    shown = LogProof.parse(subject.members[name])
    path = list(shown.path)
    index = rng.choice((shown.index, shown.index, 0, shown.index + 1, shown.index ^ 1, 1 << 53, (1 << 63) - 1))
    kind = rng.randrange(5)
    if kind == 0 and path:
        del path[rng.randrange(len(path))]
    elif kind == 1:
        path.insert(rng.randrange(len(path) + 1), rng.randbytes(32))
    elif kind == 2:
        path += [rng.randbytes(32)] * 64
    elif kind == 3:
        path = path[::-1]
    extra = rng.choice((None, None, b"", rng.randbytes(9)))
    return Mutant(subject.case({name: replace(shown, path=tuple(path), index=index, extra=extra).encode()}))


def the_token(rng: Random, world: World, subject: Subject) -> Mutant:
    if "checkpoint.tsr" not in subject.members:
        return a_bit_of_the_file(rng, world, subject)
    token = subject.members["checkpoint.tsr"]
    return Mutant(
        subject.case({"checkpoint.tsr": rng.choice((flip, elements, elements, a_digit_of_a_time))(rng, token)})
    )


def a_digit_of_a_time(rng: Random, token: bytes) -> bytes:
    at = rng.choice([found.end() - 2 for found in re.finditer(rb"[0-9]{14}Z", token)])
    return token[:at] + b"%d" % rng.randrange(10) + token[at + 1 :]


def another_token(rng: Random, world: World, subject: Subject) -> Mutant:
    """By a stranger's authority, or by the true one for another checkpoint or another time."""
    stamped = LogProof.parse(subject.members["proof.tlog-proof"]).checkpoint.encode()
    stamped = rng.choice((stamped, stamped, stamped + b"\n", b""))
    at = STAMPED_AT + rng.choice((0, 1, -3600, 86_400 * 30, 7200))
    true = rng.random() < 0.5
    authority = rng.choice((world.office if true else world.stranger).authorities)
    return Mutant(
        subject.case({"checkpoint.tsr": authority.token(stamped, at, rng.randrange(1 << 70))}), forged=not true
    )
