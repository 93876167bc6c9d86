"""The bundle as bytes and as a container: blind changes, other ZIPs, other members."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import replace
from random import Random

from jianwei.seal.verifier.differential.edits import flip, scramble
from jianwei.seal.verifier.differential.mutations.world import Mutant, World
from jianwei.seal.verifier.differential.subjects import (
    ORDER,
    Subject,
)


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
