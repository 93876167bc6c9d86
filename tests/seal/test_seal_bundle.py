"""Bundles: one form, the same bytes from the same parts, readable by every ZIP program, of any size."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from both_verifiers import sound
from holes import Sparse, zeros

from jianwei.seal import bundle
from jianwei.seal.verifier import verify

TOLD = b'{"size": 5}'
PARTS = {"manifest": TOLD, "salt": bytes(32), "proof": b"proof\n", "token": b"token", "anchor": b"{}"}


def written(**parts: bytes | io.BytesIO) -> bytes:
    out = io.BytesIO()
    assert bundle.write(out, bundle.Parts(**PARTS | parts)) == len(out.getvalue())
    return out.getvalue()


def test_the_same_parts_give_the_same_bytes_and_any_zip_program_reads_them(tmp_path: Path) -> None:
    content = written(original=io.BytesIO(b"movie"))
    assert content == written(original=io.BytesIO(b"movie"))
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        assert container.testzip() is None
        assert {each.compress_type for each in container.infolist()} == {zipfile.ZIP_STORED}
        assert container.read("original") == b"movie"
        assert container.namelist() == [
            "original",
            "manifest.json",
            "salt",
            "proof.tlog-proof",
            "checkpoint.tsr",
            "anchor.json",
            "说明.txt",
        ]
    if unzip := shutil.which("unzip"):
        (tmp_path / "x.evb").write_bytes(content)
        assert subprocess.run([unzip, "-tq", tmp_path / "x.evb"], check=False, capture_output=True).returncode == 0


def test_a_bundle_may_be_written_behind_other_bytes() -> None:
    out = io.BytesIO()
    out.write(b"before")
    bundle.write(out, bundle.Parts(**PARTS))
    assert out.getvalue()[6:] == written()


@pytest.mark.parametrize("original", [b"", b"four", b"sixsix"])
def test_an_original_of_another_length_than_stated_makes_no_bundle(original: bytes) -> None:
    with pytest.raises(bundle.BundleInvalid, match="5 字节不符"):
        written(original=io.BytesIO(original))


def test_no_original_without_a_size() -> None:
    with pytest.raises(bundle.BundleInvalid, match="没有文件大小"):
        written(original=io.BytesIO(b"movie"), manifest=b"{}")


@pytest.mark.parametrize("size", [0xFFFFFFFE, 0xFFFFFFFF, (4 << 30) + 12345])
def test_a_bundle_of_more_than_four_gigabytes_has_numbers_of_eight_bytes(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its form is what Python's own reader expects; the CRC, which takes long, is not what is tried here."""
    monkeypatch.setattr(zlib, "crc32", lambda content, before: 0)

    with Sparse(tmp_path / "large.evb", "w+") as out:
        total = bundle.pack(
            out, [("original", size, zeros(size)), ("manifest.json", 2, [b"{}"]), ("salt", 3, [b"abc"])]
        )
        assert out.seek(0, 2) == total
        with zipfile.ZipFile(out) as container:
            assert [each.file_size for each in container.infolist()] == [size, 2, 3]
        members = verify.open_zip(out)
        assert members["original"][1] == size
        out.seek(members["salt"][0])
        assert out.read(3) == b"abc"
        out.seek(-28, 2)
        out.write(b"\x7f")
        with pytest.raises(verify.Refused):
            verify.open_zip(out)


def test_the_leaflet_says_what_is_not_proved_and_fits_on_a_page() -> None:
    text = sound()[0].members["说明.txt"].decode()
    assert text == bundle.LEAFLET and len(text.splitlines()) < 50
    for word in ("怎样核验", "verify.html", "没有证明什么", "存证之前是否真实", "不要使用本包自带的 policy.txt"):
        assert word in text


def test_what_the_leaflet_names_is_what_a_bundle_may_hold() -> None:
    named = set(re.findall(r"^  (\S+)  ", bundle.LEAFLET, re.MULTILINE))
    assert named == set(verify.NAMES) - {"说明.txt"}


def test_the_manifest_of_the_office_is_the_form_the_verifiers_take() -> None:
    told = json.loads(sound()[0].members["manifest.json"])
    assert verify.parse_manifest(sound()[0].members["manifest.json"]) == told
    assert told["sha256"] == hashlib.sha256(sound()[0].members["original"]).hexdigest()
