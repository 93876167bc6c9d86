"""SM2: three implementations agree, and every signature that the standard's bounds forbid is refused by all ways."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from both_verifiers import asked
from published_vectors import beside, ours

from jianwei.seal import sm2, sm2_signing
from jianwei.seal import sm2_curve as curve
from jianwei.seal.errors import SealError
from jianwei.seal.verifier import verify

needs_tongsuo = pytest.mark.skipif(not sm2_signing.tongsuo(), reason="tongsuopy is not installed")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command")


def number(label: str) -> int:
    return int.from_bytes(hashlib.sha256(label.encode()).digest(), "big") % (curve.N - 2) + 1


def octets(*numbers: int) -> bytes:
    return b"".join(each.to_bytes(32, "big") for each in numbers)


def a_key(label: str = "key") -> sm2.PrivateKey:
    return sm2.PrivateKey(octets(number(label)))


KEY = a_key()
PUBLIC = sm2.PublicKey(KEY.public)
MESSAGE = "固证".encode()


def signed(key: sm2.PrivateKey, message: bytes, nonce: int) -> bytes:
    """GB/T 32918.2 6.1 word for word, with a nonce of one's own: for tests only."""
    e = sm2.digest(sm2.PublicKey(key.public).point, message)
    d = int.from_bytes(key.secret, "big")
    point = curve.combined(nonce, curve.G, 0, curve.G)
    r = (e + point[0]) % curve.N
    return octets(r, pow(1 + d, -1, curve.N) * (nonce - r * d) % curve.N)


def accepted_by_all(public: sm2.PublicKey, signature: bytes, message: bytes) -> bool:
    """One verdict of the bounds with arithmetic, of the library where it is, and of ``accepts``."""
    verdicts = {public.accepts(signature, message)}
    bounds = sm2.well_formed(signature)
    verdicts.add(bounds and sm2.accepted_by_arithmetic(public, signature, message))
    if sm2_signing.tongsuo():
        verdicts.add(bounds and sm2_signing.accepted_by_tongsuo(public.material, signature, message))
    assert len(verdicts) == 1
    return verdicts.pop()


def test_the_example_of_the_standard() -> None:
    """GB/T 32918.5-2017 A.2: key, message, nonce and signature."""
    key = sm2.PrivateKey(bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"))
    assert key.public.hex().upper() == (
        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
        "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    )
    nonce = int("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21", 16)
    signature = signed(key, b"message digest", nonce)
    assert signature.hex().upper() == (
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
        "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
    )
    assert accepted_by_all(sm2.PublicKey(key.public), signature, b"message digest")


def test_signatures_of_openssl_s_own_tests() -> None:
    """There the digest e is given, not a message, so they are checked by arithmetic."""
    vectors = json.loads(beside("openssl-sm2/sm2-verify.json").read_text())
    key = sm2.PrivateKey.from_pkcs8(base64.b64decode(vectors["private_key_pkcs8_b64"]))
    for e, der in vectors["verify_sm3"]:
        signature = sm2_signing.from_der(bytes.fromhex(der))
        r, s = int(signature[:32].hex(), 16), int(signature[32:].hex(), 16)
        point = curve.combined(s, curve.G, (r + s) % curve.N, sm2.PublicKey(key.public).point)
        assert sm2.well_formed(signature) and (int(e, 16) + point[0]) % curve.N == r


@needs_tongsuo
@needs_openssl
def test_library_command_and_arithmetic_take_each_other_s_signatures(tmp_path: Path) -> None:
    for turn in range(20):
        key = a_key(f"key {turn}")
        public = sm2.PublicKey(key.public)
        message = bytes(turn * 37)
        by_library = sm2_signing.sign_by_tongsuo(sm2_signing.derived(int.from_bytes(key.secret, "big")), message)
        by_command = sm2_signing.sign_by_openssl(key.pkcs8(), sm2.IDENTITY, message)
        by_arithmetic = signed(key, message, number(f"nonce {turn}"))
        for signature in (by_library, by_command, by_arithmetic):
            assert accepted_by_all(public, signature, message)
            assert accepted_by_openssl(key, signature, message, tmp_path)
            assert not accepted_by_all(public, signature, message + b".")
            assert not accepted_by_all(PUBLIC, signature, message)
            assert not accepted_by_all(public, signature[32:] + signature[:32], message)


def accepted_by_openssl(key: sm2.PrivateKey, signature: bytes, message: bytes, folder: Path) -> bool:
    (folder / "key").write_bytes(key.pkcs8())
    (folder / "signature").write_bytes(sm2_signing.to_der(signature))
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-keyform", "DER", "-inkey"]
    command += [folder / "key", "-sigfile", folder / "signature", "-pkeyopt", f"distid:{sm2.IDENTITY.decode()}"]
    return subprocess.run(command, input=message, capture_output=True, check=False).returncode == 0


def test_without_the_library_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    signature = KEY.sign(MESSAGE)
    monkeypatch.setattr(sm2_signing, "tongsuo", lambda: None)
    again = a_key()
    assert again.public == KEY.public and PUBLIC.accepts(signature, MESSAGE)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(sm2.SignerMissing, match="tongsuopy"):
        again.sign(MESSAGE)


@needs_openssl
def test_without_the_library_the_command_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sm2_signing, "tongsuo", lambda: None)
    assert PUBLIC.accepts(a_key().sign(MESSAGE), MESSAGE)


SOUND = signed(KEY, MESSAGE, number("nonce"))
R, S = (int(half.hex(), 16) for half in (SOUND[:32], SOUND[32:]))


@pytest.mark.parametrize(
    "signature",
    {
        "r is 0": octets(0, S),
        "s is 0": octets(R, 0),
        "both are 0": bytes(64),
        "r is n": octets(curve.N, S),
        "s is n": octets(R, curve.N),
        "r is above n": octets(curve.N + 5, S),
        "s is the greatest number": octets(R, (1 << 256) - 1),
        "r + s is n": octets(R, curve.N - R),
        "too short": SOUND[:-1],
        "too long": SOUND + b"\0",
        "empty": b"",
        "DER": sm2_signing.to_der(SOUND),
    }.items(),
    ids=lambda case: case[0],
)
def test_a_signature_out_of_bounds_is_refused(signature: tuple[str, bytes]) -> None:
    assert accepted_by_all(PUBLIC, SOUND, MESSAGE)
    assert not sm2.well_formed(signature[1])  # refused before any library or arithmetic is asked
    assert not accepted_by_all(PUBLIC, signature[1], MESSAGE)


@pytest.mark.parametrize("signature", [octets(R, curve.N - S), octets(S, R), octets(R + 1, S), octets(1, 1)])
def test_a_signature_within_bounds_may_still_be_false(signature: bytes) -> None:
    assert sm2.well_formed(signature) and not accepted_by_all(PUBLIC, signature, MESSAGE)


def test_r_that_is_the_digest_because_the_sum_is_the_neutral_point() -> None:
    """Whoever knows the secret can make s G + (r + s) P vanish; no x is left to compare with."""
    d = int.from_bytes(KEY.secret, "big")
    t = -S * pow(d, -1, curve.N) % curve.N
    assert curve.combined(S, curve.G, t, PUBLIC.point) is None
    assert not accepted_by_all(PUBLIC, octets((t - S) % curve.N, S), MESSAGE)


def test_another_identity_is_another_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sm2, "IDENTITY", b"ALICE123@YAHOO.COM")
    other = signed(KEY, MESSAGE, number("nonce"))
    assert sm2.accepted_by_arithmetic(PUBLIC, other, MESSAGE)
    monkeypatch.undo()
    assert not accepted_by_all(PUBLIC, other, MESSAGE)


X, Y = PUBLIC.point
SMALL_X = next(
    (x, y)
    for x in itertools.count(1)
    if (y := pow((x * x + curve.A) * x + curve.B, (curve.P + 1) // 4, curve.P)) and curve.holds((x, y))
)


@pytest.mark.parametrize(
    "material",
    {
        "off the curve": octets(X, Y ^ 1),
        "on the twist": octets(X + 1, Y),
        "neutral point": bytes(64),
        "x above p": octets(SMALL_X[0] + curve.P, SMALL_X[1]),
        "y above p": octets(0, (1 << 256) - 1),
        "with the byte 4": b"\x04" + PUBLIC.material,
        "compressed": b"\x02" + PUBLIC.material[:32],
        "too short": PUBLIC.material[:-1],
        "too long": PUBLIC.material + b"\0",
        "empty": b"",
    }.items(),
    ids=lambda case: case[0],
)
def test_a_key_that_is_no_point_is_refused(material: tuple[str, bytes]) -> None:
    assert sm2.PublicKey(octets(*SMALL_X)).point == SMALL_X
    with pytest.raises(sm2.KeyInvalid):
        sm2.PublicKey(material[1])


@pytest.mark.parametrize("secret", [0, curve.N - 1, curve.N, (1 << 256) - 1])
def test_a_secret_out_of_range_is_refused_and_drawn_again(secret: int) -> None:
    with pytest.raises(sm2.KeyInvalid):
        sm2.PrivateKey(octets(secret))
    drawn = iter([octets(secret), octets(9)])
    assert sm2.PrivateKey.generate(lambda size: next(drawn)).secret == octets(9)


def test_pkcs8_is_read_in_one_form_alone() -> None:
    content = KEY.pkcs8()
    assert sm2.PrivateKey.from_pkcs8(content).secret == KEY.secret
    other = a_key("other").public
    for wrong in (content[:-1], content + b"\0", content[:-64] + other, b"", bytes(len(content))):
        with pytest.raises(sm2.KeyInvalid):
            sm2.PrivateKey.from_pkcs8(wrong)


def test_der_has_one_form() -> None:
    high = octets(1 << 255, 1)
    for signature in (SOUND, high, octets(1, 1), octets(0, 0)):
        assert sm2_signing.from_der(sm2_signing.to_der(signature)) == signature
    der = sm2_signing.to_der(high)
    assert der.hex() == "3026022100" + "80" + 31 * "00" + "020101"
    variants = [
        b"",
        der[:-1],
        der + b"\0",
        der.replace(b"\x30\x26", b"\x30\x81\x26"),  # length in the long form
        der.replace(b"\x30\x26", b"\x30\x80") + b"\0\0",  # length left open
        b"\x31" + der[1:],
        bytes.fromhex("30250220" + "80" + 31 * "00" + "020101"),  # a negative number
        bytes.fromhex("3027022100" + "80" + 31 * "00" + "02020001"),  # a zero that is not needed
        bytes.fromhex("302702220000" + "80" + 31 * "00" + "020101"),
        bytes.fromhex("3026032100" + "80" + 31 * "00" + "020101"),  # a bit string
        bytes.fromhex("3046022101" + 32 * "00" + "022101" + 32 * "00"),  # numbers of 33 bytes
    ]
    for variant in variants:
        with pytest.raises(SealError):
            sm2_signing.from_der(variant)


CASES = ours("sm2-signatures.json")["cases"]


def test_the_cases_are_judged_alike_by_every_verifier() -> None:
    """Sound and deceptive keys and signatures: this module with and without its library, and the stand-alone verifier."""
    for case in CASES:
        key, signature, message = (bytes.fromhex(case[part]) for part in ("key", "signature", "message"))
        assert verify.sm2_accepts(key, signature, message) == case["sound"], case["about"]
        try:
            assert accepted_by_all(sm2.PublicKey(key), signature, message) == case["sound"], case["about"]
        except sm2.KeyInvalid:
            assert not case["sound"], case["about"]


def test_the_cases_are_judged_alike_by_the_page() -> None:
    for case in CASES:
        parts = {part: bytes.fromhex(case[part]) for part in ("key", "signature", "message")}
        assert bool(asked("sm2", **parts)) == case["sound"], case["about"]
