"""A policy written down: which log, whose witness, and who of them must all have signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jianwei.seal import policy

_GROUP = "外部"


def policy_text(log: str, witnesses: Mapping[str, str], quorum: Sequence[str]) -> str:
    """``log``: the lines for the log's keys; ``witnesses``: public keys by name; ``quorum``: names that must all sign.

    Raise ``PolicyInvalid`` for what could not be read again.
    """
    lines = [log.rstrip("\n"), *(f"witness {name} {vkey}" for name, vkey in witnesses.items())]
    if len(quorum) > 1:
        lines.append(f"group {_GROUP} all {' '.join(quorum)}")
    lines.append(f"quorum {_GROUP if len(quorum) > 1 else next(iter(quorum), 'none')}")
    text = "\n".join(lines) + "\n"
    policy.parse(text.encode())
    return text
