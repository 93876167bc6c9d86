"""The evidence log of one office as the rest of the platform sees it: put in, look up, prove, give out, erase."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from jianwei.seal.checking import Advance, RecordFinding, check
from jianwei.seal.disk import Folder
from jianwei.seal.fsck import Finding
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder, Settings
from jianwei.seal.proof import LogProof
from jianwei.seal.proving import NotFixed, NotYetWitnessed, Proofs, State, Step
from jianwei.seal.sequencer import LogExists
from jianwei.seal.standing import Status, status
from jianwei.seal.store import Store
from jianwei.seal.succession import LogClosed, closed, successor_of
from jianwei.seal.suites import SHA256
from jianwei.seal.vault import erasing, ulid
from jianwei.seal.vault.erasing import Erasure
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.keeping import Entry, UnknownEntry, Vault
from jianwei.seal.vault.manifest import CHINA, Collected, Manifest, Reference
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.writer import Writer

_LOOK_EVERY_SECONDS = 0.01


class EvidenceLog:
    """Any number of processes may have it open; one of them at a time is its ``writer``."""

    def __init__(self, folder: LogFolder) -> None:
        self.folder = folder
        self.vault = Vault(folder.path, folder.settings.reserve_bytes)
        self._proofs = Proofs(folder, self.vault)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raise ``LogMissing`` when none was made there."""
        return cls(LogFolder(folder))

    @classmethod
    def create(cls, folder: Path, settings: Settings, entropy: Entropy) -> Self:
        """Begin a log: keys, the signed empty tree, an empty vault. Raise ``LogExists``, ``FolderInvalid``."""
        settings = Settings.parse(settings.encode())
        if LogFolder.exists(folder):
            raise LogExists
        Vault.create(folder, settings.reserve_bytes, entropy).close()
        return cls(LogFolder.create(folder, settings, entropy))

    def close(self) -> None:
        self.vault.close()
        self._proofs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self.close()

    def put(
        self,
        kind: Kind,
        manifest: Manifest,
        original: BinaryIO | Path | None = None,
        *,
        now: int,
        entropy: Entropy,
    ) -> Entry:
        """Take a record in; safe when this returns, in the log soon after.

        Size and hashes of ``original`` are filled in, or compared where the manifest has them. The same id again, or
        the same file with the same record of collection, gives the entry there is: look at its id.
        Raise ``EntryConflict``, ``OriginalDiffers``, ``ManifestInvalid``, ``NoRoom``, ``LogClosed``; nothing is kept then.
        """
        if closed(self.folder.path):
            raise LogClosed(successor_of(self.folder.settings.origin))
        if kind is not manifest.kind:
            raise ManifestInvalid("kind", f"与要求的种类“{kind.title}”不符")
        if isinstance(original, Path):
            with original.open("rb") as stream:
                return self.vault.take(manifest, stream, now=now, entropy=entropy)[0]
        return self.vault.take(manifest, original, now=now, entropy=entropy)[0]

    def entry(self, identifier: str) -> Entry:
        """Raise ``UnknownEntry``."""
        return self.vault.entry(identifier)

    def entries(
        self,
        *,
        after: int = 0,
        before: int | None = None,
        limit: int = 100,
        kinds: Collection[Kind] = (),
        case_ref: str | None = None,
        about: int | None = None,
        newest_first: bool = False,
    ) -> list[Entry]:
        """A page of entries by their ``seq``; ``about``: those that speak of the leaf at that index."""
        return self.vault.entries(
            after=after,
            before=before,
            limit=limit,
            kinds=kinds,
            case_ref=case_ref,
            about=about,
            newest_first=newest_first,
        )

    def original(self, identifier: str, begin: int = 0) -> BinaryIO | None:
        """The file, to be read once, from byte ``begin`` on; None for a record without one. Each piece read is authentic.

        Raise ``UnknownEntry``, ``Erased``; ``OriginalUnreadable`` also while reading.
        """
        return self.vault.original(identifier, begin)

    def state(self, identifier: str) -> State:
        """How far it has come, with times and who signed."""
        return self._proofs.state(self.entry(identifier))

    def proof(self, identifier: str, tree: str = "sha256", *, allow_fixed: bool = False) -> LogProof:
        """Of its place in the tree of a suite, against the checkpoint that proves the earliest time.

        Raise ``NotFixed``, and ``NotYetWitnessed`` unless ``allow_fixed``: then the office's own signature alone.
        """
        return self._proofs.proof(self.entry(identifier), tree, allow_fixed=allow_fixed)

    def bundle(self, identifier: str, out: BinaryIO, *, allow_fixed: bool = False) -> int:
        """Write all of it into one file that an outsider verifies by himself; its bytes. ``out`` must be able to seek.

        Raise as ``proof`` does, and ``Erased``.
        """
        return self._proofs.write_bundle(self.entry(identifier), out, allow_fixed=allow_fixed)

    def status(self, now: int) -> Status:
        return status(self.folder, self.vault, self._proofs, now)

    def reference(self, identifier: str, relation: str) -> Reference:
        """How another record names this one; raise ``NotFixed`` while it has no place in the log."""
        entry = self.entry(identifier)
        if entry.index is None:
            raise NotFixed(identifier)
        disk = Folder(self.folder.log)
        return Reference(entry.index, SHA256.leaf(Store(disk).leaves(entry.index, entry.index + 1)).hex(), relation)

    def correct(
        self,
        identifier: str,
        manifest: Manifest,
        original: BinaryIO | Path | None = None,
        *,
        now: int,
        entropy: Entropy,
    ) -> Entry:
        """Put ``manifest`` in as a correction of that record, which itself stays as it is."""
        named = self.reference(identifier, "更正")
        corrected = replace(manifest, kind=Kind.CORRECTION, prev=(named, *manifest.prev))
        return self.put(Kind.CORRECTION, corrected, original, now=now, entropy=entropy)

    def receipt(self, received: Reference, verdict: str, manifest: Manifest, *, now: int, entropy: Entropy) -> Entry:
        """Certify that another office's record came in: which leaf of which log, and what verifying it gave."""
        said = replace(manifest, kind=Kind.RECEIPT, prev=(received, *manifest.prev), note=verdict)
        return self.put(Kind.RECEIPT, said, now=now, entropy=entropy)

    def erase(
        self, identifier: str, *, order_no: str, reason: str, by: tuple[str, ...], now: int, entropy: Entropy
    ) -> Erasure:
        """Destroy what a record says and holds, under the order of that number, and certify it in the log.

        Raise ``NotFixed``, ``Erased``, ``NotErasable``.
        """
        certificate = Manifest(
            Kind.DELETION,
            ulid.new(now, entropy),
            self.folder.settings.office,
            doc_no=order_no,
            collected=Collected(at=dt.datetime.fromtimestamp(now, CHINA), by=by),
            prev=(self.reference(identifier, "删除"),),
            note=reason,
        )
        return erasing.erase(self.vault, self.entry(identifier), certificate, now=now, entropy=entropy)

    def check(self, advance: Advance = lambda done, total: None) -> Iterator[Finding]:
        """Everything examined; what is wrong. ``RecordFinding`` names the record."""
        return check(self.folder, self.vault, advance)

    def writer(self, now: int) -> Writer:
        """A context in which this process alone writes the log. Raise ``LogBusy`` when another one does."""
        return Writer(self.folder.log, self.vault, self.folder.signed_trees(), now)

    def wait_fixed(self, identifier: str, timeout: float) -> Entry:
        """Until whoever is the writer has put it into the log; raise ``NotFixed`` after ``timeout`` seconds."""
        end = time.monotonic() + timeout
        while (entry := self.entry(identifier)).index is None:
            if time.monotonic() >= end:
                raise NotFixed(identifier)
            time.sleep(_LOOK_EVERY_SECONDS)
        return entry


__all__ = [
    "Entry",
    "Erasure",
    "EvidenceLog",
    "Finding",
    "NotFixed",
    "NotYetWitnessed",
    "RecordFinding",
    "Settings",
    "State",
    "Status",
    "Step",
    "UnknownEntry",
]
