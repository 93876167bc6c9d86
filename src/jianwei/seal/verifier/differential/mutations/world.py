"""What every mutation is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from jianwei.seal.verifier.differential.subjects import (
    Case,
    Office,
    Subject,
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
