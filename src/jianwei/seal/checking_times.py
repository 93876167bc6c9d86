"""Timestamps and anchors that were kept, examined: what is beside them must be what they say themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jianwei.seal.anchoring.anchor import Anchor
from jianwei.seal.dating import StampSettings
from jianwei.seal.errors import SealError
from jianwei.seal.fsck import Finding
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.stamping.checking import Authority, StampingMissing
from jianwei.seal.time_proofs import TimeProof, TimeProofs
from jianwei.seal.witnessing.cosigs import FILE, Cosigs


def findings(folder: LogFolder) -> Iterator[Finding]:
    """Of tokens and anchors. Tokens of authorities that the settings no longer name cannot be examined."""
    if not (folder.path / FILE).exists():
        return
    times, cosigs = TimeProofs(folder.path / FILE), Cosigs(folder.path / FILE)
    try:
        stamps = StampSettings.of(folder)
        if stamps:
            authority = Authority.from_pem(stamps.roots, stamps.signer)

            def stamped(proof: TimeProof) -> bool:
                published = cosigs.earliest_covering(folder.suites[0], proof.size - 1)
                whole = published.note if published and published.size == proof.size else b""
                return authority.check(proof.content, whole).at == proof.at

            yield from _differing("时间戳", times.token, stamped)
        yield from _differing("锚定记录", times.anchor, _anchored)
    finally:
        times.close()
        cosigs.close()


def _anchored(proof: TimeProof) -> bool:
    anchor = Anchor.parse(proof.content)
    return (anchor.size, anchor.at) == (proof.size, proof.at)


def _differing(
    title: str, covering: Callable[[int], TimeProof | None], holds: Callable[[TimeProof], bool]
) -> Iterator[Finding]:
    size = 0
    while proof := covering(size):
        size = proof.size
        try:
            problem = "" if holds(proof) else "所记时间或者条数与其内容不一致"
        except StampingMissing:
            return
        except SealError as error:
            problem = str(error)
        if problem:
            yield Finding(FILE, None, f"第 {size} 条处的{title}：{problem}")
