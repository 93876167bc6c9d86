"""Timestamps: a token proves a time for one head, by one authority, and for nothing else."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jianwei.seal.errors import SealError
from jianwei.seal.stamping import local_authority
from jianwei.seal.stamping.asking import AuthorityUnreachable, ask, by_http, request
from jianwei.seal.stamping.checking import TOKEN_LIMIT, Authority, StampInvalid, decoded
from jianwei.seal.stamping.local_authority import AuthorityBroken, LocalAuthority

pytest.importorskip("rfc3161_client")

PUBLISHED = "log.example\n5\nroot\n\n— log.example signature\n".encode()


def nonce_of(number: int) -> Callable[[int], bytes]:
    return lambda size: number.to_bytes(size, "big")


def now() -> int:
    """The local authority has the machine's clock; the tests must have the same."""
    return int(datetime.now(UTC).timestamp())


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    if not shutil.which("openssl"):
        pytest.skip("no openssl command")
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def trusted(local: LocalAuthority) -> Authority:
    return Authority.from_pem(local.root)


def test_a_head_is_stamped_by_the_local_authority(local: LocalAuthority, trusted: Authority) -> None:
    token = ask(local.answer, PUBLISHED, trusted, entropy=nonce_of(7), now=now())
    assert abs(token.stamp.at - now()) < 60 and "不具证明力" in token.stamp.authority
    assert trusted.check(token.content, PUBLISHED) == token.stamp
    again = ask(LocalAuthority(local.folder).answer, PUBLISHED, trusted, entropy=nonce_of(7), now=now())
    assert again.stamp.serial == token.stamp.serial + 1


def test_openssl_takes_the_same_token(local: LocalAuthority, tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(local.answer(request(PUBLISHED, 7)))
    (tmp_path / "request").write_bytes(request(PUBLISHED, 7))
    command = ["openssl", "ts", "-verify", "-in", tmp_path / "token", "-CAfile", local.folder / "root.pem"]
    for more in (["-queryfile", tmp_path / "request"], ["-digest", hashlib.sha256(PUBLISHED).hexdigest()]):
        subprocess.run([*command, *more], check=True, capture_output=True)


@pytest.mark.parametrize("nonce", [0, 1, 127, 128, 255, 256, (1 << 128) - 1])
def test_a_nonce_of_any_size_comes_back(local: LocalAuthority, trusted: Authority, nonce: int) -> None:
    answer = local.answer(request(PUBLISHED, nonce))
    assert trusted.check(answer, PUBLISHED, nonce=nonce)
    with pytest.raises(StampInvalid, match="随机数"):
        trusted.check(answer, PUBLISHED, nonce=nonce + 1)


def test_a_token_for_another_head_proves_nothing(local: LocalAuthority, trusted: Authority) -> None:
    answer = local.answer(request(PUBLISHED + b" ", 7))
    with pytest.raises(StampInvalid, match="另一个检查点"):
        trusted.check(answer, PUBLISHED)
    with pytest.raises(StampInvalid, match="另一个检查点"):
        ask(lambda content: answer, PUBLISHED, trusted, entropy=nonce_of(7), now=now())


def test_a_token_of_an_authority_that_is_not_trusted(trusted: Authority, tmp_path: Path) -> None:
    """It brings its own certificate along, under the very same names."""
    stranger = LocalAuthority(tmp_path / "stranger")
    answer = stranger.answer(request(PUBLISHED, 7))
    assert Authority.from_pem(stranger.root).check(answer, PUBLISHED)
    with pytest.raises(StampInvalid):
        trusted.check(answer, PUBLISHED)


def test_a_token_whose_time_has_not_come(local: LocalAuthority, trusted: Authority) -> None:
    answer = local.answer(request(PUBLISHED, 7))
    with pytest.raises(StampInvalid, match="晚于当前时间"):
        trusted.check(answer, PUBLISHED, now=now() - 3600)


def test_no_bit_of_a_token_can_be_changed_to_prove_another_time(local: LocalAuthority, trusted: Authority) -> None:
    whole = local.answer(request(PUBLISHED, 7))
    right = trusted.check(whole, PUBLISHED)
    for bit in range(0, 8 * len(whole), 5):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            assert trusted.check(bytes(changed), PUBLISHED) == right
        except StampInvalid:
            with suppress(StampInvalid):  # and never another exception
                trusted.signer(decoded(bytes(changed)))


def test_what_is_no_token_is_refused_by_name(local: LocalAuthority, trusted: Authority) -> None:
    whole = local.answer(request(PUBLISHED, 7))
    for content in (b"", b"\x30", b"\x30\x80\x00\x00", whole[:-1], whole[: len(whole) // 2], bytes(TOKEN_LIMIT + 1)):
        with pytest.raises(StampInvalid):
            trusted.check(content, PUBLISHED)
    refusal = local.answer(
        request(PUBLISHED, 7).replace(bytes.fromhex("608648016503040201"), bytes.fromhex("608648016503040203"))
    )
    with pytest.raises(StampInvalid):
        trusted.check(refusal, PUBLISHED)
    for roots in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(StampInvalid, match="根证书"):
            Authority.from_pem(roots)


@pytest.fixture()
def url(local: LocalAuthority) -> Iterator[str]:
    with local_authority.server(local, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_head_is_stamped_by_http(url: str, trusted: Authority) -> None:
    assert ask(by_http(url), PUBLISHED, trusted, entropy=nonce_of(9), now=now()).stamp


def test_an_authority_that_cannot_be_reached_is_said_to_be_so(url: str) -> None:
    with pytest.raises(StampInvalid, match="未予签发"):
        decoded(by_http(url)(b"no request"))
    with pytest.raises(AuthorityUnreachable, match="没有答复"):
        by_http(url)(bytes(5000))
    for other in ("http://127.0.0.1:1/", "nonsense", "file:///etc/passwd"):
        with pytest.raises(AuthorityUnreachable):
            by_http(other)(b"")


@needs_openssl
def test_the_process_says_that_it_proves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jianwei.seal.stamping.local_authority", tmp_path / "tsa", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert "对外不证明任何时间" in process.stdout.readline()
            address = process.stdout.readline().split()[1]
            trusted = Authority.from_pem((tmp_path / "tsa" / "root.pem").read_bytes())
            assert ask(by_http(address), PUBLISHED, trusted, entropy=nonce_of(9), now=now()).stamp
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(address, timeout=5)
        finally:
            process.terminate()
    assert (tmp_path / "tsa").stat().st_mode & 0o077 == 0


def test_without_openssl_there_is_no_local_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(AuthorityBroken, match="openssl"):
        LocalAuthority(tmp_path)


def test_every_failure_is_one_of_the_log_s_errors() -> None:
    assert issubclass(StampInvalid, SealError) and issubclass(AuthorityUnreachable, SealError)
