"""Key files: what is written can be read by other tools, and nothing that others may read is a key."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jianwei.seal import keys, note, sm2
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.keys import KeyFileInvalid

NAME = "jcy.example/evlog/110105"


def chance(label: str = "") -> Callable[[int], bytes]:
    turns = itertools.count()
    return lambda size: hashlib.shake_256(f"{label} {next(turns)}".encode()).digest(size)


@pytest.mark.parametrize("algorithm", ["ed25519", "sm2", "ml-dsa-44"])
def test_what_is_written_is_read_and_signs(tmp_path: Path, algorithm: str) -> None:
    path = tmp_path / f"log.{algorithm}"
    made = keys.create(path, NAME, algorithm, chance())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    read = keys.read(path)
    assert (read.name, read.private.algorithm, read.private.public) == (NAME, algorithm, made.private.public)
    witness = read.witness_signer()
    text = "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert witness.verifier.accepts(text, witness.cosign(text, 7).content)
    if algorithm != "ml-dsa-44":
        signer = read.log_signer()
        assert note.check(note.signed(text, [signer]), [note.log_key(signer.verifier.vkey)])


@pytest.mark.parametrize("algorithm", ["ed25519", "sm2"])
@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command")
def test_openssl_reads_the_file_as_it_is(tmp_path: Path, algorithm: str) -> None:
    key = keys.create(tmp_path / "key", NAME, algorithm, chance())
    command = ["openssl", "pkey", "-in", tmp_path / "key", "-pubout", "-outform", "DER"]
    public = subprocess.run(command, capture_output=True, check=True).stdout
    assert public.endswith(key.private.public)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "log.sm2"
    first = keys.create(path, NAME, "sm2", chance("first"))
    with pytest.raises(KeyFileInvalid, match="已经存在"):
        keys.create(path, NAME, "sm2", chance("second"))
    assert keys.read(path).private.public == first.private.public


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o601])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "log.ed25519"
    keys.create(path, NAME, "ed25519", chance())
    path.chmod(mode)
    with pytest.raises(KeyFileInvalid, match="其他用户可以读写"):
        keys.read(path)


def spoiled(change: Callable[[str], str], algorithm: str, path: Path) -> None:
    keys.create(path, NAME, algorithm, chance())
    content = path.read_text()
    assert change(content) != content
    path.write_text(change(content))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: "", "缺少 name"),
        (lambda text: text.replace("public:", "published:"), "缺少 public"),
        (lambda text: text.replace("algorithm: sm2", "algorithm: rsa"), "不支持算法"),
        (lambda text: text.replace("algorithm: sm2", "algorithm: ed25519"), "编码不规范"),
        (lambda text: text.replace("-----END", "-----FIN"), "不完整"),
        (lambda text: text.replace("BEGIN PRIVATE", "BEGIN ENCRYPTED PRIVATE"), "不完整"),
        (lambda text: text.replace("public: ", "public: 00"), "公钥不符"),
        (lambda text: text.replace("MIGH", "MIGI"), "编码不规范"),
        (lambda text: text.replace("MIGH", "MI=H"), "base64"),
    ],
)
def test_a_file_that_is_not_the_key_it_says_is_refused(
    tmp_path: Path, change: Callable[[str], str], problem: str
) -> None:
    spoiled(change, "sm2", tmp_path / "key")
    with pytest.raises(KeyFileInvalid, match=problem):
        keys.read(tmp_path / "key")


def test_what_is_no_file_of_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(bytes(range(256)))
    (tmp_path / "raw").chmod(0o600)
    for path, problem in (
        (tmp_path / "raw", "不是密钥文件"),
        (tmp_path / "none", "不存在"),
        (tmp_path, "不是普通文件"),
    ):
        with pytest.raises(KeyFileInvalid, match=problem):
            keys.read(path)
    for name, algorithm in (("a b", "sm2"), ("", "sm2"), (NAME, "rsa")):
        with pytest.raises(note.SealError):
            keys.create(tmp_path / "new", name, algorithm, chance())
    assert not (tmp_path / "new").exists()


def test_a_key_takes_the_place_of_another_which_stays_beside(tmp_path: Path) -> None:
    path, coming = tmp_path / "log.sm2", tmp_path / "log.sm2.next"
    old = keys.create(path, NAME, "sm2", chance("old"))
    new = keys.create(coming, NAME, "sm2", chance("new"))
    retired = keys.succeed(path, coming)
    assert sorted(tmp_path.iterdir()) == [path, retired]
    assert keys.read(path).private.public == new.private.public
    assert keys.read(retired).private.public == old.private.public


class Device:
    """Stands for a card in a machine: it tells the public key and signs, and the secret is not to be had."""

    algorithm = "sm2"

    def __init__(self, address: str) -> None:
        inside = sm2.PrivateKey(address.encode().ljust(32, b"\1"))
        self.public = inside.public
        self.sign = inside.sign


def test_a_key_in_a_device_signs_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "log.sm2"
    keys.create_for_device(path, NAME, "gmt0018", "slot 1 key 3", Device("slot 1 key 3"))
    assert "PRIVATE" not in path.read_text()
    signer = keys.read(path, {"gmt0018": Device}).log_signer()
    whole = note.signed("text\n", [signer])
    assert note.check(whole, [note.log_key(signer.verifier.vkey)])
    with pytest.raises(KeyFileInvalid, match="没有安装签名设备“gmt0018”"):
        keys.read(path)
    path.write_text(path.read_text().replace("key 3", "key 4"))
    with pytest.raises(KeyFileInvalid, match="公钥不符"):
        keys.read(path, {"gmt0018": Device})


def test_a_witness_in_a_device_cosigns() -> None:
    witness = WitnessSigner("fy.example/w1", Device("court"))
    text = "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert witness.verifier.accepts(text, witness.cosign(text, 7).content)
