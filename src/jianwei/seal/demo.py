"""A demonstration on one machine: logs with three outside witnesses and a timestamp authority, each a process.

It shows how everything goes. It proves nothing to an outsider: all keys lie on this machine.
"""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jianwei.seal import attached, keys, sm2, succession
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.log_folder import LogFolder, Settings, write
from jianwei.seal.stamping.local_authority import LocalAuthority
from jianwei.seal.trust import policy_text
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.witness import folder as witness_folder
from jianwei.seal.witness import logs as witness_logs

WARNING = "存证演示：见证方、时间戳和日志的密钥都在本机，只演示过程，对外不证明任何事实。"

WITNESSES = {"公安局": "ga.example/witness", "法院": "fy.example/witness", "上级检察院": "sjjcy.example/witness"}
"""By what the policy calls them, the names of their keys."""
QUORUM = ("公安局", "法院")
STAMP_EVERY_SECONDS = 2
"""In earnest 600; here one should see it happen."""

_FOLDERS = {"公安局": "police", "法院": "court", "上级检察院": "superior"}
_NOTE, _ROOT = "offices.json", "tsa-root.pem"


def place(home: Path) -> Path:
    """Where the outside parties of the demonstration live."""
    return home / "seal-demo"


def offices(home: Path) -> list[str]:
    """The codes of the offices with a demonstration log."""
    note = place(home) / _NOTE
    return list(json.loads(note.read_bytes())) if note.exists() else []


def found(home: Path, codes: Sequence[str], entropy: Entropy) -> None:
    """A log for each office that has none, and the outside parties. A second time, or after a crash, it goes on."""
    known = offices(home)
    codes = [code for code in codes if code in known or not LogFolder.exists(home / "seal" / code)]
    if not codes:
        return
    place(home).mkdir(parents=True, exist_ok=True)
    write(place(home) / _NOTE, json.dumps(codes).encode())
    folders = [folder for code in codes for folder in _logs(home / "seal" / code, code, entropy)]
    vkeys = [folder.verifier(suite).vkey for folder in folders for suite in folder.suites]
    algorithms = ["ed25519", "sm2"][: max(len(folder.suites) for folder in folders)]
    keys = {
        name: _witness(place(home) / _FOLDERS[name], key, vkeys, algorithms, entropy) for name, key in WITNESSES.items()
    }
    root = _authority(place(home) / "timestamps")
    for folder in folders:
        for position, suite in enumerate(folder.suites):
            witnesses = {name: own[position] for name, own in keys.items()}
            write(folder.policy(suite), policy_text(f"log {folder.verifier(suite).vkey}", witnesses, QUORUM).encode())
        if root:
            write(folder.path / _ROOT, root)


def _logs(path: Path, code: str, entropy: Entropy) -> list[LogFolder]:
    """Of one office: a first one, and what followed it since."""
    if not LogFolder.exists(path):
        suites = ("sha256", "sm3") if _signs_by_sm2(entropy) else ("sha256",)
        EvidenceLog.create(path, Settings(f"jcy.example/evlog/{code}", code, suites), entropy).close()
    return [LogFolder(each) for each in succession.line(path)]


def _signs_by_sm2(entropy: Entropy) -> bool:
    try:
        sm2.PrivateKey.generate(entropy).sign(b"")
    except sm2.SignerMissing:
        return False
    return True


def _witness(path: Path, name: str, vkeys: Sequence[str], algorithms: Sequence[str], entropy: Entropy) -> list[str]:
    """Its public keys, one for each algorithm."""
    if (path / witness_folder.SETTINGS).exists():
        witness_logs.write(path / witness_folder.LOGS, vkeys)
        return [keys.read(path / "keys" / f"witness.{each}").witness_signer().verifier.vkey for each in algorithms]
    shutil.rmtree(path, ignore_errors=True)  # a first start that was cut short
    return witness_folder.create(path, name, vkeys, entropy, algorithms)


def _authority(path: Path) -> bytes | None:
    """The certificate to trust; None where there is no ``openssl``."""
    return LocalAuthority(path).root if shutil.which("openssl") else None


def processes(home: Path) -> list[attached.Command]:
    """The outside parties, each on a free port; the logs are told where they are."""
    if not offices(home):
        return []
    ports = {name: _free_port() for name in (*WITNESSES, _ROOT)}
    commands = [
        attached.Command(
            ("jianwei.seal.witness", str(place(home) / _FOLDERS[name]), "--port", str(ports[name])),
            place(home) / f"{_FOLDERS[name]}.log",
        )
        for name in WITNESSES
    ]
    stamp = None
    if (place(home) / "timestamps" / "serial").exists() and shutil.which("openssl"):
        authority = (
            "jianwei.seal.stamping.local_authority",
            str(place(home) / "timestamps"),
            "--port",
            str(ports[_ROOT]),
        )
        commands.append(attached.Command(authority, place(home) / "timestamps.log"))
        stamp = {"url": _url(ports[_ROOT]), "roots": _ROOT, "every_seconds": STAMP_EVERY_SECONDS}
    urls = {name: _url(ports[name]) for name in WITNESSES}
    for code in offices(home):
        folder = LogFolder(succession.line(home / "seal" / code)[-1])
        folder.change(replace(folder.settings, witness_urls=urls, stamp=stamp))
    return commands


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
