"""When others say that a checkpoint was there: a timestamp, an anchor on a chain, for a publication, not for a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jianwei.seal import note
from jianwei.seal.anchoring import account
from jianwei.seal.anchoring.chain import Chain, connect
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError
from jianwei.seal.log_folder import FolderInvalid, LogFolder
from jianwei.seal.stamping.asking import Send, ask, by_http
from jianwei.seal.stamping.checking import Authority
from jianwei.seal.time_proofs import TimeProof, TimeProofs
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.witnessing.cosigs import Cosigs

EVERY_SECONDS = 600
"""Between tokens where log.json says nothing else."""
ANCHOR_EVERY_SECONDS = 3600
REST_SECONDS = 60
"""After an authority gave none; chosen: long enough not to press it, short enough to lose little time."""


@dataclass(frozen=True)
class StampSettings:
    """The part ``stamp`` of log.json."""

    url: str
    roots: bytes
    """Certificates one trusts, PEM."""
    signer: bytes | None
    every_seconds: int

    @classmethod
    def of(cls, folder: LogFolder) -> StampSettings | None:
        said = folder.settings.stamp
        if not said:
            return None
        url, roots, signer, every = (said.get(name) for name in ("url", "roots", "signer", "every_seconds"))
        if not isinstance(url, str) or not isinstance(roots, str) or not isinstance(every, int | None):
            raise FolderInvalid("log.json 的 stamp 应有 url（时间戳机构网址）和 roots（根证书文件）。")
        try:
            pems = [(folder.path / str(name)).read_bytes() if name else None for name in (roots, signer)]
        except OSError as problem:
            raise FolderInvalid(f"时间戳机构的证书不能读取：{problem.filename}。") from None
        return cls(url, pems[0] or b"", pems[1], EVERY_SECONDS if every is None else every)


class Dating(Protocol):
    """For one thread. A clock that was ahead and is put back makes nobody wait for it."""

    def step(self, now: int) -> TimeProof | None:
        """Get one for what was published since the last, if its time has come; raise for what the other side does."""


class Stamping:
    def __init__(self, settings: StampSettings, cosigs: Cosigs, times: TimeProofs, tree: str, entropy: Entropy) -> None:
        """``tree``: whose publications are stamped."""
        self._settings = settings
        self._authority = Authority.from_pem(settings.roots, settings.signer)
        self._send: Send = by_http(settings.url)
        self._cosigs, self._times, self._tree = cosigs, times, tree
        self._entropy = entropy
        self._rests_until = 0

    def step(self, now: int) -> TimeProof | None:
        newest, last = self._cosigs.newest(self._tree), self._times.last_token()
        if newest is None or 0 < self._rests_until - now <= REST_SECONDS or (last and last.size >= newest.size):
            return None
        if last and 0 <= now - last.at < self._settings.every_seconds:
            return None
        try:
            token = ask(self._send, newest.note, self._authority, entropy=self._entropy, now=now)
        except SealError:
            self._rests_until = now + REST_SECONDS
            raise
        fresh = TimeProof(newest.size, token.content, token.stamp.at, token.stamp.authority)
        self._times.keep_token(fresh)
        return fresh


@dataclass(frozen=True)
class AnchorSettings:
    """The part ``anchor`` of log.json."""

    url: str
    contract: str
    key: Path
    every_seconds: int

    @classmethod
    def of(cls, folder: LogFolder) -> AnchorSettings | None:
        said = folder.settings.anchor
        if not said:
            return None
        url, contract, key = (said.get(name) for name in ("url", "contract", "key"))
        if not all(isinstance(each, str) and each for each in (url, contract, key)):
            raise FolderInvalid("log.json 的 anchor 应有 url（节点地址）、contract（合约地址）和 key（账户密钥文件）。")
        every = said.get("every_seconds", ANCHOR_EVERY_SECONDS)
        if not isinstance(every, int):
            raise FolderInvalid("log.json 的 anchor.every_seconds 应为秒数。")
        return cls(str(url), str(contract), folder.path / str(key), every)


class Anchoring:
    def __init__(self, settings: AnchorSettings, cosigs: Cosigs, times: TimeProofs, tree: str) -> None:
        """``tree``: whose publications are anchored."""
        self._settings = settings
        self._cosigs, self._times, self._tree = cosigs, times, tree
        self._next_at = 0

    def step(self, now: int, *, at_once: bool = False) -> TimeProof | None:
        newest, last = self._cosigs.newest(self._tree), self._times.last_anchor()
        rests = 0 < self._next_at - now <= self._settings.every_seconds
        if newest is None or (last and last.size >= newest.size) or (rests and not at_once):
            return None
        self._next_at = now + self._settings.every_seconds
        chain = Chain(connect(self._settings.url), self._settings.contract, account.read(self._settings.key))
        anchor = chain.put(Checkpoint.parse(note.parse(newest.note).text))
        fresh = TimeProof(newest.size, anchor.encode(), anchor.at, f"链 {anchor.chain_id} 合约 {anchor.contract}")
        self._times.keep_anchor(fresh)
        return fresh
