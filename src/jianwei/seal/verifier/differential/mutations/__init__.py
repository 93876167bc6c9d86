"""What is done to sound bundles: blind changes of bytes, and changes by one who knows the formats and holds some keys.

A mutation draws everything from the generator it is given. It says whether the bundle alone was changed, without any
key a policy trusts: then nothing but the truth may come of it.
"""

from __future__ import annotations

from random import Random

from jianwei.seal.verifier.differential.mutations import containers, given, members, signatures
from jianwei.seal.verifier.differential.mutations.world import Mutant, Mutation, World
from jianwei.seal.verifier.differential.subjects import Subject

__all__ = ["MUTATIONS", "Mutant", "World", "mutant"]

MUTATIONS: dict[Mutation, int] = {
    containers.a_bit_of_the_file: 10,
    containers.some_bytes_of_the_file: 5,
    containers.a_bit_of_the_directory: 3,
    containers.another_zip: 3,
    containers.members_in_another_order: 4,
    members.a_bit_of_a_member: 15,
    members.some_bytes_of_a_member: 8,
    members.a_line_of_a_proof: 12,
    members.a_line_of_the_manifest: 4,
    members.members_of_another: 4,
    members.a_member_stripped: 3,
    members.two_members_swapped: 2,
    members.another_manifest: 8,
    signatures.signed_anew: 6,
    signatures.signed_again: 3,
    signatures.signatures_shuffled: 8,
    signatures.path_changed: 5,
    signatures.the_token: 12,
    signatures.another_token: 2,
    given.the_policy: 9,
    given.the_policy_s_grammar: 4,
    given.the_certificate: 5,
    given.the_clock: 1,
}
"""How often each is drawn."""


def mutant(rng: Random, world: World) -> tuple[str, Subject, Mutant]:
    subject = rng.choice(world.subjects)
    mutation = rng.choices(list(MUTATIONS), list(MUTATIONS.values()))[0]
    return mutation.__name__, subject, mutation(rng, world, subject)
