"""What is done to sound bundles: blind changes of bytes, and changes by one who knows the formats and holds some keys.

A mutation draws everything from the generator it is given. It says whether the bundle alone was changed, without any
key a policy trusts: then nothing but the truth may come of it.
"""

from __future__ import annotations

import base64
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.leaf import MANIFEST_LIMIT, Kind, Leaf
from jianwei.seal.proof import LogProof
from jianwei.seal.verifier.differential.edits import elements, flip, lines, scramble
from jianwei.seal.verifier.differential.subjects import (
    NOW,
    ORDER,
    QUORUMS,
    SEEN_AT,
    STAMPED_AT,
    Case,
    Office,
    Subject,
    encoded,
)


@dataclass(frozen=True)
class World:
    """The subjects, whose keys made them, and an office nobody trusts."""

    office: Office
    subjects: list[Subject]
    stranger: Office


@dataclass(frozen=True)
class Mutant:
    case: Case
    forged: bool = True
    """Nobody trusted helped: the bundle says what the subject says, or less, or is refused."""


Mutation = Callable[[Random, World, Subject], Mutant]


# ---- the bundle as bytes, and as a container ------------------------------------------------------------------------


def a_bit_of_the_file(rng: Random, world: World, subject: Subject) -> Mutant:
    case = subject.case()
    return Mutant(replace(case, bundle=flip(rng, case.bundle)))


def some_bytes_of_the_file(rng: Random, world: World, subject: Subject) -> Mutant:
    case = subject.case()
    return Mutant(replace(case, bundle=scramble(rng, case.bundle)))


def a_bit_of_the_directory(rng: Random, world: World, subject: Subject) -> Mutant:
    case = subject.case()
    start = case.bundle.index(b"PK\x01\x02")
    return Mutant(replace(case, bundle=case.bundle[:start] + flip(rng, case.bundle[start:])))


def another_zip(rng: Random, world: World, subject: Subject) -> Mutant:
    """The same members by another hand: compressed, dated, repeated, misnamed, out of order, with a comment."""
    out = io.BytesIO()
    names = list(subject.members)
    if rng.random() < 0.3:
        rng.shuffle(names)
    if rng.random() < 0.3:
        names.insert(rng.randrange(len(names) + 1), rng.choice(names))
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as container:
        warnings.simplefilter("ignore")  # of repeated names
        for name in names:
            shown = rng.choice((name,) * 12 + ("../" + name, "/" + name, name.upper(), name + "/", name + "\x00", "x"))
            container.writestr(zipfile.ZipInfo(shown), subject.members[name], method)
        container.comment = rng.choice((b"", b"", b"PK\x05\x06" + bytes(18)))
    return Mutant(subject.of(out.getvalue()))


def members_in_another_order(rng: Random, world: World, subject: Subject) -> Mutant:
    """Well made, but the names swapped, repeated, unknown or missing."""
    members = list(subject.members.items())
    kind, at, other = rng.randrange(5), rng.randrange(len(members)), rng.randrange(len(members))
    if kind == 0:
        members[at], members[other] = members[other], members[at]
    elif kind == 1:
        members.insert(at, members[other])
    elif kind == 2:
        members[at] = (rng.choice((*ORDER, "readme.txt", "../salt", "salt\x00")), members[at][1])
    elif kind == 3:
        del members[at]
    else:
        members += [(f"member{number}", b"") for number in range(rng.choice((1, 8, 17)))]
    return Mutant(subject.contained(members))


# ---- members, in a container that is as it must be ------------------------------------------------------------------


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


def two_members_swapped(rng: Random, world: World, subject: Subject) -> Mutant:
    first, second = rng.sample(list(subject.members), 2)
    return Mutant(subject.case({first: subject.members[second], second: subject.members[first]}))


def another_manifest(rng: Random, world: World, subject: Subject) -> Mutant:
    """Odd JSON, in the one form and in others; sometimes with the record truly in the log, so that only form is judged."""
    told = json.loads(subject.members["manifest.json"])
    key = rng.choice([*told, "note", "seal", "event", "1", "__proto__", "toString", ""])
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
    content = rng.choice((encoded(told), *forms))
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
    return subject.case(
        {
            "manifest.json": content,
            "proof.tlog-proof": shown.encode(),
            "proof-sm.tlog-proof": None,
            "checkpoint.tsr": None,
        }
    )


# ---- signatures -----------------------------------------------------------------------------------------------------


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


# ---- the timestamp --------------------------------------------------------------------------------------------------


def the_token(rng: Random, world: World, subject: Subject) -> Mutant:
    if "checkpoint.tsr" not in subject.members:
        return a_bit_of_a_member(rng, world, subject)
    token = subject.members["checkpoint.tsr"]
    return Mutant(subject.case({"checkpoint.tsr": rng.choice((flip, elements, elements))(rng, token)}))


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


# ---- what the verifier is given from outside ------------------------------------------------------------------------


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


MUTATIONS: dict[Mutation, int] = {
    a_bit_of_the_file: 10,
    some_bytes_of_the_file: 5,
    a_bit_of_the_directory: 3,
    another_zip: 3,
    members_in_another_order: 4,
    a_bit_of_a_member: 15,
    some_bytes_of_a_member: 8,
    a_line_of_a_proof: 12,
    a_line_of_the_manifest: 4,
    members_of_another: 4,
    two_members_swapped: 2,
    another_manifest: 6,
    signed_anew: 6,
    signatures_shuffled: 8,
    path_changed: 5,
    the_token: 12,
    another_token: 2,
    the_policy: 9,
    the_certificate: 5,
    the_clock: 1,
}
"""How often each is drawn."""


def mutant(rng: Random, world: World) -> tuple[str, Subject, Mutant]:
    subject = rng.choice(world.subjects)
    mutation = rng.choices(list(MUTATIONS), list(MUTATIONS.values()))[0]
    return mutation.__name__, subject, mutation(rng, world, subject)
