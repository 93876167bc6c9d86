"""The folder of a witness: ``witness.json``, ``keys/``, ``logs.txt`` and ``witness.db``. Nothing of it is a log's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from jianwei.seal import keys
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.errors import SealError
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.witness import logs
from jianwei.seal.witness.judging import Witness
from jianwei.seal.witness.memory import Memory

SETTINGS, LOGS, MEMORY = "witness.json", "logs.txt", "witness.db"
SIGNS = {"ed25519": SHA256.name, "ml-dsa-44": SHA256.name, "sm2": SM3.name}
"""Checkpoints of logs of which hash function a key of each algorithm signs."""


class WitnessFolderInvalid(SealError):
    """A folder that is no witness's, or lacks something."""


def create(
    folder: Path, name: str, vkeys: Iterable[str], entropy: Callable[[int], bytes], algorithms: Iterable[str]
) -> list[str]:
    """Begin a witness that serves the logs of ``vkeys``; its own public keys, for the log's policy.

    ``name``: such as ``ga.example/witness``; ``entropy(n)``: n unpredictable bytes; ``algorithms``: keys of ``SIGNS``.
    """
    listed = list(vkeys)
    logs.parse("\n".join(listed))
    (folder / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [keys.create(_key(folder, each), name, each, entropy) for each in algorithms]
    logs.write(folder / LOGS, listed)
    Memory(folder / MEMORY).close()
    (folder / SETTINGS).write_text(json.dumps({"name": name}, ensure_ascii=False) + "\n", encoding="utf-8")
    return [key.witness_signer().verifier.vkey for key in made]


def open_witness(folder: Path) -> Witness:
    """The witness of a folder. One without its memory is refused: it would sign any history anew."""
    try:
        name = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))["name"]
        listed = logs.parse((folder / LOGS).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise WitnessFolderInvalid(f"{folder} 不是见证方目录，或者 {SETTINGS}、{LOGS} 有误。") from None
    signers: dict[str, list[WitnessSigner]] = {}
    for algorithm, suite in SIGNS.items():
        if (path := _key(folder, algorithm)).exists():
            key = keys.read(path)
            if key.name != name:
                raise WitnessFolderInvalid(f"密钥 {path.name} 属于“{key.name}”，不是“{name}”。")
            signers.setdefault(suite, []).append(key.witness_signer())
    for log in listed.values():
        if log.suite.name not in signers:
            raise WitnessFolderInvalid(f"没有可以见证“{log.origin}”的密钥：其哈希算法为 {log.suite.name}。")
    if not (folder / MEMORY).exists():
        raise WitnessFolderInvalid(
            f"见证记录 {MEMORY} 不在：没有它就会重复见证。须从备份恢复，或者换用新的密钥重新建立。"
        )
    return Witness(Memory(folder / MEMORY), listed, signers)


def _key(folder: Path, algorithm: str) -> Path:
    return folder / "keys" / f"witness.{algorithm}"
