"""One office's log in a folder with a policy of three witnesses, and the witnesses on this machine."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

from a_witness import NOW
from logs import leaves

from jianwei.seal.disk import Folder
from jianwei.seal.log_folder import LogFolder, Settings
from jianwei.seal.sequencer import Sequencer
from jianwei.seal.witness import folder as witness_folder
from jianwei.seal.witness.judging import Witness
from jianwei.seal.witness.serving import WitnessServer

ORIGIN = "jcy.example/evlog/110105"
NAMES = ("police", "court", "upper")
RULES = "group outside all police court\nquorum outside\n"
_DRAWN = itertools.count(1)


def entropy(count: int) -> bytes:
    return next(_DRAWN).to_bytes(2, "big") * (count // 2)


class Neighbour:
    """A witness in a folder, served by a thread of this process."""

    def __init__(self, folder: Path, clock: int = NOW) -> None:
        self.folder, self.clock, self.told = folder, clock, list[str]()
        self.port = 0
        self.start()

    def start(self) -> None:
        self.witness: Witness = witness_folder.open_witness(self.folder)
        self.server = WitnessServer(("127.0.0.1", self.port), self.witness, lambda: self.clock, self.told.append)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.witness.memory.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Office:
    def __init__(self, place: Path, suites: tuple[str, ...] = ("sha256", "sm3"), rules: str = RULES) -> None:
        self.place, self.path = place, place / "office"
        self.folder = LogFolder.create(self.path, Settings(ORIGIN, "某区人民检察院", suites), entropy)
        self.vkeys = [self.folder.verifier(suite).vkey for suite in suites]
        algorithms = ["ed25519", "sm2"][: len(suites)]
        keys = {
            name: witness_folder.create(place / name, f"{name}.example/w", self.vkeys, entropy, algorithms)
            for name in NAMES
        }
        for position, suite in enumerate(suites):
            lines = [
                f"log {self.vkeys[position]}",
                *(f"witness {name} {keys[name][position]}" for name in NAMES),
                rules,
            ]
            self.folder.policy(suite).write_text("\n".join(lines))

    def joined(self, urls: dict[str, str]) -> None:
        """Write where the witnesses are."""
        settings = self.folder.settings
        self.folder.change(Settings(settings.origin, settings.office, settings.suites, urls))

    def grow(self, size: int, history: int = 0) -> None:
        grow(self.path, size, history)


def grow(path: Path, size: int, history: int = 0) -> None:
    """Append until the log has so many entries; ``history`` tells one continuation from another."""
    office = LogFolder(path)
    disk = Folder(office.log)
    disk.lock()
    log = Sequencer(disk, office.signed_trees())
    log.append(leaves(log.size + 1_000_000 * history, size + 1_000_000 * history))
    disk.close()
