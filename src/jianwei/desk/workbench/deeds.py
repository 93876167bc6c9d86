"""The deed that a clock asks for: the acts that would meet it at the stage where the matter stands. Pure."""

from __future__ import annotations

from functools import lru_cache

from jianwei.procedures import COMMON, ActKind
from jianwei.procedures.kernel.clock import ClockKind, Effect, Verb
from jianwei.procedures.shelf import procedures

SHOWN = 3
"""Acts named in one line; a stage rarely has more that end it."""


@lru_cache(maxsize=2000)
def deed(procedure: str, clock: str, stage: str) -> str:
    """``提起公诉、不起诉或者附条件不起诉``; empty where the procedure names no act.

    Custody that no act ends of its own is over with the decision that ends the case clock.
    """
    found = procedures().get(procedure)
    if found is None:
        return ""
    open_acts = [kind for kind in found.acts.values() if kind.key not in COMMON and not kind.opens and stage in kind.at]
    meeting = [kind.title for kind in open_acts if clock in _met(kind)]
    if not meeting and clock in found.clocks and found.clocks[clock].kind is ClockKind.CUSTODY:
        deciding = {name for name, one in found.clocks.items() if one.kind is ClockKind.CASE}
        meeting = [kind.title for kind in open_acts if deciding & _met(kind)]
    titles = list(dict.fromkeys(meeting))
    if len(titles) > SHOWN:
        return f"{'、'.join(titles[:SHOWN])}等"
    return "或者".join(("、".join(titles[:-1]), titles[-1])) if len(titles) > 1 else "".join(titles)


def _met(kind: ActKind) -> set[str]:
    return {one.clock.name for one in kind.does if isinstance(one, Effect) and one.verb is Verb.MEET}
