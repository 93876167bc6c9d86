"""Whose signatures this installation believes: the policies of the logs it keeps, never one that came in a bundle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from jianwei.seal import closing, succession
from jianwei.seal.dating import StampSettings
from jianwei.seal.errors import SealError
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.stamping.checking import Authority, decoded
from jianwei.seal.verifier import verify

MOST = 64 * 1024


@dataclass(frozen=True)
class Trust:
    """The policies of one log, as bytes, and whom it trusts for time."""

    policy: bytes
    policy_sm: bytes | None = None
    roots: bytes | None = None
    """Certificates of time-stamping authorities, PEM."""
    ends: int | None = None
    """Of a log that was closed: the size up to which its checkpoints count. One beyond was signed after the end."""

    @property
    def fingerprint(self) -> str:
        """What is printed and compared: the SHA-256 of the policy file. "" when it cannot be read."""
        return _fingerprint(self.policy)

    @property
    def fingerprint_sm(self) -> str:
        return _fingerprint(self.policy_sm) if self.policy_sm else ""

    def signer_of(self, token: bytes) -> bytes | None:
        """The certificate, PEM, that signed a token, if it leads to one of the roots: what the verifier is given."""
        if self.roots is None:
            return None
        try:
            found = Authority.from_pem(self.roots).signer(decoded(token))
        except SealError:
            return None
        return found.public_bytes(Encoding.PEM)

    def reached_at(self, times: Mapping[str, int]) -> int | None:
        """When the quorum was reached, if witness by witness they signed at these seconds since 1970."""
        policy = verify.Policy(self.policy)
        reached: int | None = policy.reached_at(policy.quorum or "", dict(times))
        return reached


def of(folder: Path) -> Trust | None:
    """The trust of the log in this folder."""
    policy = _read(folder / "policy.txt")
    return Trust(policy, _read(folder / "policy-sm.txt"), _roots(folder), _ends(folder)) if policy else None


def by_origin(origin: str) -> Trust | None:
    """The trust of the log of that name, if it is one of this installation's."""
    return next((of(folder) for folder, name in _logs() if name == origin), None)


def any_of_all() -> Trust | None:
    """Some trust of this installation: to let the verifier say what is wrong with a bundle that names no log."""
    return next((found for folder, _ in _logs() if (found := of(folder))), None)


def _logs() -> Iterator[tuple[Path, str]]:
    for file in sorted((Path(settings.JIANWEI_HOME) / "seal").glob("*/log.json")):
        try:
            yield file.parent, str(json.loads(file.read_text("utf-8"))["origin"])
        except (OSError, ValueError, KeyError):
            continue


def _ends(folder: Path) -> int | None:
    """Of a closed log whose statement cannot be read, or speaks of no witness, nothing counts."""
    if not succession.closed(folder):
        return None
    try:
        said = closing.statements(folder).get("sha256")
    except (SealError, OSError, ValueError):
        return 0
    return said.last.size if said else 0


def _roots(folder: Path) -> bytes | None:
    try:
        stamps = StampSettings.of(LogFolder(folder))
    except SealError:
        return None
    return stamps.roots if stamps else None


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()[:MOST] if file.is_file() else None
    except OSError:
        return None


def _fingerprint(policy: bytes) -> str:
    try:
        return str(verify.Policy(policy).fingerprint)
    except verify.Refused:
        return ""
