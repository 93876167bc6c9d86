"""Whether the log may grow after a start: what is on the disk may be an old copy of everything, its own memory too.

Only those outside can tell. One vouches by signing the newest checkpoint anew: it would not, had it ever signed what the
log does not lead to, and an answer kept from yesterday has yesterday's time.
"""

from __future__ import annotations

from collections.abc import Set

from jianwei.seal.cosignature import cosigned_at
from jianwei.seal.note import Signature
from jianwei.seal.policy import Policy

FRESH_SECONDS = 600
"""How old a cosignature may look and yet be of now; chosen: as far as verifiers let two clocks differ."""


def is_fresh(line: Signature, now: int) -> bool:
    """Whether the witness signed just now, by its clock and by this one."""
    return cosigned_at(line.content) >= now - FRESH_SECONDS


def enough(policy: Policy, asked: Set[str], vouched: Set[str]) -> bool:
    """Whether those who vouched leave no way for a checkpoint to have been published that the log does not lead to.

    Whatever was published, a quorum had signed. So it is enough when those who have not vouched, on discs or silent, make
    no quorum among themselves; or when everybody has who can be asked at all. ``asked``: who has an address.
    """
    if not asked:
        return True
    if not vouched:
        return False
    return policy.quorum == "none" or asked <= vouched or not policy.met_by(policy.witnesses.keys() - vouched)
