"""Files of signing keys: whose key, by what algorithm, and the key as every tool reads it.

A file has some lines that say what it is, then the key as PEM (PKCS#8), which ``openssl pkey`` and others take as it is.
A key that never leaves a device has a line ``device:`` instead of the PEM; what opens it is given to ``read`` or
installed as an entry point ``jianwei.signing_devices``. A file that others may read is not a secret: it is refused.
"""

from __future__ import annotations

import base64
import os
import stat
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from jianwei.seal import ed25519, ml_dsa, note, sm2
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.errors import SealError
from jianwei.seal.note import NoteSigner, PrivateKey

_InMemory = ed25519.PrivateKey | sm2.PrivateKey | ml_dsa.PrivateKey

ALGORITHMS: dict[str, type[_InMemory]] = {
    "ed25519": ed25519.PrivateKey,
    "sm2": sm2.PrivateKey,
    "ml-dsa-44": ml_dsa.PrivateKey,
}

Device = Callable[[str], PrivateKey]
"""Opens the key at an address of the device's own kind, such as a slot and a label."""

_TITLE = "见微存证签名密钥：须妥善保管，不得外传"
_BEGIN, _END = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
_SIZE_LIMIT = 16 * 1024


class KeyFileInvalid(SealError):
    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"密钥文件 {path}：{problem}。")


@dataclass(frozen=True)
class Key:
    name: str
    """Of the log (its origin) or of the witness."""
    private: PrivateKey

    def log_signer(self) -> NoteSigner:
        return NoteSigner(self.name, self.private)

    def witness_signer(self) -> WitnessSigner:
        return WitnessSigner(self.name, self.private)


def create(path: Path, name: str, algorithm: str, entropy: Callable[[int], bytes]) -> Key:
    """Draw a key and write its file, mode 0600, safe on the disk when this returns. A file that is there stays.

    ``entropy(n)``: n unpredictable bytes, such as ``os.urandom``.
    """
    if algorithm not in ALGORITHMS:
        raise KeyFileInvalid(path, f"不支持算法“{algorithm}”，应为 {'、'.join(ALGORITHMS)} 之一")
    private = ALGORITHMS[algorithm].generate(entropy)
    pem = textwrap.wrap(base64.b64encode(private.pkcs8()).decode(), 64)
    write_secret(path, [*_heading(name, private), _BEGIN, *pem, _END])
    return Key(name, private)


def create_for_device(path: Path, name: str, device: str, address: str, private: PrivateKey) -> None:
    """Write the file of a key that stays in a device: where it is, and which key must be found there."""
    write_secret(path, [*_heading(name, private), f"device: {device} {address}"])


def read(path: Path, devices: Mapping[str, Device] | None = None) -> Key:
    """Open a key. Raise ``KeyFileInvalid`` when the file is no key, is not the one it says, or others may read it."""
    lines = read_secret(path).split("\n")
    said = dict(line.split(": ", 1) for line in lines if ": " in line)
    for word in ("name", "algorithm", "public"):
        if word not in said:
            raise KeyFileInvalid(path, f"缺少 {word} 一行")
    try:
        private = _opened(said, lines, devices)
    except (SealError, ValueError) as problem:
        raise KeyFileInvalid(path, str(problem).rstrip("。")) from None
    if (private.algorithm, private.public.hex()) != (said["algorithm"], said["public"]):
        raise KeyFileInvalid(path, "其中的密钥与所写的算法或者公钥不符")
    return Key(said["name"], private)


def succeed(path: Path, coming: Path) -> Path:
    """Put the key ``coming`` in the place of ``path`` in one step; the old one stays beside. Where that is now.

    Repeating this after an interruption goes on where it was.
    """
    retired = path.with_name(f"{path.name}.{note.key_id('', 0, read(path).private.public).hex()}")
    if not retired.exists():
        retired.hardlink_to(path)
    coming.replace(path)
    _sync(path.parent)
    return retired


def _opened(said: Mapping[str, str], lines: list[str], devices: Mapping[str, Device] | None) -> PrivateKey:
    if "device" in said:
        device, _, address = said["device"].partition(" ")
        return _device(device, devices)(address)
    if said["algorithm"] not in ALGORITHMS:
        raise SealError(f"不支持算法“{said['algorithm']}”")
    if _BEGIN not in lines or _END not in lines:
        raise SealError("没有私钥，或者不完整")
    encoded = "".join(lines[lines.index(_BEGIN) + 1 : lines.index(_END)])
    return ALGORITHMS[said["algorithm"]].from_pkcs8(note.decode_base64(encoded))


def _device(name: str, devices: Mapping[str, Device] | None) -> Device:
    if devices and name in devices:
        return devices[name]
    for found in entry_points(group="jianwei.signing_devices", name=name):
        device: Device = found.load()
        return device
    raise SealError(f"没有安装签名设备“{name}”的接口")


def _heading(name: str, private: PrivateKey) -> list[str]:
    note.check_name(name)
    return [_TITLE, f"name: {name}", f"algorithm: {private.algorithm}", f"public: {private.public.hex()}"]


def write_secret(path: Path, lines: list[str]) -> None:
    """A new file of mode 0600, safe on the disk when this returns."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileInvalid(path, "已经存在，不能覆盖") from None
    with os.fdopen(file, "w", encoding="utf-8") as opened:
        opened.write("\n".join(lines) + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    _sync(path.parent)


def _sync(folder: Path) -> None:
    names = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(names)
    finally:
        os.close(names)


def read_secret(path: Path) -> str:
    """The text of a file that its owner alone may touch; raise ``KeyFileInvalid`` for any other."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # what is a pipe must not keep us waiting
    except FileNotFoundError:
        raise KeyFileInvalid(path, "不存在") from None
    except PermissionError:
        raise KeyFileInvalid(path, "当前用户无权读取") from None
    try:
        mode = os.fstat(file).st_mode
        if not stat.S_ISREG(mode):
            raise KeyFileInvalid(path, "不是普通文件")
        if mode & 0o077:
            raise KeyFileInvalid(path, f"其他用户可以读写（权限 {stat.S_IMODE(mode):04o}），须视为已泄露；应为 0600")
        return os.read(file, _SIZE_LIMIT).decode()
    except UnicodeDecodeError:
        raise KeyFileInvalid(path, "不是密钥文件") from None
    finally:
        os.close(file)
