"""Whose certificate a timestamp rests on: published tokens of others, and tokens made to deceive."""

from __future__ import annotations

import base64
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from published_vectors import ours

from jianwei.seal.stamping.asking import request
from jianwei.seal.stamping.checking import Authority, StampInvalid, decoded
from jianwei.seal.stamping.local_authority import LocalAuthority

pytest.importorskip("rfc3161_client")

PUBLISHED = b"a published head"


@dataclass
class Vectors:
    chain: list[x509.Certificate]
    content: bytes
    tokens: dict[str, bytes]


def vectors(name: str) -> Vectors:
    raw = ours("timestamps.json")[name]
    chain = [x509.load_der_x509_certificate(base64.b64decode(each)) for each in raw["chain"]]
    tokens = {key: base64.b64decode(each) for key, each in raw["tokens"].items()}
    return Vectors(chain, base64.b64decode(raw["content"]), tokens)


def test_a_published_token_of_another_s_authority() -> None:
    case = vectors("sigstage")
    stamp = Authority(case.chain[1:]).check(case.tokens["sha256"], case.content)
    assert datetime.fromtimestamp(stamp.at, UTC) == datetime(2025, 5, 9, 11, 58, 55, tzinfo=UTC)
    assert stamp.authority == "CN=sigstore-tsa,O=sigstore.dev"
    assert Authority(case.chain[1:], case.chain[0]).check(case.tokens["sha256"], case.content) == stamp


@pytest.mark.parametrize(
    ("token", "problem"), [("invalid-signature", "签名不符"), ("no-embedded-cert", "唯一"), ("sha384", "SHA-256")]
)
def test_published_tokens_that_must_not_be_taken(token: str, problem: str) -> None:
    case = vectors("sigstage")
    with pytest.raises(StampInvalid, match=problem):
        Authority(case.chain[1:]).check(case.tokens[token], case.content)


def test_a_token_without_certificates_is_sound_for_who_knows_the_signer() -> None:
    case = vectors("sigstage")
    assert Authority(case.chain[1:], case.chain[0]).check(case.tokens["no-embedded-cert"], case.content)
    with pytest.raises(StampInvalid, match="唯一"):
        Authority(case.chain[1:], vectors("test_tsa").chain[0]).check(case.tokens["no-embedded-cert"], case.content)


def test_a_token_outlives_its_certificate() -> None:
    """What counts is the certificate's validity at the token's own time."""
    case = vectors("sigstore.mock")
    authority = Authority(case.chain[1:], case.chain[0])
    assert authority.check(case.tokens["expired"], case.content).at < case.chain[0].not_valid_after_utc.timestamp()


def test_certificates_that_others_added_are_not_believed() -> None:
    case = vectors("test_tsa")
    response = decoded(case.tokens["injected-certs"])
    given = [x509.load_der_x509_certificate(each) for each in response.signed_data.certificates]
    strangers = [each for each in given if each != case.chain[0]]
    assert len(strangers) == 2
    assert Authority(case.chain[1:]).signer(response) == case.chain[0]
    with pytest.raises(StampInvalid):
        Authority(strangers).signer(response)


@pytest.fixture
def local(tmp_path: Path) -> LocalAuthority:
    if not shutil.which("openssl"):
        pytest.skip("no openssl command")
    return LocalAuthority(tmp_path)


def own_certificate(local: LocalAuthority, **other: object) -> x509.Certificate:
    """A signer's certificate of the local root, given on the terms of ``other``; put in the authority's folder."""
    root = x509.load_pem_x509_certificate(local.root)
    secret = local_key(local.folder / "root.key")
    signer = ec.generate_private_key(ec.SECP256R1())
    today = datetime.now(UTC)
    made = x509.CertificateBuilder(
        issuer_name=other.get("issuer", root.subject),
        subject_name=x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "signer")]),
        public_key=signer.public_key(),
        serial_number=other.get("serial", 77),
        not_valid_before=other.get("since", today - timedelta(days=9)),
        not_valid_after=other.get("until", today + timedelta(days=9)),
    ).add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    certificate = made.sign(other.get("by", secret), hashes.SHA256())
    (local.folder / "signer.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (local.folder / "signer.key").write_bytes(signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate


def local_key(path: Path) -> ec.EllipticCurvePrivateKey:
    return load_pem_private_key(path.read_bytes(), None)


@pytest.mark.parametrize(
    ("other", "sound"),
    [
        ({}, True),
        ({"until": datetime(2025, 1, 1, tzinfo=UTC), "since": datetime(2024, 1, 1, tzinfo=UTC)}, False),
        ({"since": datetime(2099, 1, 1, tzinfo=UTC), "until": datetime(2100, 1, 1, tzinfo=UTC)}, False),
        ({"by": ec.generate_private_key(ec.SECP256R1())}, False),
    ],
    ids=["sound", "run out", "not yet valid", "not by the root"],
)
def test_the_signer_s_certificate_is_the_root_s_and_valid_at_the_time(
    local: LocalAuthority, other: dict[str, object], sound: bool
) -> None:
    own_certificate(local, **other)
    answer = local.answer(request(PUBLISHED, 7))
    if sound:
        assert Authority.from_pem(local.root).check(answer, PUBLISHED)
    else:
        with pytest.raises(StampInvalid, match="签名证书"):
            Authority.from_pem(local.root).check(answer, PUBLISHED)


def test_a_pinned_signer_is_the_only_one(local: LocalAuthority) -> None:
    first = (local.folder / "signer.pem").read_bytes()
    pinned = Authority.from_pem(local.root, first)
    assert pinned.check(local.answer(request(PUBLISHED, 7)), PUBLISHED)
    own_certificate(local)
    with pytest.raises(StampInvalid):
        pinned.check(local.answer(request(PUBLISHED, 7)), PUBLISHED)


def grown(der: bytes, found: bytes, more: bytes) -> bytes:
    """``der`` with ``more`` put beside the bytes ``found``, in the order of DER, and every length around them set right."""
    if found not in der:
        return der
    size, head = der[1], 2
    if size & 0x80:
        head += size & 0x7F
        size = int.from_bytes(der[2:head], "big")
    parts, rest = [], der[head : head + size]
    while rest:
        length, start = rest[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(rest[2:start], "big")
        part, rest = rest[: start + length], rest[start + length :]
        parts += sorted((part, more)) if part == found else [grown(part, found, more)]
    body = b"".join(parts)
    return der[:1] + b"\x82" + len(body).to_bytes(2, "big") + body


def test_two_certificates_under_the_signer_s_name_prove_nothing(local: LocalAuthority) -> None:
    signer = own_certificate(local, serial=5)
    answer = local.answer(request(PUBLISHED, 7))
    trusted = Authority.from_pem(local.root)
    assert trusted.check(answer, PUBLISHED)
    own = signer.public_bytes(Encoding.DER)
    for serial, fine in ((6, True), (5, False)):
        other = own_certificate(local, serial=serial, by=ec.generate_private_key(ec.SECP256R1()))
        injected = grown(answer, own, other.public_bytes(Encoding.DER))
        assert len(decoded(injected).signed_data.certificates) == 2
        if fine:
            assert trusted.check(injected, PUBLISHED)
        else:
            with pytest.raises(StampInvalid, match="唯一"):
                trusted.check(injected, PUBLISHED)
