"""Policies written down: which log, whose witness, and who of them must all have signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jianwei.seal import policy
from jianwei.seal.cosignature import Sm2WitnessKey, WitnessKey, witness_key
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import Entry, EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder, write
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy

_GROUP = "外部"
_WITNESSES = {"sha256": WitnessKey, "sm3": Sm2WitnessKey}
"""Whose signatures a tree of each suite needs."""


class TrustInvalid(SealError):
    """Witnesses that make no policy."""


@dataclass(frozen=True)
class Party:
    """A witness to be appointed."""

    name: str
    """As people call it, without spaces."""
    vkeys: tuple[str, ...]
    url: str | None = None
    """None for one that signs by disc."""


def appoint(
    log: EvidenceLog, parties: Sequence[Party], quorum: Sequence[str], *, now: int, entropy: Entropy
) -> list[Entry]:
    """Write the policies anew and tell the log of it: records of kind 6, which wait for the writer.

    All of ``quorum`` must have signed. What was proved under an earlier policy stays proved to whoever holds that.
    """
    texts: dict[str, str] = {}
    for suite in log.folder.suites:
        witnesses = {party.name: vkey for party in parties if (vkey := _key_for(suite, party))}
        if missing := [name for name in quorum if name not in witnesses]:
            raise TrustInvalid(
                f"{'、'.join(missing)}没有用于 {suite} 的公钥。请见证方另给一把，或者新建只用其他算法的日志。"
            )
        texts[suite] = policy_text(_log_lines(log.folder, suite), witnesses, quorum)
    urls = {party.name: party.url for party in parties if party.url}
    log.folder.change(replace(log.folder.settings, witness_urls=urls))
    return [_set(log, suite, text, now, entropy) for suite, text in texts.items()]


def _key_for(suite: str, party: Party) -> str | None:
    return next((vkey for vkey in party.vkeys if type(witness_key(vkey)) is _WITNESSES[suite]), None)


def _log_lines(folder: LogFolder, suite: str) -> str:
    """Those of the policy there is, which may know keys of earlier days; else the one key."""
    path = folder.policy(suite)
    if not path.exists():
        return f"log {folder.verifier(suite).vkey}"
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(line for place, line in enumerate(lines) if _of_log(lines[place:]))


def _of_log(lines: Sequence[str]) -> bool:
    """A line for a log, or the one before it that says for which sizes its key counts."""
    return lines[0].startswith("log ") or (
        lines[0].startswith("#:") and lines[1:2] != [] and lines[1].startswith("log ")
    )


def _set(log: EvidenceLog, suite: str, text: str, now: int, entropy: Entropy) -> Entry:
    digest = hashlib.sha256(text.encode()).hexdigest()
    event = {"what": "policy", "suite": suite, "sha256": digest, "policy": text}
    manifest = Manifest(Kind.KEY_EVENT, ulid.new(now, entropy), log.folder.settings.office, event=event)
    entry = log.put(Kind.KEY_EVENT, manifest, now=now, entropy=entropy)
    write(log.folder.policy(suite), text.encode())
    return entry


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


def fingerprint(content: bytes) -> str:
    """Of a policy, in groups of four, as it is printed and as the verifier shows it."""
    digits = hashlib.sha256(content).hexdigest()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
