"""What other rooms do in the transaction in which an act is recorded: each says so once, when the desk starts."""

from __future__ import annotations

from collections.abc import Callable

from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.procedures import ActKind

Follower = Callable[[Acting, Matter, ActKind, ActRow], None]
_followers: list[Follower] = []


def follow(one: Follower) -> None:
    """From now on ``one`` is called with every act that a person records by its form."""
    if one not in _followers:
        _followers.append(one)


def tell(who: Acting, matter: Matter, kind: ActKind, row: ActRow) -> None:
    for one in _followers:
        one(who, matter, kind, row)
